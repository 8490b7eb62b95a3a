package edits

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// find returns the value that a pointer leads to.
func find(n *yaml.Node, pointer string) (*yaml.Node, error) {
	for _, token := range tokens(pointer) {
		i := index(n, token)
		if i < 0 {
			return nil, fmt.Errorf("there is no %q", token)
		}
		n = n.Content[i]
	}
	return n, nil
}

// index is where in a node's content the value of a key or an item is, or -1.
func index(n *yaml.Node, token string) int {
	switch n.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == token {
				return i + 1
			}
		}
	case yaml.SequenceNode:
		if i, err := strconv.Atoi(token); err == nil && i >= 0 && i < len(n.Content) {
			return i
		}
	}
	return -1
}

// holder finds what holds the last part of a pointer.
func holder(root *yaml.Node, pointer string) (*yaml.Node, string, error) {
	path := tokens(pointer)
	if len(path) == 0 {
		return nil, "", errors.New("it is the whole document")
	}
	n, err := find(root, pointer[:strings.LastIndex(pointer, "/")])
	return n, path[len(path)-1], err
}

// add puts a value at a new key of a mapping, before another where one is
// named, or into a list, before the item of that number or at the end ("-").
func add(root *yaml.Node, pointer, before string, value *yaml.Node) error {
	n, token, err := holder(root, pointer)
	if err != nil {
		return err
	}
	at, found := len(n.Content), index(n, token)
	switch {
	case n.Kind == yaml.SequenceNode:
		if found >= 0 {
			at = found
		} else if token != "-" {
			return fmt.Errorf("there is no item %s", token)
		}
		n.Content = slices.Insert(n.Content, at, value)
		return nil
	case n.Kind != yaml.MappingNode || found >= 0:
		return fmt.Errorf("%q has no place there", token)
	}
	if before != "" {
		if at = index(n, before) - 1; at < 0 {
			return fmt.Errorf("there is no %q to go before", before)
		}
	}
	n.Content = slices.Insert(n.Content, at, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: token}, value)
	return nil
}

// remove takes a value away and returns it.
func remove(root *yaml.Node, pointer string) (*yaml.Node, error) {
	n, token, err := holder(root, pointer)
	if err != nil {
		return nil, err
	}
	at := index(n, token)
	if at < 0 {
		return nil, fmt.Errorf("there is no %q", token)
	}
	value, first := n.Content[at], at
	if n.Kind == yaml.MappingNode {
		first-- // the key
	}
	n.Content = slices.Delete(n.Content, first, at+1)
	return value, nil
}

// rename gives a key another name, and leads to it what referred to it.
func rename(root *yaml.Node, pointer, to string) error {
	n, token, err := holder(root, pointer)
	if err != nil {
		return err
	}
	at := index(n, token)
	if n.Kind != yaml.MappingNode || at < 0 {
		return fmt.Errorf("there is no %q", token)
	}
	n.Content[at-1].Value = to
	old := "#" + pointer
	refer(root, old, old[:strings.LastIndex(old, "/")+1]+escape(to))
	return nil
}

// refer changes references that lead to a place or into it.
func refer(n *yaml.Node, old, now string) {
	for i, child := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 1 && n.Content[i-1].Value == "$ref" {
			if rest, ok := strings.CutPrefix(child.Value, old); ok && (rest == "" || rest[0] == '/') {
				child.Value = now + rest
			}
			continue
		}
		refer(child, old, now)
	}
}

// tokens are the parts of a JSON pointer.
func tokens(pointer string) []string {
	if pointer == "" {
		return nil
	}
	path := strings.Split(strings.TrimPrefix(pointer, "/"), "/")
	for i, token := range path {
		path[i] = strings.ReplaceAll(strings.ReplaceAll(token, "~1", "/"), "~0", "~")
	}
	return path
}

func escape(token string) string {
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(token)
}
