package lower

import (
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/oaken-go/oaken/generator/ir"
	"github.com/oaken-go/oaken/generator/names"
)

// answer is a response of an operation.
type answer struct {
	status  string // 200, 2XX or default
	pointer string
	ref     *openapi3.ResponseRef
	content
}

// responses returns what an operation may answer, the exact statuses before
// ranges and default. What is no status is passed over.
func (c *call) responses() []answer {
	if c.op.Responses == nil {
		return nil
	}
	var out []answer
	all := c.op.Responses.Map()
	for _, key := range sortedKeys(all) {
		a := answer{status: strings.ToUpper(key), pointer: join(c.pointer, "responses", key), ref: all[key]}
		if key == "default" {
			a.status = key
		} else if !isStatus(a.status) {
			continue
		}
		if a.ref != nil && a.ref.Value != nil && !c.contentless(a.status) {
			a.content = contentOf(a.ref.Value.Content)
		}
		out = append(out, a)
	}
	return out // digits sort before letters, and capital X before default
}

// contentless tells whether an answer has no content, whatever the document
// says (RFC 9110 sections 9.3.2, 15.3.5, 15.3.6 and 15.4.5).
func (c *call) contentless(status string) bool {
	return c.method == http.MethodHead || slices.Contains([]string{"204", "205", "304"}, status)
}

// isStatus tells whether a key of responses is a status, or a range of such.
func isStatus(key string) bool {
	if len(key) != 3 || key[0] < '1' || key[0] > '5' {
		return false
	}
	_, err := strconv.ParseUint(key, 10, 16)
	return err == nil || key[1:] == "XX"
}

// successes picks the responses that are no failures: those of 2XX, and where
// nothing but failures has a status the default. One of another status,
// redirections included, is an error to the caller.
func successes(all []answer) (good, bad []answer) {
	onlyFailures := true
	for _, a := range all {
		switch {
		case a.status[0] == '2':
			good = append(good, a)
		default:
			bad = append(bad, a)
		}
		onlyFailures = onlyFailures && (a.status == "default" || a.status[0] >= '4')
	}
	if last := len(bad) - 1; onlyFailures && last >= 0 && bad[last].status == "default" {
		return bad[last:], bad[:last]
	}
	return good, bad
}

// result lowers the answers of an operation.
func (l *lowerer) result(c *call) {
	good, bad := successes(c.responses())
	for _, a := range good {
		c.out.Accept = append(c.out.Accept, a.accept...)
	}
	slices.Sort(c.out.Accept)
	if c.out.Accept = slices.Compact(c.out.Accept); slices.Equal(c.out.Accept, []string{"application/json"}) {
		c.out.Accept = nil
	}
	switch {
	case len(good) == 0:
	case allAlike(good):
		first := good[0]
		c.out.Result = l.answered(first, l.responsePlace(c, first, "Result"))
	default:
		l.severalAnswers(c, good)
	}
	l.failures(c, bad)
}

// allAlike tells whether all of some answers hold the same.
func allAlike(list []answer) bool {
	for _, a := range list[1:] {
		if !alikeAnswers(list[0], a) {
			return false
		}
	}
	return true
}

func alikeAnswers(a, b answer) bool {
	return a.kind == b.kind && (a.kind != jsonContent || sameSchema(a.media.Schema, b.media.Schema))
}

func sameSchema(a, b *openapi3.SchemaRef) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Ref == b.Ref && (a.Ref != "" || reflect.DeepEqual(a.Value, b.Value))
}

// answered returns what an answer holds.
func (l *lowerer) answered(a answer, p place) ir.Value {
	switch a.kind {
	case textContent:
		return ir.Value{Type: ir.Text}
	case fileContent:
		return ir.Value{Type: ir.Stream}
	case jsonContent:
		return l.jsonAnswer(a, p)
	}
	return ir.Value{}
}

func (l *lowerer) jsonAnswer(a answer, p place) ir.Value {
	if a.media.Schema == nil {
		l.noteRaw(&facts{place: place{pointer: join(a.pointer, "content", a.key)}}, "raw-json", "the document says nothing about this answer: it is raw JSON")
		return ir.Value{Type: ir.Raw}
	}
	return l.uncheckedAnswer(p, l.value(p))
}

// uncheckedAnswer takes what is asserted about an answer as a whole off it, as
// nothing but types have assertions, and notes that.
func (l *lowerer) uncheckedAnswer(p place, v ir.Value) ir.Value {
	if len(v.Rules) > 0 {
		l.note(p.pointer, "unchecked-answer", "what is asserted about an answer as a whole (%s) is not checked", v.Rules[0].Keyword)
	}
	v.Rules = nil
	return v
}

// severalAnswers lowers successes that differ into a struct.
func (l *lowerer) severalAnswers(c *call, good []answer) {
	key := "result of " + c.pointer
	out := &ir.Answers{GoName: l.unreserved(l.nameAt(key, c.base+"Result", "ResultOf"+c.base)), File: c.file, Pointer: join(c.pointer, "responses")}
	for _, a := range good {
		name := statusName(a.status)
		out.List = append(out.List, &ir.Answer{
			Status: a.status, GoName: name, Doc: a.description(), Value: l.answered(a, l.responsePlace(c, a, "Result"+name)),
		})
	}
	l.declareAs(out, claim{pointer: out.Pointer, what: "result", keys: []string{key}, rank: rankOperation})
	c.out.Answers = out
}

func (a answer) description() string {
	if a.ref == nil || a.ref.Value == nil || a.ref.Value.Description == nil {
		return ""
	}
	return plainText(*a.ref.Value.Description)
}

// statusName returns the Go name of a status: what HTTP calls it.
func statusName(status string) string {
	switch status {
	case "default":
		return "Default"
	case "1XX":
		return "Informational"
	case "2XX":
		return "Success"
	case "3XX":
		return "Redirection"
	case "4XX":
		return "ClientError"
	case "5XX":
		return "ServerError"
	}
	code, _ := strconv.Atoi(status)
	text := strings.NewReplacer("-", "", "'", "", " ", "").Replace(http.StatusText(code))
	if text == "" {
		return "Status" + status
	}
	return text
}

// responsePlace returns the schema of a response, named by the operation, or
// by the component that several operations share.
func (l *lowerer) responsePlace(c *call, a answer, own string) place {
	p := place{owner: c.base, own: own, file: c.file, role: ir.RoleObject, pointer: a.pointer}
	if a.media == nil {
		return p
	}
	p.ref = a.media.Schema
	if p.ref != nil && pages(p.ref.Value) && c.route.method == "List" && own == "Result" {
		p.owner, p.own = strings.TrimSuffix(c.base, "List"), "List"
	}
	if shared, ok := fragment(a.ref.Ref); ok && a.ref.Ref != "" {
		name := unescape(shared[strings.LastIndexByte(shared, '/')+1:])
		p.pointer = shared
		p.owner, p.own, p.file = "", names.Join(strings.TrimSuffix(l.names.Exported(name), "Response"), "Response"), l.names.Stem(name)
	}
	p.pointer, p.shared = join(p.pointer, "content", a.key, "schema"), p.owner
	if s := p.schema(); s.Type.Is("array") && !p.isRef() {
		p.own += "Items"
	}
	return p
}

// failures lowers what the answers that are errors hold. A slice does not grow
// through them, as in some APIs errors lead to half of all objects: there they
// are looked at last, and declare nothing.
func (l *lowerer) failures(c *call, bad []answer) {
	var typed []answer
	for _, a := range bad {
		if a.kind == noContent {
			continue
		}
		if a.kind != jsonContent || a.media.Schema == nil {
			l.tally(join(a.pointer, "content"), "failure-body", "an answer that is a failure has no type where it is not JSON of some schema: read Error.Body")
			continue
		}
		typed = append(typed, a)
	}
	task := func() {
		for i, a := range typed {
			if same := slices.IndexFunc(typed[:i], func(b answer) bool { return alikeAnswers(a, b) }); same >= 0 {
				l.addFailure(c, a, typed[same])
			} else {
				l.addFailure(c, a, a)
			}
		}
	}
	if l.sliced() {
		l.failing = append(l.failing, task)
	} else {
		l.later(task)
	}
}

// addFailure adds what an answer holds, which is described at first.
func (l *lowerer) addFailure(c *call, a, first answer) {
	p := l.responsePlace(c, first, failureName(first.status))
	if l.sliced() && !l.known(p) {
		l.tally(join(a.pointer, "content"), "failure-body", "an answer that is a failure has no type in a slice that does not reach it otherwise: read Error.Body")
		return
	}
	t := l.failureType(p)
	if t == nil {
		return
	}
	for _, f := range c.out.Failures {
		if f.Type == t {
			f.Statuses = append(f.Statuses, a.status)
			return
		}
	}
	c.out.Failures = append(c.out.Failures, &ir.Failure{Statuses: []string{a.status}, Type: t})
}

// failureName is what the type of a failure adds to the name of its operation.
func failureName(status string) string {
	if name := statusName(status); status != "default" && !strings.HasSuffix(name, "Error") {
		return name + "Error"
	} else if status != "default" {
		return name
	}
	return "Error"
}

// known tells whether a reference leads to a struct that is there anyway.
func (l *lowerer) known(p place) bool {
	if !p.isRef() {
		return false
	}
	q, ok := l.target(p)
	_, isStruct := l.declared[q.pointer].(*ir.Struct)
	return ok && isStruct
}

// failureType returns the struct that a failure is decoded into: that of its
// body, or one that holds it.
func (l *lowerer) failureType(p place) *ir.Struct {
	v := l.uncheckedAnswer(p, l.value(p))
	if s, ok := v.Type.(*ir.Struct); ok && !v.Nullable {
		return s
	}
	if v.Type == ir.Raw {
		return nil
	}
	if s := l.held[p.pointer]; s != nil {
		return s
	}
	short, key := strings.TrimSuffix(p.own, "Items"), p.pointer+" body"
	s := &ir.Struct{
		GoName: l.nameAt(key, names.Join(names.Join(p.owner, short), "Body"), names.Join(names.Join(p.owner, short), "ErrorBody")), File: p.file, Role: ir.RoleObject, Whole: true, Pointer: p.pointer,
		Fields: []*ir.Field{{GoName: "Value", Required: true, Pointer: p.pointer, Value: v}},
	}
	s.Doc = s.GoName + " is the body of an Error that is no object with members of its own."
	l.declareAs(s, claim{pointer: p.pointer, what: "body of an error", keys: []string{key}, rank: rankHidden})
	l.held[p.pointer] = s
	return s
}

// usualFailure finds the type that most errors have, so that only what differs
// is said of each operation.
func (l *lowerer) usualFailure() {
	for _, task := range l.failing {
		task()
	}
	count := map[*ir.Struct]int{}
	failing := 0
	for _, c := range l.calls {
		if len(c.out.Failures) > 0 {
			failing++
		}
		for _, f := range c.out.Failures {
			count[f.Type]++
		}
	}
	for t, n := range count {
		if 2*n > failing && failing > 1 && (l.api.Failure == nil || n > count[l.api.Failure] || n == count[l.api.Failure] && t.GoName < l.api.Failure.GoName) {
			l.api.Failure = t
		}
	}
	for _, c := range l.calls {
		c.out.Unusual = slices.ContainsFunc(c.out.Failures, func(f *ir.Failure) bool { return f.Type != l.api.Failure })
	}
}
