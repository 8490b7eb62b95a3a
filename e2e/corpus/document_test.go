package corpus

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// folder returns where the documents are, and skips the test where they are not.
func folder(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("SPEC_CORPUS")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "corpus")
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("there are no documents: %v (SPEC_CORPUS names their folder)", err)
	}
	return dir
}

// documents returns the paths of all documents.
func documents(t *testing.T) []string {
	t.Helper()
	var out []string
	for _, pattern := range []string{"*.json", "*.yaml"} {
		paths, err := filepath.Glob(filepath.Join(folder(t), pattern))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, paths...)
	}
	if len(out) == 0 {
		t.Fatalf("%s has no documents", folder(t))
	}
	return out
}

// read reads a document as JSON values, with numbers as they are written. It
// knows nothing of the generator.
func read(t *testing.T, path string) map[string]any {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out any
	if filepath.Ext(path) == ".json" {
		out, err = decoded(text)
	} else {
		var node yaml.Node
		if err = yaml.Unmarshal(text, &node); err == nil {
			out, err = plain(&node)
		}
	}
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return out.(map[string]any)
}

// decoded reads JSON with numbers as they are written.
func decoded(text []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var out any
	err := d.Decode(&out)
	return out, err
}

// plain turns YAML into JSON values: what has no other type in JSON, as moments
// have none, is text.
func plain(n *yaml.Node) (any, error) {
	switch n.Kind {
	case yaml.DocumentNode:
		return plain(n.Content[0])
	case yaml.AliasNode:
		return plain(n.Alias)
	case yaml.SequenceNode:
		out := []any{}
		for _, kid := range n.Content {
			v, err := plain(kid)
			if err != nil {
				return nil, err
			}
			out = append(out, v)
		}
		return out, nil
	case yaml.MappingNode:
		out := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			v, err := plain(n.Content[i+1])
			if err != nil {
				return nil, err
			}
			out[n.Content[i].Value] = v
		}
		return out, nil
	}
	return scalar(n)
}

var jsonNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$`)

func scalar(n *yaml.Node) (any, error) {
	switch n.ShortTag() {
	case "!!null":
		return nil, nil
	case "!!bool":
		return strings.EqualFold(n.Value, "true"), nil
	case "!!int", "!!float":
		if jsonNumber.MatchString(n.Value) {
			return json.Number(n.Value), nil
		}
		var number any
		if err := n.Decode(&number); err != nil {
			return nil, err
		}
		return json.Number(fmt.Sprint(number)), nil
	}
	return n.Value, nil
}
