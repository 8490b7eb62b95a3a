package support

import (
	"context"
	"fmt"
	"reflect"
	"strconv"
	"unsafe"
)

// What a call returns beside one object: a text, or one of several answers,
// which are told apart by status.

// text sends one request and returns its answer as it came.
func (c *core) text(ctx context.Context, op *operation, args []string, params any, opts []Option) (string, error) {
	s, req, err := c.prepare(op, args, objectIn(params), opts)
	if err != nil {
		return "", err
	}
	var out string
	req.pick = func(int) (sink, error) { return sink{read: readText(&out)}, nil }
	err = c.send(ctx, s, req, nil)
	return out, err
}

// readText keeps a body as a text.
func readText(into *string) func([]byte, *origin) error {
	return func(body []byte, _ *origin) error {
		*into = string(body)
		return nil
	}
}

// result sends one request and stores its answer into the field of out that is
// for its status.
func (c *core) result(ctx context.Context, op *operation, args []string, params, out any, opts []Option) error {
	s, req, err := c.prepare(op, args, objectIn(params), opts)
	if err != nil {
		return err
	}
	into := out.(answers)
	req.pick, req.lasts = func(status int) (sink, error) { return pickAnswer(into, status) }, untilBegun
	return c.send(ctx, s, req, nil)
}

// answers is the struct of what an operation answers by status: a StatusCode,
// and a field for each answer that has content, whose name in the table is the
// status and whose place says what the content is. It is no object: there is
// nothing to validate in it and nothing to write as a whole.
type answers interface{ answers() *descriptor }

// describeAnswers is describe for such a struct: it has a field for each member
// with a place, behind its StatusCode. A member without one is an answer
// without content.
func (d *descriptor) describeAnswers(typ reflect.Type) *table {
	t := &table{name: typ.Name(), typ: typ, size: typ.Size()}
	next := 1
	var m member
	l := d.lines(t.name)
	for l.next(&m) {
		f := field{name: m.name, in: m.in}
		if m.in != 0 {
			if next == typ.NumField() {
				disagree(t.name, "has more answers than its struct has fields")
			}
			at := typ.Field(next)
			f.off = at.Offset
			if m.in == inJSON {
				m.value(&f.value, spot{owner: t.name, field: at.Name}, at.Type)
			}
			next++
		}
		t.fields = append(t.fields, f)
	}
	l.end()
	if next < typ.NumField() {
		disagree(t.name, "has fewer answers than its struct has fields")
	}
	return t
}

// pickAnswer clears the struct that out is, stores the status, and returns what
// takes the content. An answer of a status that the document does not have is
// an error, if it has content.
func pickAnswer(out answers, status int) (sink, error) {
	v := reflect.ValueOf(out)
	v.Elem().SetZero()
	p, t := v.UnsafePointer(), out.answers().tableOf(v.Type().Elem(), (*descriptor).describeAnswers)
	*(*int)(p) = status
	f := t.answer(status)
	if f == nil {
		return sink{}, fmt.Errorf("the document has no answer with status %d", status)
	}
	at := unsafe.Add(p, f.off)
	switch f.in {
	case inText:
		o := (*Optional[string])(at)
		o.State = StatePresent
		return sink{read: readText(&o.Value)}, nil
	case inBody:
		stream := &Stream{}
		*(**Stream)(at) = stream
		return sink{take: stream.take}, nil
	case inJSON:
		return f.sink(at), nil
	}
	return sink{}, nil
}

// answer returns the field for a status: its own, that of its range, or that of
// all others.
func (t *table) answer(status int) *field {
	own := strconv.Itoa(status)
	for _, name := range []string{own, own[:1] + "XX", "default"} {
		for i := range t.fields {
			if t.fields[i].name == name {
				return &t.fields[i]
			}
		}
	}
	return nil
}

// sink returns what decodes into the field at p: an object by itself, as it may
// be a page of a list, unless it may be null.
func (f *field) sink(p unsafe.Pointer) sink {
	if f.kind == kindPointer && !f.opt {
		o := fresh(objectIn(f.sub))
		*(*unsafe.Pointer)(p) = pointerOf(o)
		return sink{object: o}
	}
	return sink{
		read:  func(body []byte, from *origin) error { return decodeValue(body, &f.value, p, from) },
		valid: func() error { return validateValue(slotAt(&f.value, p)) },
	}
}
