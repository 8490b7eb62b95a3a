package renames

import (
	"maps"
	"testing"
)

func TestMatch(t *testing.T) {
	shape := func(kind string, parts ...string) Shape { return Shape{kind, parts} }
	for name, test := range map[string]struct{ gone, fresh, want map[string]any }{
		"the same parts":      {map[string]any{"A": shape("struct", "x", "y")}, map[string]any{"B": shape("struct", "y", "x")}, map[string]any{"A": "B"}},
		"nearly the same":     {map[string]any{"A": shape("struct", "x", "y", "z")}, map[string]any{"B": shape("struct", "x", "y", "z", "new")}, map[string]any{"A": "B"}},
		"little in common":    {map[string]any{"A": shape("struct", "x", "y")}, map[string]any{"B": shape("struct", "x", "z")}, nil},
		"another kind":        {map[string]any{"A": shape("struct", "x", "y")}, map[string]any{"B": shape("enum", "x", "y")}, nil},
		"nothing to tell":     {map[string]any{"A": shape("struct")}, map[string]any{"B": shape("struct")}, nil},
		"two that are alike":  {map[string]any{"A": shape("struct", "x")}, map[string]any{"B": shape("struct", "x"), "C": shape("struct", "x")}, nil},
		"two that were alike": {map[string]any{"A": shape("struct", "x"), "B": shape("struct", "x")}, map[string]any{"C": shape("struct", "x")}, nil},
		"the better of two": {
			map[string]any{"A": shape("struct", "x", "y", "z")},
			map[string]any{"B": shape("struct", "x", "y", "z"), "C": shape("struct", "x", "y", "z", "w")},
			map[string]any{"A": "B"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, want := Match(shapes(test.gone), shapes(test.fresh)), map[string]string{}
			for old, now := range test.want {
				want[old] = now.(string)
			}
			if !maps.Equal(got, want) {
				t.Errorf("matched %v, want %v", got, want)
			}
		})
	}
}

func shapes(in map[string]any) map[string]Shape {
	out := map[string]Shape{}
	for name, shape := range in {
		out[name] = shape.(Shape)
	}
	return out
}
