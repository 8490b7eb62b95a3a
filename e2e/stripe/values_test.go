package stripe

import (
	"encoding/json"
	"maps"
	"slices"
)

// chooser makes values that a schema allows.
type chooser struct {
	all   bool // optional members too
	last  bool // of several alternatives the last one, else the first
	clear bool // null, where a form may hold an empty text to say so
}

// value returns a value as package json would decode it.
func (c chooser) value(s *schema) any {
	switch {
	case c.clear && slices.ContainsFunc(s.AnyOf, onlyEmpty):
		return nil
	case len(s.AnyOf) > 0:
		return c.value(c.alternative(s.AnyOf))
	case len(s.Enum) > 0:
		return s.Enum[slices.IndexFunc(s.Enum, notEmpty)]
	}
	switch s.Type {
	case "array":
		return []any{c.value(s.Items)}
	case "object":
		return c.object(s)
	case "boolean":
		return true
	case "integer":
		return json.Number("1700000000") // a moment, where it has to be one
	case "number":
		return json.Number("12.5")
	}
	return text(s)
}

func notEmpty(text string) bool { return text != "" }

// onlyEmpty tells whether a schema allows the empty text alone.
func onlyEmpty(s *schema) bool {
	return len(s.Enum) > 0 && !slices.ContainsFunc(s.Enum, notEmpty)
}

// alternative leaves out the empty text, which only clears what is there.
func (c chooser) alternative(alternatives []*schema) *schema {
	kept := slices.DeleteFunc(slices.Clone(alternatives), onlyEmpty)
	if c.last {
		return kept[len(kept)-1]
	}
	return kept[0]
}

// object holds the required members, or all. A form can't hold an object
// without members, so there is one where it could have any.
func (c chooser) object(s *schema) map[string]any {
	out := map[string]any{}
	for name, property := range s.Properties {
		if c.all || slices.Contains(s.Required, name) {
			out[name] = c.value(property)
		}
	}
	if s.AdditionalProperties.schema != nil {
		out["key"] = c.value(s.AdditionalProperties.schema)
	}
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		if !empty(out) {
			break
		}
		out[name] = c.value(s.Properties[name])
	}
	return out
}

// empty tells whether a form holds nothing of a value.
func empty(value any) bool {
	object, ok := value.(map[string]any)
	for _, inner := range object {
		ok = ok && empty(inner)
	}
	return ok
}

// texts are what a text of a format may be.
var texts = map[string]string{"currency": "usd", "decimal": "12.5"}

func text(s *schema) string {
	out, ok := texts[s.Format]
	if !ok {
		out = "text & more"
	}
	if s.MaxLength != nil && *s.MaxLength < len(out) {
		out = "text"[:min(*s.MaxLength, 4)]
	}
	return out
}
