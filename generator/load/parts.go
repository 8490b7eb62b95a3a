package load

import (
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// The parts of each kind of object: the members that schemas can be in, and
// those of schemas that are plain text. All else is small.

func (d *decoder) documentPart(to *openapi3.T, name string) (p part) {
	switch name {
	case "paths":
		p = part{object, func(n *node) {
			to.Paths = keyed[openapi3.Paths](d, n, func(kids []*node) []*openapi3.PathItem { return spread(d, kids, d.pathItem) })
		}}
	case "components":
		p = one(&to.Components, d.components)
	case "webhooks":
		p = named(&to.Webhooks, d.pathItem)
	}
	return p
}

func (d *decoder) components(n *node) *openapi3.Components {
	return split(d, n, "components", d.componentsPart)
}

func (d *decoder) componentsPart(to *openapi3.Components, name string) (p part) {
	switch name {
	case "schemas":
		p = section(d, &to.Schemas, d.schema)
	case "parameters":
		p = section(d, &to.Parameters, d.parameter)
	case "headers":
		p = section(d, &to.Headers, d.header)
	case "requestBodies":
		p = section(d, &to.RequestBodies, d.requestBody)
	case "responses":
		p = section(d, &to.Responses, d.response)
	case "callbacks":
		p = section(d, &to.Callbacks, d.callback)
	}
	return p
}

func (d *decoder) pathItem(n *node) *openapi3.PathItem {
	return split(d, n, "pathItem", d.pathItemPart)
}

func (d *decoder) pathItemPart(to *openapi3.PathItem, name string) (p part) {
	switch name {
	case "get":
		p = one(&to.Get, d.operation)
	case "put":
		p = one(&to.Put, d.operation)
	case "post":
		p = one(&to.Post, d.operation)
	case "delete":
		p = one(&to.Delete, d.operation)
	case "options":
		p = one(&to.Options, d.operation)
	case "head":
		p = one(&to.Head, d.operation)
	case "patch":
		p = one(&to.Patch, d.operation)
	case "trace":
		p = one(&to.Trace, d.operation)
	case "parameters":
		p = many(&to.Parameters, d.parameter)
	}
	return p
}

func (d *decoder) operation(n *node) *openapi3.Operation {
	return split(d, n, "operation", d.operationPart)
}

func (d *decoder) operationPart(to *openapi3.Operation, name string) (p part) {
	switch name {
	case "parameters":
		p = many(&to.Parameters, d.parameter)
	case "requestBody":
		p = one(&to.RequestBody, d.requestBody)
	case "responses":
		p = one(&to.Responses, d.responses)
	case "callbacks":
		p = named(&to.Callbacks, d.callback)
	}
	return p
}

func (d *decoder) responses(n *node) *openapi3.Responses {
	return keyed[openapi3.Responses](d, n, func(kids []*node) []*openapi3.ResponseRef { return each(kids, d.response) })
}

func (d *decoder) callback(n *node) *openapi3.CallbackRef {
	if refers(n) {
		return whole[openapi3.CallbackRef](d, n)
	}
	return &openapi3.CallbackRef{Value: keyed[openapi3.Callback](d, n, func(kids []*node) []*openapi3.PathItem { return each(kids, d.pathItem) })}
}

func (d *decoder) parameter(n *node) *openapi3.ParameterRef {
	if refers(n) {
		return whole[openapi3.ParameterRef](d, n)
	}
	return &openapi3.ParameterRef{Value: split(d, n, "parameter", d.parameterPart)}
}

func (d *decoder) header(n *node) *openapi3.HeaderRef {
	if refers(n) {
		return whole[openapi3.HeaderRef](d, n)
	}
	return &openapi3.HeaderRef{Value: &openapi3.Header{Parameter: *split(d, n, "parameter", d.parameterPart)}}
}

func (d *decoder) parameterPart(to *openapi3.Parameter, name string) (p part) {
	switch name {
	case "schema":
		p = one(&to.Schema, d.schema)
	case "content":
		p = named(&to.Content, d.mediaType)
	}
	return p
}

func (d *decoder) requestBody(n *node) *openapi3.RequestBodyRef {
	if refers(n) {
		return whole[openapi3.RequestBodyRef](d, n)
	}
	return &openapi3.RequestBodyRef{Value: split(d, n, "requestBody", d.requestBodyPart)}
}

func (d *decoder) requestBodyPart(to *openapi3.RequestBody, name string) (p part) {
	if name == "content" {
		p = named(&to.Content, d.mediaType)
	}
	return p
}

func (d *decoder) mediaType(n *node) *openapi3.MediaType {
	return split(d, n, "mediaType", d.mediaTypePart)
}

func (d *decoder) mediaTypePart(to *openapi3.MediaType, name string) (p part) {
	if name == "schema" {
		p = one(&to.Schema, d.schema)
	}
	return p
}

func (d *decoder) response(n *node) *openapi3.ResponseRef {
	if refers(n) {
		return whole[openapi3.ResponseRef](d, n)
	}
	return &openapi3.ResponseRef{Value: split(d, n, "response", d.responsePart)}
}

func (d *decoder) responsePart(to *openapi3.Response, name string) (p part) {
	switch name {
	case "headers":
		p = named(&to.Headers, d.header)
	case "content":
		p = named(&to.Content, d.mediaType)
	}
	return p
}

func (d *decoder) schema(n *node) *openapi3.SchemaRef {
	if n.kind != object || refers(n) {
		return whole[openapi3.SchemaRef](d, n)
	}
	return &openapi3.SchemaRef{Value: split(d, n, "schema", d.schemaPart)}
}

func (d *decoder) schemaPart(to *openapi3.Schema, name string) part {
	switch name {
	case "type":
		return part{text, func(n *node) { to.Type = &openapi3.Types{n.text} }}
	case "title":
		return words(&to.Title)
	case "format":
		return words(&to.Format)
	case "description":
		return words(&to.Description)
	case "properties":
		return named(&to.Properties, d.schema)
	case "patternProperties":
		return named(&to.PatternProperties, d.schema)
	case "dependentSchemas":
		return named(&to.DependentSchemas, d.schema)
	case "$defs":
		return named(&to.Defs, d.schema)
	case "allOf":
		return many(&to.AllOf, d.schema)
	case "anyOf":
		return many(&to.AnyOf, d.schema)
	case "oneOf":
		return many(&to.OneOf, d.schema)
	case "prefixItems":
		return many(&to.PrefixItems, d.schema)
	}
	return d.innerPart(to, name)
}

// innerPart is one of a schema's parts that are one schema.
func (d *decoder) innerPart(to *openapi3.Schema, name string) (p part) {
	switch name {
	case "items":
		p = one(&to.Items, d.schema)
	case "additionalProperties":
		p = one(&to.AdditionalProperties.Schema, d.schema)
	case "propertyNames":
		p = one(&to.PropertyNames, d.schema)
	case "contains":
		p = one(&to.Contains, d.schema)
	case "unevaluatedItems":
		p = one(&to.UnevaluatedItems.Schema, d.schema)
	case "unevaluatedProperties":
		p = one(&to.UnevaluatedProperties.Schema, d.schema)
	case "contentSchema":
		p = one(&to.ContentSchema, d.schema)
	case "not":
		p = one(&to.Not, d.schema)
	case "if":
		p = one(&to.If, d.schema)
	case "then":
		p = one(&to.Then, d.schema)
	case "else":
		p = one(&to.Else, d.schema)
	}
	return p
}

// refers tells whether the library takes an object for a reference, or may.
func refers(n *node) bool {
	return slices.ContainsFunc(n.kids, func(kid *node) bool { return strings.EqualFold(kid.key, "$ref") })
}

// words is a part that is text.
func words(to *string) part { return part{text, func(n *node) { *to = n.text }} }

// one is a part that is one object.
func one[T any](to **T, decode func(*node) *T) part {
	return part{object, func(n *node) { *to = decode(n) }}
}

// many is a part that is a list of objects.
func many[S ~[]*T, T any](to *S, decode func(*node) *T) part {
	return part{list, func(n *node) { *to = each(n.kids, decode) }}
}

// named is a part that is objects by name.
func named[M ~map[string]*T, T any](to *M, decode func(*node) *T) part {
	return part{object, func(n *node) { *to = byName[M](n, each(n.kids, decode)) }}
}

// section is named with several at a time.
func section[M ~map[string]*T, T any](d *decoder, to *M, decode func(*node) *T) part {
	return part{object, func(n *node) { *to = byName[M](n, spread(d, n.kids, decode)) }}
}

func byName[M ~map[string]*T, T any](n *node, values []*T) M {
	m := make(M, len(values))
	for i, kid := range n.kids {
		m[kid.key] = values[i]
	}
	return m
}
