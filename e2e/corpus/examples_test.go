package corpus

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// example is a value that a document shows for a schema.
type example struct {
	pointer string // of the value
	target  string // pointer of the schema
	value   any
}

// collector finds the examples of a document.
type collector struct {
	doc   map[string]any
	found []example
}

// examplesOf returns all examples of schemas and of the media types of bodies
// that are JSON, in the order of their pointers.
func examplesOf(doc map[string]any) []example {
	c := &collector{doc: doc}
	components := object(doc["components"])
	c.each(components["schemas"], "/components/schemas", c.schema)
	c.each(components["parameters"], "/components/parameters", c.parameter)
	c.each(components["headers"], "/components/headers", c.parameter)
	c.each(components["requestBodies"], "/components/requestBodies", c.body)
	c.each(components["responses"], "/components/responses", c.body)
	c.each(doc["paths"], "/paths", c.path)
	return c.found
}

func object(v any) map[string]any {
	m, _ := v.(map[string]any)
	return m
}

// each visits the members of an object, or the elements of a list.
func (c *collector) each(v any, pointer string, visit func(any, string)) {
	switch v := v.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			visit(v[key], pointer+"/"+strings.ReplaceAll(strings.ReplaceAll(key, "~", "~0"), "/", "~1"))
		}
	case []any:
		for i, item := range v {
			visit(item, pointer+"/"+strconv.Itoa(i))
		}
	}
}

func (c *collector) path(v any, pointer string) {
	for _, key := range slices.Sorted(maps.Keys(object(v))) {
		if key == "parameters" {
			c.each(object(v)[key], pointer+"/parameters", c.parameter)
		} else if op := object(object(v)[key]); op["responses"] != nil {
			c.operation(op, pointer+"/"+key)
		}
	}
}

func (c *collector) operation(op map[string]any, pointer string) {
	c.each(op["parameters"], pointer+"/parameters", c.parameter)
	c.body(op["requestBody"], pointer+"/requestBody")
	c.each(op["responses"], pointer+"/responses", c.body)
	c.each(op["callbacks"], pointer+"/callbacks", func(v any, at string) { c.each(v, at, c.path) })
}

// parameter looks into the schema of a parameter or header. Its own example is
// that of a text in a URL.
func (c *collector) parameter(v any, pointer string) {
	if schema := object(v)["schema"]; schema != nil {
		c.schema(schema, pointer+"/schema")
	}
}

// body looks into a request body or a response.
func (c *collector) body(v any, pointer string) {
	c.each(object(v)["headers"], pointer+"/headers", c.parameter)
	c.each(object(v)["content"], pointer+"/content", c.media)
}

func (c *collector) media(v any, pointer string) {
	m := object(v)
	if m["schema"] == nil {
		return
	}
	c.schema(m["schema"], pointer+"/schema")
	name := pointer[strings.LastIndexByte(pointer, '/')+1:]
	if name, _, _ = strings.Cut(name, ";"); !strings.HasSuffix(name, "json") {
		return
	}
	if value, there := m["example"]; there {
		c.add(pointer+"/example", pointer+"/schema", value)
	}
	c.each(m["examples"], pointer+"/examples", func(v any, at string) {
		if ref, ok := object(v)["$ref"].(string); ok {
			v = c.lookup(ref)
		}
		if value, there := object(v)["value"]; there {
			c.add(at+"/value", pointer+"/schema", value)
		}
	})
}

// lookup follows a reference within the document.
func (c *collector) lookup(ref string) any {
	var at any = c.doc
	for _, token := range strings.Split(strings.TrimPrefix(ref, "#/"), "/") {
		token = strings.ReplaceAll(strings.ReplaceAll(token, "~1", "/"), "~0", "~")
		switch v := at.(type) {
		case map[string]any:
			at = v[token]
		case []any:
			i, err := strconv.Atoi(token)
			if err != nil || i < 0 || i >= len(v) {
				return nil
			}
			at = v[i]
		}
	}
	return at
}

// schema collects the examples of a schema and of those in it.
func (c *collector) schema(v any, pointer string) {
	s := object(v)
	if s == nil { // a boolean, or none
		return
	}
	if value, there := s["example"]; there {
		c.add(pointer+"/example", pointer, value)
	}
	if list, ok := s["examples"].([]any); ok {
		for i, value := range list {
			c.add(pointer+"/examples/"+strconv.Itoa(i), pointer, value)
		}
	}
	for _, keyword := range []string{"properties", "patternProperties", "$defs", "dependentSchemas", "allOf", "anyOf", "oneOf", "prefixItems"} {
		c.each(s[keyword], pointer+"/"+keyword, c.schema)
	}
	for _, keyword := range []string{"items", "additionalProperties", "not", "contains"} {
		c.schema(s[keyword], pointer+"/"+keyword)
	}
}

func (c *collector) add(pointer, target string, value any) {
	c.found = append(c.found, example{pointer, target, value})
}
