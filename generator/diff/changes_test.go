package diff_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/oaken-go/oaken/generator/diff"
)

var update = flag.Bool("update", false, "rewrite the expectations in testdata/changes.yaml")

// change is a case of testdata/changes.yaml: what an edit of the shop means, and
// what it means to take it back.
type change struct {
	Name    string   `yaml:"name"`
	First   []edit   `yaml:"first,omitempty"` // made on both sides
	Edits   []edit   `yaml:"edits"`
	Forward []string `yaml:"forward"`
	Back    []string `yaml:"back"`
}

// edit puts a text in place of another.
type edit struct {
	From       string `yaml:"from"`
	To         string `yaml:"to"`
	Everywhere bool   `yaml:"everywhere,omitempty"`
}

func (e edit) apply(t *testing.T, text string) string {
	if e.Everywhere {
		require.Contains(t, text, e.From)
		return strings.ReplaceAll(text, e.From, e.To)
	}
	return edited(t, text, e.From, e.To)
}

func readChanges(t *testing.T) (string, []*change) {
	path := filepath.Join("testdata", "changes.yaml")
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	var cases []*change
	require.NoError(t, yaml.Unmarshal(text, &cases))
	return path, cases
}

// documents are both sides of a case.
func (c *change) documents(t *testing.T) (old, new string) {
	old = shop(t)
	for _, e := range c.First {
		old = e.apply(t, old)
	}
	new = old
	for _, e := range c.Edits {
		new = e.apply(t, new)
	}
	return old, new
}

func TestChanges(t *testing.T) {
	path, cases := readChanges(t)
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			was, is := c.documents(t)
			old, new := lowered(t, was), lowered(t, is)
			forward, back := entries(diff.Compare(old, new)), entries(diff.Compare(new, old))
			if *update {
				c.Forward, c.Back = forward, back
			}
			require.Equal(t, c.Forward, forward)
			require.Equal(t, c.Back, back)
		})
	}
	if *update {
		require.NoError(t, os.WriteFile(path, written(cases), 0o666))
	}
}

// written is the text of cases. It quotes all texts, so that spaces stay.
func written(cases []*change) []byte {
	var b bytes.Buffer
	for _, c := range cases {
		fmt.Fprintf(&b, "- name: %s\n", c.Name)
		for _, list := range []struct {
			name  string
			edits []edit
		}{{"first", c.First}, {"edits", c.Edits}} {
			if len(list.edits) > 0 {
				fmt.Fprintf(&b, "  %s:\n", list.name)
			}
			for _, e := range list.edits {
				fmt.Fprintf(&b, "    - {from: %q, to: %q%s}\n", e.From, e.To, map[bool]string{true: ", everywhere: true"}[e.Everywhere])
			}
		}
		for _, list := range []struct {
			name    string
			entries []string
		}{{"forward", c.Forward}, {"back", c.Back}} {
			fmt.Fprintf(&b, "  %s:\n", list.name)
			for _, entry := range list.entries {
				fmt.Fprintf(&b, "    - %q\n", entry)
			}
		}
	}
	return b.Bytes()
}

// entries writes changes as the cases do: severity, code, resource, symbol,
// places, and what changed.
func entries(changes []diff.Change) []string {
	var out []string
	for _, c := range changes {
		resource := c.Resource
		if resource == "" {
			resource = "-"
		}
		text := fmt.Sprintf("%s %s %s %s at %s", c.Severity, c.Code, resource, c.Symbol, places(c))
		for _, part := range []struct{ name, text string }{{"caller", c.Caller}, {"wire", c.Wire}, {"why", c.Why}, {"remedy", c.Remedy}} {
			if part.text != "" {
				text += "; " + part.name + ": " + part.text
			}
		}
		out = append(out, text)
	}
	return out
}

func places(c diff.Change) string {
	switch {
	case c.Old == nil:
		return "new " + c.New.Pointer
	case c.New == nil:
		return "old " + c.Old.Pointer
	case c.Old.Pointer == c.New.Pointer:
		return c.New.Pointer
	}
	return c.Old.Pointer + " and " + c.New.Pointer
}
