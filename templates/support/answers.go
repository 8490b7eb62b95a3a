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
	req.pick = func(status int) (sink, error) { return pickAnswer(into, status) }
	return c.send(ctx, s, req, nil)
}

// answers is the struct of what an operation answers by status. It is no
// object: there is nothing to validate in it and nothing to write as a whole.
type answers interface{ answers() *descriptor }

// decodeValue reads one JSON document into the memory at p, which is zero.
func decodeValue(data []byte, v *value, p unsafe.Pointer, from *origin) error {
	d := newDecoder(data)
	d.from = from
	i := d.element(v, p, space(data, 0))
	if i >= 0 {
		if i = space(data, i); i < len(data) {
			i = d.syntax(i)
		}
	}
	return d.release(i)
}

// describeAnswers is describe for such a struct, whose fields follow its
// StatusCode.
func (t *table) describeAnswers(members []member, fields []reflect.StructField) {
	for i := range members {
		m := &members[i]
		f := field{name: m.name, in: m.in}
		if m.in != 0 {
			if len(fields) == 0 {
				disagree(t.name, "has more answers than its struct has fields")
			}
			f.off = fields[0].Offset
			if m.in == inJSON {
				f.value = m.value(t.name+"."+fields[0].Name, fields[0].Type)
			}
			fields = fields[1:]
		}
		t.fields = append(t.fields, f)
	}
	if len(fields) > 0 {
		disagree(t.name, "has fewer answers than its struct has fields")
	}
}

// pickAnswer clears the struct that out is, stores the status, and returns what
// takes the content. An answer of a status that the document does not have is
// an error, if it has content.
func pickAnswer(out answers, status int) (sink, error) {
	v := reflect.ValueOf(out)
	v.Elem().SetZero()
	p, t := v.UnsafePointer(), out.answers().tableOf(v.Type().Elem())
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
		return sink{stream: stream}, nil
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
		o := fresh(f.sub)
		*(*unsafe.Pointer)(p) = pointerOf(o)
		return sink{object: o}
	}
	return sink{read: func(body []byte, from *origin) error { return decodeValue(body, &f.value, p, from) }}
}
