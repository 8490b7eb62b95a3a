package generator_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/oaken-go/oaken/generator"
)

// What one edit of the accounts and sessions document changes in the package:
// the files, and the lines besides comments.
func TestOneEditChangesOnePlace(t *testing.T) {
	for name, test := range map[string]struct {
		before, after string
		files         []string
		lines         int
	}{
		"an optional field": {
			"        institution_name:\n",
			"        nickname:\n          type: string\n          description: What you call it.\n        institution_name:\n",
			[]string{"account.go", "account_table.go"}, 4,
		},
		"an optional field with a long name, undocumented": {
			"        institution_name:\n",
			"        a_name_longer_than_every_other_in_the_document: {type: [integer, 'null']}\n        institution_name:\n",
			[]string{"account.go", "account_table.go"}, 4,
		},
		"an enum value": {
			"            - const: inactive\n",
			"            - const: a_value_longer_than_every_other\n              description: New.\n            - const: inactive\n",
			[]string{"account.go", "account_table.go"}, 4,
		},
		"a description": {
			"description: What the institution is called.",
			"description: What the institution calls itself.",
			[]string{"account.go"}, 0,
		},
		"an optional parameter": {
			"        - $ref: '#/components/parameters/starting_after'\n",
			"        - $ref: '#/components/parameters/starting_after'\n        - {name: since, in: query, description: New., schema: {type: integer}}\n",
			[]string{"account.go", "account_table.go"}, 4,
		},
	} {
		t.Run(name, func(t *testing.T) {
			spec, err := os.ReadFile("../spec/financial_connections.yaml")
			require.NoError(t, err)
			require.Contains(t, string(spec), test.before)
			old := generate(t, "../gen.yaml", string(spec))
			now := generate(t, "../gen.yaml", strings.Replace(string(spec), test.before, test.after, 1))
			changed, lines := compare(old, now)
			require.Equal(t, test.files, changed)
			require.LessOrEqual(t, lines, test.lines)
		})
	}
}

// What one more value in one place of an enum changes that several share: its
// constant, its entry in the list, and for each place whose own list is now less
// than all its line, and the list.
func TestOneMoreValueOfASharedEnum(t *testing.T) {
	folder := filepath.Join(goldenRoot, "shared-enums")
	config := filepath.Join(folder, "gen.yaml")
	spec, err := os.ReadFile(filepath.Join(folder, "input.yaml"))
	require.NoError(t, err)
	for name, test := range map[string]struct {
		before, after string
		files         []string
		lines         int
	}{
		"in the object": {
			"            - {enum: [lost], deprecated: true}\n",
			"            - {enum: [lost], deprecated: true}\n            - {enum: [found]}\n",
			[]string{"pet.go", "pet_table.go"}, 6,
		},
		"in parameters": {
			"enum: [new, sold]}", "enum: [new, sold, found]}", []string{"pet.go", "pet_table.go"}, 11,
		},
		"which another place has": {
			"enum: [new, sold]}", "enum: [new, sold, lost]}", []string{"pet_table.go"}, 3,
		},
	} {
		t.Run(name, func(t *testing.T) {
			require.Contains(t, string(spec), test.before)
			now := generate(t, config, strings.Replace(string(spec), test.before, test.after, 1))
			changed, lines := compare(generate(t, config, string(spec)), now)
			require.Equal(t, test.files, changed)
			require.LessOrEqual(t, lines, test.lines)
		})
	}
}

// Structs that several operations share come apart in one file, and the names
// that they have do not change.
func TestStructsThatComeApart(t *testing.T) {
	const head = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n"
	form := func(extra string) string {
		return `{requestBody: {content: {application/x-www-form-urlencoded: {encoding: {home: {style: deepObject, explode: true}},
        schema: {type: object, properties: {home: {type: object, properties: {city: {type: string}` + extra + `}}}}}}}, responses: {"204": {description: Done.}}}`
	}
	document := func(extra string) string {
		return head + "  /pets:\n    post: " + form("") + "\n  /pets/{id}:\n    parameters: [{name: id, in: path, required: true, schema: {type: string}}]\n    post: " + form(extra) + "\n"
	}
	config := filepath.Join(t.TempDir(), "gen.yaml")
	require.NoError(t, os.WriteFile(config, []byte("package: pets\n"), 0o600))
	old, now := generate(t, config, document("")), generate(t, config, document(", street: {type: string}"))
	require.Contains(t, string(old["pet.go"]), "type PetUpdateHome = PetCreateHome\n")
	require.Contains(t, string(now["pet.go"]), "type PetUpdateHome struct {\n")
	changed, lines := compare(old, now)
	require.Equal(t, []string{"pet.go", "pet_table.go"}, changed)
	require.LessOrEqual(t, lines, 7)
}

// generate runs a config on another text of its document.
func generate(t *testing.T, file, spec string) map[string][]byte {
	t.Helper()
	config, err := generator.LoadConfig(file)
	require.NoError(t, err)
	config.Spec, config.Out = filepath.Join(t.TempDir(), "spec.yaml"), filepath.Join(t.TempDir(), "out")
	require.NoError(t, os.WriteFile(config.Spec, []byte(spec), 0o600))
	result, err := generator.Generate(t.Context(), generator.Options{Config: *config})
	require.NoError(t, err)
	return result.Files
}

// compare returns the files that differ, and how many lines were removed or
// added in all, without comments and blank lines.
func compare(old, now map[string][]byte) (changed []string, lines int) {
	for _, name := range slices.Sorted(maps.Keys(merged(old, now))) {
		if string(old[name]) == string(now[name]) {
			continue
		}
		changed = append(changed, name)
		before, after := count(old[name]), count(now[name])
		for line := range merged(before, after) {
			lines += max(before[line]-after[line], after[line]-before[line])
		}
	}
	return changed, lines
}

func merged[V any](a, b map[string]V) map[string]V {
	out := maps.Clone(a)
	maps.Copy(out, b)
	return out
}

// count counts each line of code by its text as it stands.
func count(src []byte) map[string]int {
	out := map[string]int{}
	for line := range strings.Lines(string(src)) {
		if text := strings.TrimSpace(line); text != "" && !strings.HasPrefix(text, "//") {
			out[line]++
		}
	}
	return out
}
