package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/oaken-go/oaken/generator"
)

// pack is what one document and one package are made of: groups of a file that
// do not get in each other's way.
type pack struct {
	name   string
	groups []*group
	rules  bool
}

// holder is the name of the component that has an instance of a group's schema
// as its member value.
func (g *group) holder() string { return strings.Replace(g.name, "case", "holder", 1) }

// write writes the document to a folder and returns its path.
func (p *pack) write(folder string) (string, error) {
	schemas := map[string]any{}
	for _, g := range p.groups {
		value := map[string]any{"$ref": "#/components/schemas/" + g.name}
		if p.rules {
			// A double negation has no shape, and asserts the same.
			inner := relocated(g.Schema, "#/components/schemas/"+g.holder()+"/properties/value/not/not")
			value = map[string]any{"not": map[string]any{"not": inner}}
		} else {
			schemas[g.name] = relocated(g.Schema, "#/components/schemas/"+g.name)
		}
		schemas[g.holder()] = map[string]any{
			"type": "object", "required": []string{"value"}, "properties": map[string]any{"value": value},
		}
	}
	text, err := json.MarshalIndent(map[string]any{
		"openapi":    p.groups[0].dialect.openapi,
		"info":       map[string]any{"title": "Conformance", "version": "1"},
		"paths":      map[string]any{},
		"components": map[string]any{"schemas": schemas},
	}, "", " ")
	if err != nil {
		return "", err
	}
	path := filepath.Join(folder, p.name+".json")
	return path, os.WriteFile(path, text, 0o666)
}

// relocated returns a copy of a schema whose references to itself lead to a
// place of a document.
func relocated(schema any, to string) any {
	text, err := json.Marshal(schema)
	if err != nil {
		panic(err) // it was read from JSON
	}
	out := decoded(text)
	eachSchema(out, func(s map[string]any) {
		if ref, ok := s["$ref"].(string); ok && strings.HasPrefix(ref, "#") {
			s["$ref"] = to + strings.TrimPrefix(ref, "#")
		}
	})
	return out
}

func decoded(text []byte) any {
	decoder := json.NewDecoder(strings.NewReader(string(text)))
	decoder.UseNumber()
	var x any
	if err := decoder.Decode(&x); err != nil {
		panic(err)
	}
	return x
}

// generate makes the package, or stops after what decides whether it can be.
func (p *pack) generate(ctx context.Context, folder, through string) (generator.Result, error) {
	path, err := p.write(folder)
	if err != nil {
		return generator.Result{}, err
	}
	config := generator.Config{Spec: path, Out: filepath.Join(folder, p.name), Package: p.name}
	return generator.Generate(ctx, generator.Options{Config: config, Through: through})
}

// unsupported are the codes of the report that say an assertion is not made.
var unsupported = map[string]bool{
	"unsupported-pattern": true, "unchecked-keyword": true, "other-dialect": true, "unchecked-format": true, "one-of": true,
}

// try finds out whether the generator takes a group by itself.
func (g *group) try(ctx context.Context, folder string, rules bool) error {
	p := &pack{name: g.name, groups: []*group{g}, rules: rules}
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

// packs puts the groups that the generator takes into documents: those of a
// file together, but for what has or refers to names of its own, or comes from
// elsewhere.
func packs(groups []*group, rules bool) []*pack {
	var out []*pack
	byFile := map[string]*pack{}
	for _, g := range groups {
		switch {
		case g.leftOut != "" || g.refused != "":
		case g.alone():
			out = append(out, &pack{name: g.name, groups: []*group{g}, rules: rules})
		case byFile[g.file] == nil:
			byFile[g.file] = &pack{name: g.name, groups: []*group{g}, rules: rules}
			out = append(out, byFile[g.file])
		default:
			byFile[g.file].groups = append(byFile[g.file].groups, g)
		}
	}
	return out
}

// alone tells whether a group is to have a document of its own.
func (g *group) alone() bool {
	alone := false
	eachSchema(g.Schema, func(s map[string]any) {
		ref, _ := s["$ref"].(string)
		for _, keyword := range []string{"$id", "id", "$anchor", "$dynamicAnchor", "$dynamicRef"} {
			alone = alone || s[keyword] != nil
		}
		alone = alone || ref != "" && !strings.HasPrefix(ref, "#")
	})
	return alone
}
