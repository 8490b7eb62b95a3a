package support

import (
	"bytes"
	"cmp"
	"errors"
	"net/http"
	"strconv"
	"strings"
)

// Error is an answer that is an error, or that can't be used: one with a
// status other than 2xx, or one whose body is not what the API describes,
// incomplete, or too long. Fields that the answer doesn't say are empty.
type Error struct {
	Status        int    // HTTP status
	Type          string // kind of error
	Code          string // what a program can tell errors apart by
	Message       string // for people
	Param         string // parameter that the error is about
	DocURL        string
	RequestLogURL string
	RequestID     string
	Header        http.Header
	// Body is what came, up to 1 MiB of it.
	Body []byte

	label string // method and path of the operation
	cause error
}

// keptBody is the number of bytes of a body that an Error keeps at most.
const keptBody = 1 << 20

// newError makes the error that an answer is. The answer's texts come from
// elsewhere and could quote what is secret, which is then cut out.
func newError(s *settings, req *request, a *answer, cause error) *Error {
	e := &Error{
		Status:    a.status,
		RequestID: s.requestID(a),
		Header:    a.header,
		Body:      bytes.Clone(a.body[:min(len(a.body), keptBody)]),
		label:     req.label(),
		cause:     cause,
	}
	if !a.succeeded() {
		e.read(a.secrets)
	}
	return e
}

// read takes what it knows from a JSON body of one of the usual shapes:
// members of an object "error" (https://docs.stripe.com/api/errors has the
// names), members at the top, as in RFC 9457 section 3.1, or "error" as a text
// of its own, as in RFC 6749 section 5.2. A body that was cut has none of them.
func (e *Error) read(hide secrets) {
	top := membersOf(e.Body)
	if nested := membersOf(top["error"]); nested != nil {
		top = nested
	}
	e.Type = firstText(top, hide, "type")
	e.Code = firstText(top, hide, "code error")
	e.Message = firstText(top, hide, "message detail error_description title")
	e.Param = firstText(top, hide, "param")
	e.DocURL = firstText(top, hide, "doc_url")
	e.RequestLogURL = firstText(top, hide, "request_log_url")
}

// firstText returns the first of some members, whose names are separated by
// spaces, that is a text or a number.
//
//go:noinline
func firstText(members map[string]Raw, hide secrets, names string) string {
	for _, name := range strings.Fields(names) {
		if t := scalarText(members[name]); t != "" {
			return redactAll(t, hide)
		}
	}
	return ""
}

// Error returns one line with the operation, the status, the error's code or
// type, its message, its cause and the request's id.
func (e *Error) Error() string {
	text := strconv.Itoa(e.Status) + " " + oneLine(cmp.Or(e.Code, e.Type, http.StatusText(e.Status)))
	if e.label != "" {
		text = e.label + ": " + text
	}
	if e.Message != "" {
		text += ": " + oneLine(e.Message)
	}
	if e.cause != nil {
		text += ": the response can't be used: " + oneLine(e.cause.Error())
	}
	if e.RequestID != "" {
		text += " (request " + oneLine(e.RequestID) + ")"
	}
	return text
}

// Unwrap returns why the body can't be used, or nil where it can.
func (e *Error) Unwrap() error { return e.cause }

// Decode reads the body into the type that the API describes for it.
func (e *Error) Decode(into object) error {
	if into == nil {
		return errors.New("there is nothing to decode into")
	}
	return decode(e.Body, into, nil)
}

// oneLine makes a text from elsewhere fit for a log: without control
// characters and at most 300 characters long.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || 0x80 <= r && r < 0xa0 || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, s)
	if r := []rune(s); len(r) > 300 {
		return string(r[:300]) + "..."
	}
	return s
}
