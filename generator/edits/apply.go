package edits

import (
	"bytes"
	"errors"
	"fmt"

	"go.yaml.in/yaml/v3"
)

// Apply returns the document, YAML or JSON, as it is after the edit, in YAML.
// A step that finds nothing at its place is an error.
func (e *Edit) Apply(document []byte) ([]byte, error) {
	var root yaml.Node
	if err := yaml.Unmarshal(document, &root); err != nil {
		return nil, fmt.Errorf("%s: %w", e.Name, err)
	}
	if len(root.Content) != 1 {
		return nil, fmt.Errorf("%s: the document is empty", e.Name)
	}
	for i, step := range e.Steps {
		if err := step.apply(root.Content[0]); err != nil {
			return nil, fmt.Errorf("%s: step %d: %s %s: %w", e.Name, i+1, step.Op, step.At, err)
		}
	}
	var out bytes.Buffer
	encoder := yaml.NewEncoder(&out)
	encoder.SetIndent(2)
	if err := encoder.Encode(&root); err != nil {
		return nil, fmt.Errorf("%s: %w", e.Name, err)
	}
	return out.Bytes(), nil
}

func (s Step) apply(root *yaml.Node) error {
	switch s.Op {
	case "add":
		return add(root, s.At, s.Before, clone(&s.Value))
	case "remove":
		_, err := remove(root, s.At)
		return err
	case "replace":
		n, err := find(root, s.At)
		if err == nil {
			*n = *clone(&s.Value)
		}
		return err
	case "move":
		n, err := remove(root, s.From)
		if err != nil {
			return err
		}
		return add(root, s.At, s.Before, n)
	case "rename":
		return rename(root, s.At, s.To)
	case "reorder":
		reorder(root)
		return nil
	}
	return errors.New("there is no such operation")
}

// clone copies a tree, so that one script can be applied several times.
func clone(n *yaml.Node) *yaml.Node {
	out := *n
	out.Content = make([]*yaml.Node, len(n.Content))
	for i, child := range n.Content {
		out.Content[i] = clone(child)
	}
	return &out
}
