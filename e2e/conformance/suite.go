package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// dialect is a version of JSON Schema, and that of OpenAPI which has it.
type dialect struct {
	folder  string // in the suite
	openapi string
	// lacks names what a schema uses that OpenAPI's dialect does not have.
	lacks func(schema map[string]any) string
}

var dialects = []*dialect{
	{"draft4", "3.0.4", lacksIn30},
	{"draft2020-12", "3.1.1", func(map[string]any) string { return "" }},
}

// group is a schema with its tests.
type group struct {
	Description string
	Schema      any
	Tests       []*test

	dialect *dialect
	file    string // without .json
	name    string // of the group, in documents
	leftOut string // what the dialect of OpenAPI lacks for it
	refused string // the first diagnostic, where the document is refused
	noted   string // the first entry of the report that says something is not supported
}

// test is an instance, and what came of it.
type test struct {
	Description string
	Data        json.RawMessage
	Valid       bool

	answer string // "" for valid, else what is wrong with the instance
}

// suiteFolder finds the test suite.
func suiteFolder() (string, error) {
	corpus := os.Getenv("SPEC_CORPUS")
	if corpus == "" {
		corpus = filepath.Join("..", "..", "..", "shared", "corpus")
	}
	folder, err := filepath.Abs(filepath.Join(corpus, "json-schema-test-suite"))
	if err != nil {
		return "", err
	}
	if _, err := os.Stat(folder); err != nil {
		return "", errNoSuite
	}
	return folder, nil
}

var errNoSuite = errors.New("there is no json-schema-test-suite: name the folder that has it with SPEC_CORPUS")

// remoteHost is where the suite's tests of references expect its files.
const remoteHost = "localhost:1234"

// serveRemotes serves these files until it is stopped.
func serveRemotes(folder string) (stop func() error, err error) {
	listener, err := net.Listen("tcp", remoteHost)
	if err != nil {
		return nil, err
	}
	server := &http.Server{Handler: http.FileServer(http.Dir(filepath.Join(folder, "remotes")))}
	go server.Serve(listener)
	return server.Close, nil
}

// read returns the groups of a dialect, in the order of files.
func (d *dialect) read(folder string, s settings) ([]*group, error) {
	pattern := filepath.Join(folder, "tests", d.folder, s.file+".json")
	if s.optional {
		pattern = filepath.Join(folder, "tests", d.folder, "optional", s.file+".json")
	}
	files, err := filepath.Glob(pattern)
	if err != nil {
		return nil, err
	}
	var all []*group
	for _, file := range files {
		groups, err := d.readFile(file)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		all = append(all, groups...)
	}
	for i, g := range all {
		g.name = fmt.Sprintf("case%d", i)
	}
	return all, nil
}

func (d *dialect) readFile(path string) ([]*group, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber() // schemas are written as they are read
	var groups []*group
	if err := decoder.Decode(&groups); err != nil {
		return nil, err
	}
	for _, g := range groups {
		g.dialect, g.file = d, strings.TrimSuffix(filepath.Base(path), ".json")
		g.leftOut = d.lacking(g.Schema, filepath.Dir(path))
	}
	return groups, nil
}

// lacking is lacks for a schema with all that is in it and that it refers to on
// remoteHost.
func (d *dialect) lacking(schema any, folder string) (what string) {
	eachSchema(schema, func(s map[string]any) {
		what = cmp.Or(what, d.lacks(s))
		ref, _ := s["$ref"].(string)
		if name, remote := strings.CutPrefix(ref, "http://"+remoteHost+"/"); remote && what == "" {
			name, _, _ = strings.Cut(name, "#")
			if there, err := readSchema(filepath.Join(folder, "..", "..", "remotes", name)); err == nil {
				what = d.lacking(there, folder)
			}
		}
	})
	return what
}

func readSchema(path string) (schema any, err error) {
	text, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(text, &schema)
	}
	return schema, err
}

// lacksIn30 names what OpenAPI 3.0's schema object leaves out of draft 4.
func lacksIn30(s map[string]any) string {
	for _, keyword := range []string{"additionalItems", "patternProperties", "dependencies", "definitions", "id"} {
		if _, there := s[keyword]; there {
			return keyword
		}
	}
	if _, tuple := s["items"].([]any); tuple {
		return "items as a list"
	}
	if _, several := s["type"].([]any); several {
		return "type as a list"
	}
	if s["type"] == "null" {
		return `type: "null"`
	}
	if ref, _ := s["$ref"].(string); strings.HasPrefix(ref, "http://json-schema.org/") {
		return "definitions" // which the schema of schemas uses
	}
	return ""
}

// The keywords whose arguments are schemas, lists of them, and objects of them.
var (
	oneSchema = []string{"additionalItems", "additionalProperties", "contains", "contentSchema", "else", "if", "items", "not",
		"propertyNames", "then", "unevaluatedItems", "unevaluatedProperties"}
	schemaLists = []string{"allOf", "anyOf", "items", "oneOf", "prefixItems"}
	schemasIn   = []string{"$defs", "definitions", "dependencies", "dependentSchemas", "patternProperties", "properties"}
)

// eachSchema visits a schema and all that is in it, but for booleans.
func eachSchema(x any, visit func(map[string]any)) {
	s, ok := x.(map[string]any)
	if !ok {
		return
	}
	visit(s)
	for _, keyword := range oneSchema {
		eachSchema(s[keyword], visit)
	}
	for _, keyword := range schemaLists {
		list, _ := s[keyword].([]any)
		for _, inner := range list {
			eachSchema(inner, visit)
		}
	}
	for _, keyword := range schemasIn {
		members, _ := s[keyword].(map[string]any)
		for _, name := range slices.Sorted(maps.Keys(members)) {
			eachSchema(members[name], visit)
		}
	}
}
