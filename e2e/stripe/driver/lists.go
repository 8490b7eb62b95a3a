package driver

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// lists walks the pages of an operation that lists, and asks for further pages
// of every list within the answer.
func (r *runner) lists(call Call, e *exchange, result reflect.Value, o *Outcome) {
	if !result.IsValid() {
		return
	}
	if call.Iterator != "" {
		r.iterate(call, e, o)
	}
	w := r.walk(result)
	for _, path := range w.untyped {
		o.problem("%s is none of the variants of its union", path)
	}
	if call.Iterator == "" {
		delete(w.pages, "") // the operation takes no cursor
	}
	if !call.Pages {
		return
	}
	if page, ok := w.pages[""]; ok && call.Token != "" {
		setText(page.Elem().FieldByName(call.Token), "token")
	}
	for _, path := range slices.Sorted(maps.Keys(w.pages)) {
		r.turn(o, path, w.pages[path])
	}
}

// iterate walks the pages: the server's lists end with their first one.
func (r *runner) iterate(call Call, e *exchange, o *Outcome) {
	ctx, tape := record(context.Background())
	items, err := r.sequence(ctx, call)
	if err != nil {
		o.problem("%s: %v", call.Iterator, err)
		return
	}
	for item, failure := range items.Seq2() {
		if err, _ := failure.Interface().(error); err != nil {
			o.problem("%s: %v", call.Iterator, err)
			return
		}
		if item.IsZero() {
			o.problem("%s yields an item that is nil", call.Iterator)
		}
		o.Items++
	}
	var page struct{ Data []json.RawMessage }
	if err := json.Unmarshal(e.answer, &page); err != nil || len(page.Data) != o.Items {
		o.problem("%s yields %d items of %d (%v)", call.Iterator, o.Items, len(page.Data), err)
	}
	if last := tape.last(); last == nil {
		o.problem("%s sends nothing", call.Iterator)
	} else {
		for _, difference := range call.differences(last) {
			o.problem("the request of %s differs: %s", call.Iterator, difference)
		}
	}
}

// sequence calls the iterator, whose only result is a sequence.
func (r *runner) sequence(ctx context.Context, call Call) (reflect.Value, error) {
	m, err := find(r.client, call.Go[:len(call.Go)-1], call.Iterator)
	if err != nil {
		return m, err
	}
	in, err := r.arguments(ctx, call, m.Type())
	if err != nil {
		return m, err
	}
	return m.Call(in)[0], nil
}

// turn claims that the page is not the last one, and asks for what follows, as
// a page and by iterating. That takes an id to continue from.
func (r *runner) turn(o *Outcome, path string, page reflect.Value) {
	if !continues(page.Elem().FieldByName("Data")) {
		o.note("the list at %q has an item without an id", path)
		return
	}
	page.Elem().FieldByName("HasMore").SetBool(true)
	ctx, tape := record(context.Background())
	out := page.MethodByName("Next").Call([]reflect.Value{reflect.ValueOf(ctx)})
	err, _ := out[1].Interface().(error)
	last := tape.last()
	switch {
	case last == nil:
		o.problem("nothing was sent for the next page of %s: %v", path, err)
	case last.status == 404:
		o.note("the list at %q leads to %s, which is not there", path, last.path)
	case err != nil:
		o.problem("the next page of %s: %v", path, err)
	default:
		r.turned(o, path, page, out[0], last)
	}
}

// continues tells whether the last item has an id: in some of the server's
// fixtures it is empty.
func continues(items reflect.Value) bool {
	last := items.Index(items.Len() - 1)
	for last.Kind() == reflect.Interface || last.Kind() == reflect.Pointer {
		last = last.Elem()
	}
	id := last.FieldByName("ID")
	return !id.IsValid() || !id.IsZero()
}

// turned compares the next page with its answer, and what is iterated over
// with both pages.
func (r *runner) turned(o *Outcome, path string, page, next reflect.Value, e *exchange) {
	o.Turned++
	inner := Outcome{}
	r.answer(&inner, e, next)
	for _, problem := range inner.Problems {
		o.problem("the next page of %s: %s", path, problem)
	}
	all := page.MethodByName("All")
	if !all.IsValid() { // the page of an operation, whose service has the iterator
		return
	}
	items := 0
	for _, failure := range all.Call([]reflect.Value{reflect.ValueOf(context.Background())})[0].Seq2() {
		if err, _ := failure.Interface().(error); err != nil {
			o.problem("iterating over %s: %v", path, err)
		}
		items++
	}
	if want := page.Elem().FieldByName("Data").Len() + next.Elem().FieldByName("Data").Len(); items != want {
		o.problem("iterating over %s yields %d items, not %d", path, items, want)
	}
}

// walk goes through what an answer holds, and decodes the objects that its
// references were expanded to.
type walk struct {
	expansions map[reflect.Type]Expand
	pages      map[string]reflect.Value // pointers to structs that are pages, by place
	untyped    []string
	wrong      []string // references that can't be expanded, and why
	expanded   int
}

func (r *runner) walk(result reflect.Value) *walk {
	w := &walk{expansions: r.expansions, pages: map[string]reflect.Value{}}
	w.visit(result, "")
	return w
}

func (w *walk) visit(v reflect.Value, path string) {
	switch v.Kind() {
	case reflect.Interface:
		if v.Elem().IsValid() && v.Elem().Kind() == reflect.Slice && v.Elem().Type().Name() == "Raw" {
			w.untyped = append(w.untyped, path)
		}
		w.visit(v.Elem(), path)
	case reflect.Pointer:
		w.pointer(v, path)
	case reflect.Slice:
		for i := range v.Len() {
			w.visit(v.Index(i), fmt.Sprintf("%s[%d]", path, i))
		}
	case reflect.Map:
		for key, value := range v.Seq2() {
			w.visit(value, path+"."+key.String())
		}
	case reflect.Struct:
		w.structure(v, path)
	}
}

// pointer visits a struct, which may be a page: what has a next page.
func (w *walk) pointer(v reflect.Value, path string) {
	if v.IsNil() {
		return
	}
	if v.MethodByName("Next").IsValid() && v.Elem().FieldByName("HasMore").IsValid() {
		w.pages[path] = v
	}
	w.visit(v.Elem(), path)
}

// structure visits the fields, or what an Optional or Expandable leads to.
func (w *walk) structure(v reflect.Value, path string) {
	switch generic(v.Type()) {
	case "Optional":
		w.visit(v.FieldByName("Value"), path)
		return
	case "Expandable":
		w.reference(v, path)
		return
	}
	for i := range v.NumField() {
		if f := v.Type().Field(i); f.IsExported() {
			w.field(v.Field(i), path+"."+f.Name)
		}
	}
}

// reference visits the object of a reference, if it was expanded.
func (w *walk) reference(v reflect.Value, path string) {
	expand, ok := w.expansions[v.Type()]
	if !ok {
		w.wrong = append(w.wrong, fmt.Sprintf("%s is a %s, which nothing expands", path, v.Type()))
		return
	}
	object, err := expand(v.Interface())
	if err != nil {
		w.wrong = append(w.wrong, fmt.Sprintf("%s can't be expanded: %v", path, err))
	}
	if object != nil {
		w.expanded++
		w.visit(reflect.ValueOf(&object).Elem(), path)
	}
}

// generic is the name of a generic type without its arguments, or "". No struct
// of a document is generic, so the name tells what it is.
func generic(t reflect.Type) string {
	name, _, found := strings.Cut(t.Name(), "[")
	if !found {
		return ""
	}
	return name
}

// statePresent is StatePresent of the generated packages.
const statePresent = 2

// setText sets a field that is text, optional or not.
func setText(field reflect.Value, text string) {
	if generic(field.Type()) == "Optional" {
		field.FieldByName("State").SetUint(statePresent)
		field = field.FieldByName("Value")
	}
	field.SetString(text)
}

// field visits a struct in place through its address, as what it can do hangs
// on that.
func (w *walk) field(v reflect.Value, path string) {
	if v.Kind() == reflect.Struct && v.CanAddr() {
		if _, ok := v.Addr().Type().MethodByName("Next"); ok {
			v = v.Addr()
		}
	}
	w.visit(v, path)
}
