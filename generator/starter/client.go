package starter

import (
	"fmt"
	"strings"

	"github.com/oaken-go/oaken/generator/ir"
)

// client writes what the client does by itself: where it calls, how it proves
// who it is, and which headers it handles.
func (p *Plan) client(w *writer, api *ir.API) {
	w.about("What the client does by itself.")
	if p.Headers.Idempotency == "" && p.Headers.RequestID == "" && p.Headers.Retry == "" {
		w.WriteString("# client:\n")
	} else {
		w.WriteString("client:\n")
	}
	p.servers(w, api)
	w.WriteString("\n")
	credentials(w, api)
	h := p.Headers
	w.header("idempotency_header", h.Idempotency, "Idempotency-Key", "Repeats of a request are told by this header, so that they are safe.")
	w.header("request_id_header", h.RequestID, "Request-Id", "Answers and errors are known to the service by this header.")
	w.header("retry_header", h.Retry, "Should-Retry", "The service says by this header whether to try again.")
	w.WriteString("\n")
	w.comment("  ", "Every request has this header with this value.")
	w.comment("  ", "version_header: %s\nversion: %s", scalar(orElse(h.Version, "Version")), scalar(orElse(api.Version, "1")))
}

// header sets a header that the document has, or offers one.
func (w *writer) header(key, found, usual, what string) {
	w.WriteString("\n")
	w.comment("  ", "%s", what)
	if found != "" {
		w.set("  ", key, found)
		return
	}
	w.comment("  ", "%s: %s # the document has none", key, scalar(usual))
}

func (p *Plan) servers(w *writer, api *ir.API) {
	if api.Server == "" {
		w.comment("  ", "The document does not say where the API is. Without this, the caller does.")
		w.comment("  ", "server: https://api.example.com")
		return
	}
	w.comment("  ", "Calls go to %s, unless this says otherwise.", oneLine(api.Server))
	offered := false
	for _, s := range p.Servers[min(1, len(p.Servers)):] {
		w.comment("  ", "server: %s%s", scalar(oneLine(s.URL)), after(" # ", s.Description))
		offered = true
	}
	if !offered {
		w.comment("  ", "server: %s", scalar(oneLine(api.Server)))
	}
}

func after(mark, text string) string {
	if text == "" {
		return ""
	}
	return mark + text
}

// carried says how a key travels.
var carried = map[ir.AuthKind]string{
	ir.AuthBasic: "as the user name of basic authentication", ir.AuthBearer: "as a bearer token",
	ir.AuthAPIKeyHeader: "in the header %s", ir.AuthAPIKeyQuery: "in the parameter %s", ir.AuthAPIKeyCookie: "in the cookie %s",
}

// credentials says what a client is made with.
func credentials(w *writer, api *ir.API) {
	if len(api.Credentials) > 0 {
		var fields, schemes []string
		for _, c := range api.Credentials {
			fields = append(fields, c.GoName)
			schemes = append(schemes, c.Pointer[strings.LastIndexByte(c.Pointer, '/')+1:])
		}
		w.comment("  ", "A client is made with several credentials: NewClient(Credentials{...}), with\n%s. To have one with a single key, name its scheme:", strings.Join(fields, ", "))
		w.comment("  ", "auth: %s # or %s", scalar(schemes[0]), strings.Join(append(schemes[1:], "none"), ", "))
		return
	}
	how, ok := carried[api.Auth.Kind]
	if !ok {
		w.comment("  ", "The document asks for no credentials: NewClient(\"\").")
		return
	}
	if strings.Contains(how, "%s") {
		how = fmt.Sprintf(how, oneLine(api.Auth.Name))
	}
	w.comment("  ", "A client is made with a key, NewClient(key), which travels\n%s.", how)
	w.comment("  ", "auth: none # for one without")
}
