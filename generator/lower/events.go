package lower

import (
	"fmt"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/oaken-go/oaken/generator/ir"
	"github.com/oaken-go/oaken/generator/names"
)

// eventFile is the stem of the file that webhooks and callbacks are in.
const eventFile = "webhooks"

// incoming is a request that a server makes, on its way into the
// representation.
type incoming struct {
	kind    string // webhook or callback
	wire    string // its name
	name    string // Go words
	item    *openapi3.PathItem
	word    string // what tells it from others, where that is needed
	pointer string // of the path item
}

// events lowers webhooks and callbacks: what a server sends is a type that the
// caller's own handler reads the body into. A slice has the callbacks of its
// operations and no webhooks.
func (l *lowerer) events() {
	if !l.sliced() {
		for _, name := range sortedKeys(l.doc.Webhooks) {
			l.event(incoming{"webhook", name, l.names.Exported(name), l.doc.Webhooks[name], "body", join("/webhooks", name)})
		}
	}
	seen := map[string]bool{}
	for _, c := range l.kept {
		for _, name := range sortedKeys(c.op.Callbacks) {
			l.callback(c, name, c.op.Callbacks[name], seen)
		}
	}
	slices.SortFunc(l.api.Events, func(a, b *ir.Event) int { return strings.Compare(a.GoName, b.GoName) })
}

// callback lowers a callback of an operation, or once for all operations one
// that they share.
func (l *lowerer) callback(c *call, name string, ref *openapi3.CallbackRef, seen map[string]bool) {
	pointer, goName := join(c.pointer, "callbacks", name), names.Join(c.base, l.names.Tail(name))
	if ref == nil || ref.Value == nil {
		return
	}
	if shared, ok := fragment(ref.Ref); ok && ref.Ref != "" {
		pointer, name = shared, unescape(shared[strings.LastIndexByte(shared, '/')+1:])
		goName = l.names.Exported(name)
	}
	if seen[pointer] {
		return
	}
	seen[pointer] = true
	all := ref.Value.Map()
	for _, expression := range sortedKeys(all) {
		l.event(incoming{"callback", name, goName, all[expression], expressionWord(expression), join(pointer, expression)})
	}
}

// expressionWord returns what the URL of a callback has besides expressions.
func expressionWord(expression string) string {
	if word := strings.Trim(braces.ReplaceAllString(expression, " "), " /"); word != "" {
		return word
	}
	return "body"
}

func (l *lowerer) event(in incoming) {
	if in.item == nil {
		return
	}
	operations := in.item.Operations()
	for _, method := range sortedKeys(operations) {
		if operations[method] != nil {
			l.eventBody(in, method, operations[method])
		}
	}
}

// eventBody declares what the body of such a request is. One that is declared
// elsewhere gets a second name, by which it is found.
func (l *lowerer) eventBody(in incoming, method string, op *openapi3.Operation) {
	pointer := join(in.pointer, strings.ToLower(method))
	key, media := eventMedia(op)
	if media == nil || media.Schema == nil {
		l.note(pointer, in.kind, "what is sent here has no type, as it is no JSON that a schema describes")
		return
	}
	suffix := l.names.Exported(in.kind)
	base := in.name + suffix
	if method != "POST" {
		base = in.name + l.names.Exported(strings.ToLower(method)) + suffix
	}
	eventKey := "event " + pointer
	name := l.unreserved(l.nameAt(eventKey, base, names.Join(base, l.names.Tail(in.word))))
	p := place{ref: media.Schema, own: name, file: eventFile, role: ir.RoleObject, pointer: join(pointer, "requestBody", "content", key, "schema")}
	p.about = fmt.Sprintf("what the %s %q sends", in.kind, in.wire)
	v := l.value(p)
	e := &ir.Event{GoName: name, Kind: in.kind, Name: in.wire, Method: method, Doc: operationDoc(op), Deprecated: op.Deprecated, Value: v, Pointer: pointer, Besides: besides(op)}
	if named, ok := v.Type.(ir.Named); ok && l.declaredAt(p.pointer, named) {
		e.GoName = named.TypeName() // the type is the event's own
	} else {
		l.claim(e.GoName, claim{pointer: pointer, what: in.kind, keys: []string{eventKey}, rank: rankOperation})
	}
	if _, isStruct := v.Type.(*ir.Struct); !isStruct {
		l.claim("Unmarshal"+e.GoName, claim{pointer: pointer, what: "its function", keys: []string{eventKey}, rank: rankHidden})
	}
	l.api.Events = append(l.api.Events, e)
	if len(e.Besides) > 0 {
		l.tally(pointer, "event-parameter", "headers and parameters of a %s have no type: read them from the request", in.kind)
	}
}

// eventMedia returns the JSON of a request.
func eventMedia(op *openapi3.Operation) (string, *openapi3.MediaType) {
	if op.RequestBody == nil || op.RequestBody.Value == nil {
		return "", nil
	}
	return jsonIn(op.RequestBody.Value.Content)
}

// besides lists what comes with a request besides the body.
func besides(op *openapi3.Operation) []string {
	var out []string
	for _, ref := range op.Parameters {
		if ref != nil && ref.Value != nil {
			out = append(out, ref.Value.In+" "+ref.Value.Name)
		}
	}
	slices.Sort(out)
	return out
}
