package lower

import (
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/oaken-go/oaken/generator/ir"
)

// stylesIn are the styles that OpenAPI has for parameters in a place, the usual
// one first.
var stylesIn = map[ir.Location][]string{
	ir.InQuery:     {"form", "spaceDelimited", "pipeDelimited", "deepObject"},
	ir.InForm:      {"form", "spaceDelimited", "pipeDelimited", "deepObject"},
	ir.InMultipart: {"form", "spaceDelimited", "pipeDelimited", "deepObject"},
	ir.InHeader:    {"simple"},
	ir.InPath:      {"simple", "label", "matrix"},
	ir.InCookie:    {"form"},
}

var styles = map[string]ir.Style{
	"deepObject": ir.StyleDeepObject, "form": ir.StyleForm, "simple": ir.StyleForm, "label": ir.StyleLabel, "matrix": ir.StyleMatrix,
	"spaceDelimited": ir.StyleSpace, "pipeDelimited": ir.StylePipe,
}

// style returns how a parameter is spelled. The delimited styles with explode
// are what form is with it, and deepObject is the same with and without.
func (l *lowerer) style(pointer string, f *ir.Field, style string, explode *bool) ir.Style {
	known := stylesIn[f.In]
	if style == "" {
		style = known[0]
	}
	if !slices.Contains(known, style) {
		l.report(pointer, "unsupported-style", "there is no style %q for this place: write %s", style, strings.Join(known, ", "))
	}
	out := styles[style]
	exploded := style == "form"
	if explode != nil {
		exploded = *explode
	}
	switch {
	case !exploded:
	case style == "label" || style == "matrix" || style == "simple":
		f.Exploded = true
	case style != "deepObject":
		out = ir.StyleExplode
	}
	if out != ir.StyleDeepObject {
		l.spelled = append(l.spelled, spelling{pointer: pointer, style: style, field: f})
	}
	return out
}

// spelling is a value that is spelled in another style than deepObject.
type spelling struct {
	pointer, style string
	field          *ir.Field
	more           *ir.Field // whose members field stands for, or nil
	unstyled       bool      // no encoding says so: objects are JSON
}

// spellings decides which parameters need more than the usual code: lists in
// cookies, objects in headers with explode, choices among lists and objects, and
// what is nested, which is JSON as no style has a spelling for it.
func (l *lowerer) spellings() {
	for _, s := range l.spelled {
		f := s.field
		if s.unstyled && (f.Type == ir.Raw || l.choosesObject(f.Type)) {
			f.Style, f.Spelled = ir.StyleJSON, true
		} else if f.In == ir.InMultipart && l.nested(f.Type) {
			f.Style = ir.StyleJSON
			continue
		}
		if l.nested(f.Type) {
			l.note(s.pointer, "nested-parameter", "style %q has no spelling for what is inside lists and objects: it is sent as JSON", s.style)
			f.Spelled = true
		}
		kind := jsonType(f.Type)
		parts := kind == "array" || kind == "object"
		switch f.In {
		case ir.InCookie:
			f.Spelled = f.Spelled || parts
		case ir.InHeader:
			f.Exploded = f.Exploded && parts // and means nothing else
		}
		_, choice := f.Type.(*ir.Union)
		f.Spelled = f.Spelled || choice && l.compound(f.Type) || f.Type == ir.Raw
		if f.In == ir.InHeader && f.Exploded {
			f.Style = ir.StyleSimple
		}
	}
	for _, s := range l.spelled {
		if s.more != nil {
			s.more.Style, s.more.Spelled = s.field.Style, s.field.Spelled
		}
	}
}

// spellMore decides how the members of a form are written that have no name: as
// one that has no encoding.
func (l *lowerer) spellMore(f *ir.Field) {
	before := len(l.spelled)
	each := &ir.Field{In: f.In, Pointer: f.Pointer, Value: f.Type.(*ir.Map).Elem}
	if f.In == ir.InForm {
		each.Style = l.formStyle(f.Pointer, each, nil)
	} else {
		each.Style = l.partStyle(f.Pointer, each, nil)
	}
	f.Style, f.Spelled = each.Style, each.Spelled
	for i := range l.spelled[before:] {
		l.spelled[before+i].more = f
	}
}

// nested tells whether a list, or a choice among lists, holds more than scalars.
func (l *lowerer) nested(t ir.Type) bool {
	switch t := t.(type) {
	case *ir.Slice:
		return l.compound(t.Elem.Type)
	case *ir.Map:
		return l.compound(t.Elem.Type)
	case *ir.Struct:
		return slices.ContainsFunc(t.Fields, func(f *ir.Field) bool { return l.compound(f.Type) })
	case *ir.Union:
		open := l.unionOf(t)
		return open != nil && slices.ContainsFunc(open.entries, func(e entry) bool {
			_, again := e.variant.Type.(*ir.Union)
			return !again && l.nested(e.variant.Type)
		})
	}
	return false
}

// compound tells whether a value may be more than one text.
func (l *lowerer) compound(t ir.Type) bool {
	types := []ir.Type{t}
	if u := l.unionOf(t); u != nil {
		for _, e := range u.entries {
			types = append(types, e.variant.Type)
		}
	}
	return slices.ContainsFunc(types, func(t ir.Type) bool { return jsonType(t) == "array" || jsonType(t) == "object" })
}

// choosesObject tells whether a type is a choice that has an object.
func (l *lowerer) choosesObject(t ir.Type) bool {
	u := l.unionOf(t)
	return u != nil && slices.ContainsFunc(u.entries, func(e entry) bool {
		return e.variant.Type == ir.Raw || jsonType(e.variant.Type) == "object"
	})
}

// spellParameter decides how a parameter is spelled.
func (l *lowerer) spellParameter(f *ir.Field, p parameter) {
	f.Reserved = p.AllowReserved && f.In == ir.InQuery
	if key, media := p.content(); media != nil {
		if isJSON(key) {
			f.Style, f.Spelled = ir.StyleContent, true
			return
		}
		if kind := jsonType(f.Type); kind != "string" && (!isPlainText(key) || !isScalar(kind)) {
			l.note(p.pointer, "parameter-type", "a parameter can't be written as %s: it is spelled as one without a media type: describe it as text, which the caller writes", key)
		}
		f.Style = l.style(p.pointer, f, "", nil)
		return
	}
	f.Style = l.style(p.pointer, f, p.Style, p.Explode)
}

// isScalar tells whether values of a JSON type have no parts.
func isScalar(kind string) bool { return kind != "" && kind != "array" && kind != "object" }

// content returns how a parameter is written that is a document of its own.
func (p parameter) content() (string, *openapi3.MediaType) {
	for _, key := range sortedKeys(p.Content) {
		if p.Content[key] != nil {
			return key, p.Content[key]
		}
	}
	return "", nil
}
