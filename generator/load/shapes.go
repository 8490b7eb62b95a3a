package load

// shape is what the parts of OpenAPI look like: which members a kind of object
// has, and what they hold. It says no more than what kin-openapi needs to be
// able to read the object; whether that makes sense is for later.
type shape struct {
	members map[string]string
	rest    string // what members with other names hold, but for x-...; "" is anything
	ref     bool   // may be a $ref
	copied  bool   // what it refers to is put in its place
	needs   []string
	// section is the member of components that holds such objects.
	section string

	bit uint32 // stands for the shape in a set of them
}

// holds returns what a member holds, or "".
func (s *shape) holds(key string) string {
	if want, ok := s.members[key]; ok {
		return want
	}
	if extension(key) {
		return ""
	}
	return s.rest
}

// What a member holds is written as
//
//	text, bool, number, count   a scalar; a count is an integer from 0 on
//	any                         anything
//	types, bound                text or a list of it; a number or a bool
//	schema                      an object of that shape
//	[text], {schema}            a list; an object with any names
var shapes = map[string]*shape{
	"document": {members: map[string]string{
		"openapi": "any", "info": "info", "jsonSchemaDialect": "text", "servers": "[server]",
		"paths": "paths", "webhooks": "{pathItem}", "components": "components",
		"security": "[requirement]", "tags": "[tag]", "externalDocs": "externalDocs",
	}},
	"info": {members: map[string]string{
		"title": "text", "summary": "text", "description": "text", "termsOfService": "text",
		"contact": "contact", "license": "license", "version": "text",
	}},
	"contact": {members: map[string]string{"name": "text", "url": "text", "email": "text"}},
	"license": {members: map[string]string{"name": "text", "url": "text", "identifier": "text"}},
	"server": {members: map[string]string{
		"url": "text", "description": "text", "variables": "{serverVariable}",
	}, needs: []string{"url"}},
	"serverVariable": {members: map[string]string{"enum": "[text]", "default": "text", "description": "text"}},
	"externalDocs":   {members: map[string]string{"description": "text", "url": "text"}},
	"tag":            {members: map[string]string{"name": "text", "description": "text", "externalDocs": "externalDocs"}},
	"requirement":    {rest: "[text]"},
	"components": {members: map[string]string{
		"schemas": "{schema}", "responses": "{response}", "parameters": "{parameter}",
		"examples": "{example}", "requestBodies": "{requestBody}", "headers": "{header}",
		"securitySchemes": "{securityScheme}", "links": "{link}", "callbacks": "{callback}",
		"pathItems": "{pathItem}",
	}},
	"paths": {rest: "pathItem"},
	"pathItem": {ref: true, copied: true, section: "pathItems", members: map[string]string{
		"summary": "text", "description": "text", "servers": "[server]", "parameters": "[parameter]",
		"get": "operation", "put": "operation", "post": "operation", "delete": "operation",
		"options": "operation", "head": "operation", "patch": "operation", "trace": "operation",
	}},
	"operation": {members: map[string]string{
		"tags": "[text]", "summary": "text", "description": "text", "externalDocs": "externalDocs",
		"operationId": "text", "parameters": "[parameter]", "requestBody": "requestBody",
		"responses": "responses", "callbacks": "{callback}", "deprecated": "bool",
		"security": "[requirement]", "servers": "[server]",
	}},
	"parameter": {ref: true, section: "parameters", needs: []string{"name", "in"}, members: map[string]string{
		"name": "text", "in": "text", "description": "text", "required": "bool", "deprecated": "bool",
		"allowEmptyValue": "bool", "style": "text", "explode": "bool", "allowReserved": "bool",
		"schema": "schema", "example": "any", "examples": "{example}", "content": "{mediaType}",
	}},
	"header": {ref: true, section: "headers", members: map[string]string{
		"description": "text", "required": "bool", "deprecated": "bool", "allowEmptyValue": "bool",
		"style": "text", "explode": "bool", "allowReserved": "bool", "schema": "schema",
		"example": "any", "examples": "{example}", "content": "{mediaType}",
	}},
	"requestBody": {ref: true, section: "requestBodies", members: map[string]string{
		"description": "text", "content": "{mediaType}", "required": "bool",
	}},
	"mediaType": {members: map[string]string{
		"schema": "schema", "example": "any", "examples": "{example}", "encoding": "{encoding}",
	}},
	"encoding": {members: map[string]string{
		"contentType": "text", "headers": "{header}", "style": "text", "explode": "bool", "allowReserved": "bool",
	}},
	"responses": {rest: "response"},
	"response": {ref: true, section: "responses", members: map[string]string{
		"description": "text", "headers": "{header}", "content": "{mediaType}", "links": "{link}",
	}},
	"callback": {ref: true, section: "callbacks", rest: "pathItem"},
	"example": {ref: true, section: "examples", members: map[string]string{
		"summary": "text", "description": "text", "value": "any", "externalValue": "text",
	}},
	"link": {ref: true, section: "links", members: map[string]string{
		"operationRef": "text", "operationId": "text", "parameters": "{any}", "requestBody": "any",
		"description": "text", "server": "server",
	}},
	"securityScheme": {ref: true, section: "securitySchemes", needs: []string{"type"}, members: map[string]string{
		"type": "text", "description": "text", "name": "text", "in": "text", "scheme": "text",
		"bearerFormat": "text", "flows": "flows", "openIdConnectUrl": "text",
	}},
	"flows": {members: map[string]string{
		"implicit": "flow", "password": "flow", "clientCredentials": "flow", "authorizationCode": "flow",
	}},
	"flow": {members: map[string]string{
		"authorizationUrl": "text", "tokenUrl": "text", "refreshUrl": "text", "scopes": "{text}",
	}},
	"discriminator": {needs: []string{"propertyName"}, members: map[string]string{
		"propertyName": "text", "mapping": "{text}",
	}},
	"xml": {members: map[string]string{
		"name": "text", "namespace": "text", "prefix": "text", "attribute": "bool", "wrapped": "bool",
	}},
	"schema": {ref: true, section: "schemas", members: map[string]string{
		"title": "text", "description": "text", "format": "text", "pattern": "text", "type": "types",
		"enum": "[any]", "const": "any", "default": "any", "example": "any", "examples": "[any]",
		"nullable": "bool", "readOnly": "bool", "writeOnly": "bool", "deprecated": "bool",
		"allowEmptyValue": "bool", "uniqueItems": "bool", "externalDocs": "externalDocs", "xml": "xml",
		"minimum": "number", "maximum": "number", "multipleOf": "number",
		"exclusiveMinimum": "bound", "exclusiveMaximum": "bound",
		"minLength": "count", "maxLength": "count", "minItems": "count", "maxItems": "count",
		"minProperties": "count", "maxProperties": "count", "minContains": "count", "maxContains": "count",
		"required": "[text]", "dependentRequired": "{[text]}",
		"properties": "{schema}", "patternProperties": "{schema}", "dependentSchemas": "{schema}", "$defs": "{schema}",
		"items": "schema", "additionalProperties": "schema", "propertyNames": "schema", "contains": "schema",
		"unevaluatedItems": "schema", "unevaluatedProperties": "schema", "contentSchema": "schema",
		"not": "schema", "if": "schema", "then": "schema", "else": "schema",
		"allOf": "[schema]", "anyOf": "[schema]", "oneOf": "[schema]", "prefixItems": "[schema]",
		"discriminator": "discriminator", "contentMediaType": "text", "contentEncoding": "text",
		"$schema": "text", "$id": "text", "$anchor": "text", "$dynamicRef": "text", "$dynamicAnchor": "text",
		"$comment": "text",
	}},
}

// loosely are what OpenAPI has no references to, though many tools follow them.
var loosely = []string{
	"info", "contact", "license", "server", "serverVariable", "externalDocs", "tag", "paths", "operation", "mediaType", "encoding",
	"responses", "flows", "flow",
}

// sections is the shape that each member of components holds.
var sections = func() map[string]string {
	out := map[string]string{}
	bit := uint32(1)
	for _, name := range loosely {
		shapes[name].ref, shapes[name].copied = true, true
	}
	for name, s := range shapes {
		s.bit = bit
		bit <<= 1
		if s.section != "" {
			out[s.section] = name
		}
	}
	return out
}()
