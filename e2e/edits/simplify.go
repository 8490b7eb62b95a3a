package main

import (
	"fmt"

	"go.yaml.in/yaml/v3"
)

// simplify makes the twin of a document that oapi-codegen gets. It takes the
// document, but makes plain texts of enums that are lists of constants, and
// those are what edits are about. So they become lists of values, which it has
// constants for; what the values mean is lost. Everything else stays.
func simplify(spec []byte) ([]byte, error) {
	var root yaml.Node
	if err := yaml.Unmarshal(spec, &root); err != nil {
		return nil, fmt.Errorf("simplifying the document: %w", err)
	}
	listValues(&root)
	return yaml.Marshal(&root)
}

// listValues turns lists of constants into enums, at any depth.
func listValues(n *yaml.Node) {
	if n.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(n.Content); i += 2 {
			if values := constants(n.Content[i], n.Content[i+1]); values != nil {
				n.Content[i].Value, n.Content[i+1] = "enum", values
			}
		}
	}
	for _, child := range n.Content {
		listValues(child)
	}
}

// constants returns the values of a member oneOf that holds nothing else, or
// nil.
func constants(key, value *yaml.Node) *yaml.Node {
	if key.Value != "oneOf" || value.Kind != yaml.SequenceNode {
		return nil
	}
	out := &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq"}
	for _, item := range value.Content {
		constant := member(item, "const")
		if constant == nil {
			return nil
		}
		out.Content = append(out.Content, constant)
	}
	return out
}

// member returns the value of a key of a mapping, or nil.
func member(n *yaml.Node, key string) *yaml.Node {
	for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}
