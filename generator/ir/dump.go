package ir

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Dump returns the whole of an API as text, one fact on a line, in the order of
// the IR itself. It says everything that the IR says: golden files hold it, and
// people review them.
//
// A type is written as in Go. A question mark after it is nullable, a star
// before it boxed. "at" is followed by the JSON pointer.
func Dump(api *API) string {
	d := &dumper{}
	d.line("package %s", api.Package)
	d.text("title", api.Title)
	d.text("version", api.Version)
	d.text("doc", api.Doc)
	d.text("server", api.Server)
	d.line("auth %s", words(string(api.Auth.Kind), quoted(api.Auth.Name)))
	for _, c := range api.Credentials {
		d.line("%s", words("credential", c.GoName, string(c.Kind), quoted(c.Name), at(c.Pointer)))
		d.under(func() { d.text("doc", c.Doc) })
	}
	d.security(api.Security)
	d.headers(api.Headers)
	if api.Failure != nil {
		d.line("failure %s", api.Failure.GoName)
	}
	for _, r := range api.Resources {
		d.line("")
		d.resource(r)
	}
	for _, s := range api.Servers {
		d.line("")
		d.server(s)
	}
	for _, e := range api.Events {
		d.line("")
		d.event(e)
	}
	for _, t := range api.Types {
		d.line("")
		d.named(t)
	}
	for _, c := range api.Checks {
		d.line("")
		d.line("%s", words("check", c.GoName, "file="+c.File, flag(c.Cyclic, "cyclic"), at(c.Pointer)))
		d.under(func() { d.rules(c.Rules) })
	}
	if len(api.Aliases) > 0 {
		d.line("")
	}
	for _, a := range api.Aliases {
		d.line("%s", words("alias", string(a.Kind), a.GoName, "of", a.Of, "file="+a.File, at(a.Pointer)))
	}
	return d.out.String()
}

// dumper writes lines, indented by how deep they are.
type dumper struct {
	out   strings.Builder
	depth int
}

func (d *dumper) line(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if text != "" {
		d.out.WriteString(strings.Repeat("  ", d.depth))
	}
	d.out.WriteString(text + "\n")
}

// under runs a function one level deeper.
func (d *dumper) under(inner func()) {
	d.depth++
	inner()
	d.depth--
}

// text writes a text of the document, unless it is empty.
func (d *dumper) text(key, value string) {
	if value != "" {
		d.line("%s %s", key, strconv.Quote(value))
	}
}

// security writes what is asked for, "nothing" where it may be left out.
func (d *dumper) security(alternatives [][]string) {
	for _, names := range alternatives {
		if len(names) == 0 {
			names = []string{"nothing"}
		}
		d.line("security %s", strings.Join(names, " "))
	}
}

func (d *dumper) headers(h HeaderNames) {
	d.text("header idempotencyKey", h.IdempotencyKey)
	d.text("header requestID", h.RequestID)
	d.text("header retry", h.Retry)
	d.text("header version", h.Version)
	d.text("header versionValue", h.VersionValue)
}

func (d *dumper) resource(r *Resource) {
	d.line("%s", words("resource", r.GoName, r.GoType, "file="+r.File, flag(r.Old, "old"), at(r.Pointer)))
	d.under(func() {
		d.text("doc", r.Doc)
		for _, op := range r.Ops {
			d.operation(op)
		}
		for _, sub := range r.Subs {
			d.resource(sub)
		}
	})
}

func (d *dumper) server(s *Server) {
	d.line("%s", words("server", s.GoName, quoted(s.URL), at(s.Pointer)))
	d.under(func() {
		d.text("doc", s.Doc)
		for _, v := range s.Variables {
			d.line("%s", words("variable", quoted(v.Name), v.GoName, pair("default", v.Default), flag(v.Required, "required")))
			d.under(func() {
				d.text("doc", v.Doc)
				if v.Enum != nil {
					d.enum(v.Enum)
				}
			})
		}
	})
}

func (d *dumper) event(e *Event) {
	d.line("%s", words(e.Kind, quoted(e.Name), e.GoName, e.Method, valueText(e.Value), flag(e.Deprecated, "deprecated"), at(e.Pointer)))
	d.under(func() {
		d.text("doc", e.Doc)
		for _, text := range e.Besides {
			d.text("besides", text)
		}
		d.constraints(e.Value)
	})
}

func (d *dumper) operation(op *Operation) {
	d.line("%s", words("op", op.GoName, op.Method, op.Path, flag(op.Deprecated, "deprecated"), at(op.Pointer)))
	d.under(func() {
		d.text("id", op.ID)
		d.text("doc", op.Doc)
		d.text("server", op.Server)
		d.security(op.Security)
		for _, p := range op.PathParams {
			d.pathParam(p)
		}
		if op.Params != nil {
			d.line("%s", words("params", op.Params.GoName, flag(op.ParamsRequired, "required"), pair("contentType", op.ContentType)))
		}
		if op.Form && (op.Params == nil || !slices.ContainsFunc(op.Params.All(), func(f *Field) bool { return f.In == InForm })) {
			d.line("form without members")
		}
		for _, part := range op.PartTypes {
			d.line("part %s %s", quoted(part.Name), part.ContentType)
		}
		d.answered(op)
	})
}

func (d *dumper) answered(op *Operation) {
	result := ""
	if op.Answers != nil {
		result = op.Answers.GoName
	} else if op.Result.Type != nil {
		result = valueText(op.Result)
	}
	if result != "" || len(op.Accept) > 0 {
		d.line("%s", words(append([]string{"result", result, flag(op.Lists, "lists")}, many("accept", op.Accept)...)...))
	}
	if op.Headers != nil {
		d.line("headers %s", op.Headers.GoName)
	}
	for _, f := range op.Failures {
		d.line("%s", words("failure", f.Type.GoName, strings.Join(f.Statuses, " "), flag(op.Unusual, "unusual")))
	}
}

func (d *dumper) answers(a *Answers) {
	d.line("%s", words("answers", a.GoName, "file="+a.File, at(a.Pointer)))
	d.under(func() {
		d.text("doc", a.Doc)
		for _, answer := range a.List {
			text := ""
			if answer.Type != nil {
				text = valueText(answer.Value)
			}
			d.line("%s", words("answer", answer.Status, answer.GoName, text))
			d.under(func() { d.text("doc", answer.Doc) })
		}
	})
}

func (d *dumper) pathParam(p *PathParam) {
	d.line("path %s %s %s", quoted(p.Name), p.GoName, typeText(p.Type))
	d.under(func() {
		d.text("doc", p.Doc)
		d.rules(p.Rules)
	})
}

func (d *dumper) named(t Named) {
	switch t := t.(type) {
	case *Struct:
		d.structType(t)
	case *Enum:
		d.enum(t)
	case *Union:
		d.union(t)
	case *Answers:
		d.answers(t)
	}
}

func (d *dumper) structType(s *Struct) {
	d.line("%s", words("struct", s.GoName, string(s.Role), flag(s.Inline, "inline"), flag(s.Root, "root"), flag(s.Untyped, "untyped"), flag(s.Whole, "whole"), pair("same", same(s)), "file="+s.File, flag(s.Deprecated, "deprecated"), at(s.Pointer)))
	d.under(func() {
		d.text("doc", s.Doc)
		d.text("id", s.ID)
		if s.List != nil {
			d.list(s.List)
		}
		d.rules(s.Rules)
		for _, f := range s.Fields {
			d.field(f)
		}
		if s.More != nil {
			d.line("%s", words("more", s.More.GoName, valueText(s.More.Value), pair("in", string(s.More.In)), at(s.More.Pointer)))
			d.under(func() { d.constraints(s.More.Value) })
		}
	})
}

func (d *dumper) list(l *List) {
	item := ""
	if l.Item != nil {
		item = "item=" + l.Item.TypeName()
	}
	d.line("%s", words("list", pair("data", l.Data), pair("more", l.More), pair("url", l.URL),
		pair("after", l.After), pair("before", l.Before), pair("itemID", l.ItemID), pair("next", l.Next), pair("page", l.Page), item))
}

func (d *dumper) field(f *Field) {
	d.line("%s", words("field", quoted(f.Name), f.GoName, valueText(f.Value),
		flag(f.Required, "required"), flag(f.ReadOnly, "readOnly"), flag(f.WriteOnly, "writeOnly"),
		flag(f.Deprecated, "deprecated"), pair("in", string(f.In)), pair("style", string(f.Style)), flag(f.Exploded, "exploded"), flag(f.Reserved, "reserved"), flag(f.Spelled, "spelled"), at(f.Pointer)))
	d.under(func() {
		d.text("doc", f.Doc)
		d.text("default", f.Default)
		d.constraints(f.Value)
	})
}

// constraints writes the rules of a value, and those of what is in it.
func (d *dumper) constraints(v Value) {
	d.rules(v.Rules)
	inner, ok := Element(v.Type)
	if ok && constrained(inner) {
		d.line("each")
		d.under(func() { d.constraints(inner) })
	}
}

func constrained(v Value) bool {
	inner, ok := Element(v.Type)
	return len(v.Rules) > 0 || ok && constrained(inner)
}

func (d *dumper) rules(rules []*Rule) {
	for _, r := range rules {
		d.line("%s", words("rule", r.Keyword, arguments(r), at(r.Pointer)))
		d.under(func() {
			d.text("note", r.Note)
			for i, sub := range r.Subs {
				d.line("%s", subName(r.Keyword, i))
				d.under(func() { d.rules(sub) })
			}
		})
	}
}

func subName(keyword string, i int) string {
	switch {
	case keyword == "if" && i < 3:
		return []string{"if", "then", "else"}[i]
	case strings.HasPrefix(keyword, "unevaluated") && i == 0:
		return "beside"
	}
	return "schema"
}

func arguments(r *Rule) string {
	list := []string{r.Number, pair("most", r.Most), quoted(r.Text), pair("but", r.Pattern)}
	if r.Check != nil {
		list = append(list, r.Check.GoName)
	}
	for _, name := range r.Names {
		list = append(list, quoted(name))
	}
	for _, v := range r.Values {
		list = append(list, literalText(v))
	}
	return words(append(list, r.Types...)...)
}

func literalText(v Literal) string {
	if v.Type == "string" {
		return strconv.Quote(v.Text)
	}
	return v.Text
}

func (d *dumper) enum(e *Enum) {
	d.line("%s", words("enum", e.GoName, string(e.Base), "file="+e.File, flag(e.Expand, "expand"), flag(e.Known, "known"),
		pair("same", same(e)), flag(e.Deprecated, "deprecated"), at(e.Pointer)))
	d.under(func() {
		d.text("doc", e.Doc)
		for _, v := range e.OwnValues() {
			d.line("%s", words("value", v.GoName, strconv.Quote(v.Value), flag(v.Deprecated, "deprecated")))
			d.under(func() { d.text("doc", v.Doc) })
		}
	})
}

// same is the name of the type that t is another name of, or nothing.
func same(t Named) string {
	if Declared(t) == t {
		return ""
	}
	return Declared(t).TypeName()
}

func (d *dumper) union(u *Union) {
	d.line("%s", words("union", u.GoName, "file="+u.File, flag(u.Open, "open"), pair("by", u.By), flag(u.Closest, "closest"), flag(u.Raw, "raw"), flag(u.Recursive, "recursive"), pair("same", same(u)), at(u.Pointer)))
	d.under(func() {
		d.text("doc", u.Doc)
		d.rules(u.Rules)
		for _, v := range u.Variants {
			d.variant(v)
		}
	})
}

func (d *dumper) variant(v *Variant) {
	list := []string{"variant", v.GoName, typeText(v.Type)}
	list = append(list, flag(v.Vague, "vague"))
	list = append(list, many("tag", v.Tags)...)
	list = append(list, many("type", v.Types)...)
	list = append(list, many("required", v.Required)...)
	for _, c := range v.Consts {
		list = append(list, "const="+strconv.Quote(c.Name)+":"+literalText(c.Value))
	}
	d.line("%s", words(list...))
	d.under(func() { d.constraints(Value{Type: v.Type, Rules: v.Rules}) })
}

// typeText returns a type as it would stand in Go.
func typeText(t Type) string {
	switch t := t.(type) {
	case Prim:
		return string(t)
	case *Slice:
		return "[]" + valueText(t.Elem)
	case *Map:
		return "map[string]" + valueText(t.Elem)
	case *Expandable:
		return "Expandable[" + typeText(t.Object) + "]"
	case Named:
		return t.TypeName()
	}
	return "nothing"
}

func valueText(v Value) string {
	text := typeText(v.Type)
	if v.Boxed {
		text = "*" + text
	}
	switch {
	case v.Nullable:
		text += "?"
	case v.NullToo:
		text += "~"
	}
	return text
}

// words joins what is not empty.
func words(list ...string) string {
	kept := list[:0:0]
	for _, word := range list {
		if word != "" {
			kept = append(kept, word)
		}
	}
	return strings.Join(kept, " ")
}

func flag(set bool, name string) string {
	if set {
		return name
	}
	return ""
}

func quoted(s string) string {
	if s == "" {
		return ""
	}
	return strconv.Quote(s)
}

func pair(key, value string) string {
	if value == "" {
		return ""
	}
	return key + "=" + strconv.Quote(value)
}

func many(key string, values []string) []string {
	var out []string
	for _, v := range values {
		out = append(out, key+"="+strconv.Quote(v))
	}
	return out
}

func at(pointer string) string {
	if pointer == "" {
		return ""
	}
	return "at " + strconv.Quote(pointer)
}
