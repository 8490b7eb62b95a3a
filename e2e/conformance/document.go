package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/oaken-go/oaken/generator"
)

// pack is what one document and one package are made of: groups that do not get
// in each other's way.
type pack struct {
	name   string
	groups []*group
	rules  bool
	free   bool            // formats assert nothing
	ids    map[string]bool // of schemas
}

// maxGroups is how many groups make a package that is quick to compile.
const maxGroups = 64

// holder is the name of the component that has an instance of a group's schema
// as its member value.
func (g *group) holder() string { return strings.Replace(g.name, "case", "holder", 1) }

// write writes the document, and beside it each group's schema as a file of its
// own, to a folder. It returns the document's path.
func (p *pack) write(folder string) (string, error) {
	schemas := map[string]any{}
	for _, g := range p.groups {
		var value any = map[string]any{"$ref": g.name + ".json"}
		if p.rules { // a double negation has no shape, and asserts the same
			inner := relocated(g.Schema, "#/components/schemas/"+g.holder()+"/properties/value/not/not")
			value = map[string]any{"not": map[string]any{"not": inner}}
		}
		schemas[g.holder()] = map[string]any{
			"type": "object", "required": []string{"value"}, "properties": map[string]any{"value": value},
		}
		if err := writeJSON(filepath.Join(folder, g.name+".json"), g.Schema); err != nil {
			return "", err
		}
	}
	path := filepath.Join(folder, p.name+"_api.json")
	return path, writeJSON(path, map[string]any{
		"openapi":    p.groups[0].dialect.openapi,
		"info":       map[string]any{"title": "Conformance", "version": "1"},
		"paths":      map[string]any{},
		"components": map[string]any{"schemas": schemas},
	})
}

// relocated returns a copy of a schema whose references to itself lead to a
// place of a document.
func relocated(schema any, to string) any {
	text, err := json.Marshal(schema)
	if err != nil {
		panic(err) // it was read from JSON
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var out any
	if err := decoder.Decode(&out); err != nil {
		panic(err)
	}
	eachSchema(out, func(s map[string]any) {
		if ref, ok := s["$ref"].(string); ok && (ref == "#" || strings.HasPrefix(ref, "#/")) {
			s["$ref"] = to + strings.TrimPrefix(ref, "#")
		}
	})
	return out
}

func writeJSON(path string, x any) error {
	text, err := json.MarshalIndent(x, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, text, 0o666)
}

// generate makes the package, or stops after what decides whether it can be.
func (p *pack) generate(ctx context.Context, folder, through string) (generator.Result, error) {
	path, err := p.write(folder)
	if err != nil {
		return generator.Result{}, err
	}
	config := generator.Config{Spec: path, Out: filepath.Join(folder, p.name), Package: p.name, AllowHosts: []string{remoteHost}}
	if p.free {
		config.Formats = "annotate"
	}
	return generator.Generate(ctx, generator.Options{Config: config, Through: through})
}

// unsupported are the codes of the report that say an assertion is not made.
var unsupported = map[string]bool{
	"unsupported-pattern": true, "unchecked-keyword": true, "other-dialect": true, "unchecked-format": true, "one-of": true,
}

// try finds out whether the generator takes a group by itself.
func (g *group) try(ctx context.Context, folder string, rules bool) error {
	p := &pack{name: g.name, groups: []*group{g}, rules: rules, free: g.free()}
	result, err := p.generate(ctx, folder, "lower")
	if found, ok := errors.AsType[generator.Diagnostics](err); ok {
		g.refused = found[0].String()
		return nil
	}
	for _, note := range result.Notes {
		if unsupported[note.Code] && g.noted == "" {
			g.noted = note.String()
		}
	}
	if err != nil {
		return fmt.Errorf("%s, %s: %w", g.file, g.Description, err)
	}
	return nil
}

// packs puts the groups that the generator takes into documents, many into one.
// Two schemas of one $id are not in one document, and what has a $dynamicRef,
// which looks for its target in all of a document, has one to itself.
func packs(groups []*group, rules bool) []*pack {
	var out []*pack
	for _, g := range groups {
		if g.leftOut != "" || g.refused != "" {
			continue
		}
		ids, dynamic := g.identifiers()
		fits := func(p *pack) bool {
			return !dynamic && p.free == g.free() && p.ids != nil && len(p.groups) < maxGroups &&
				!slices.ContainsFunc(ids, func(id string) bool { return p.ids[id] })
		}
		i := slices.IndexFunc(out, fits)
		if i < 0 {
			i = len(out)
			out = append(out, &pack{name: g.name, rules: rules, free: g.free()})
			if !dynamic {
				out[i].ids = map[string]bool{}
			}
		}
		out[i].groups = append(out[i].groups, g)
		for _, id := range ids {
			if !dynamic {
				out[i].ids[id] = true
			}
		}
	}
	return out
}

// identifiers are the names that a group's schemas give themselves, and whether
// they look for a name that depends on the way there.
func (g *group) identifiers() (ids []string, dynamic bool) {
	eachSchema(g.Schema, func(s map[string]any) {
		if id, ok := s["$id"].(string); ok {
			ids = append(ids, id)
		}
		dynamic = dynamic || s["$dynamicRef"] != nil || s["$dynamicAnchor"] != nil
	})
	return ids, dynamic
}

// free tells whether a group is about formats that assert nothing, as all of the
// suite's required tests are. The others that name a format expect the same
// answers either way.
func (g *group) free() bool { return g.file == "format" }

// single makes a pack for each group of a pack.
func (p *pack) single() []*pack {
	var out []*pack
	for _, g := range p.groups {
		out = append(out, &pack{name: g.name, groups: []*group{g}, rules: p.rules, free: p.free})
	}
	return out
}
