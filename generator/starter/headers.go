package starter

import (
	"regexp"

	"github.com/getkin/kin-openapi/openapi3"
)

// Headers are those that a client could handle by itself; "" is one that the
// document does not have.
type Headers struct{ Idempotency, RequestID, Retry, Version string }

var (
	idempotencyHeader = regexp.MustCompile(`(?i)^(x-)?idempotency-?key$`)
	requestIDHeader   = regexp.MustCompile(`(?i)^([a-z0-9]+-)*request-?id$`)
	retryHeader       = regexp.MustCompile(`(?i)^([a-z0-9]+-)*should-retry$`)
	versionHeader     = regexp.MustCompile(`(?i)^([a-z0-9]+-)*(api-)?version$`)
)

// headers finds them among the parameters and the headers of answers. Of
// several, it takes the first by name.
func headers(doc *openapi3.T) (h Headers) {
	for path, op := range operations(doc) {
		h.sent(op.Parameters)
		h.sent(doc.Paths.Value(path).Parameters)
		for _, answer := range op.Responses.Map() {
			if answer == nil || answer.Value == nil {
				continue
			}
			for name := range answer.Value.Headers {
				first(&h.RequestID, requestIDHeader, name)
				first(&h.Retry, retryHeader, name)
			}
		}
	}
	return h
}

func (h *Headers) sent(parameters openapi3.Parameters) {
	for _, p := range parameters {
		if p != nil && p.Value != nil && p.Value.In == openapi3.ParameterInHeader {
			first(&h.Idempotency, idempotencyHeader, p.Value.Name)
			first(&h.Version, versionHeader, p.Value.Name)
		}
	}
}

func first(into *string, pattern *regexp.Regexp, name string) {
	if pattern.MatchString(name) && (*into == "" || name < *into) {
		*into = name
	}
}
