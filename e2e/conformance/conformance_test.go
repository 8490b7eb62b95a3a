package main

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestSuite holds what docs/conformance.md says: no answer is wrong without a
// word, all of draft 4 that OpenAPI 3.0 has is right, and nine tenths of 2020-12.
func TestSuite(t *testing.T) {
	if testing.Short() {
		t.Skip("it compiles a package for each 64 groups, and more: minutes")
	}
	results, err := measureAll(t.Context(), settings{file: "*"})
	if errors.Is(err, errNoSuite) {
		t.Skip(err)
	}
	require.NoError(t, err)
	for _, r := range results {
		t.Logf("%s: %+v", r.dialect.folder, r.total)
		require.NotZero(t, r.total.tests, r.dialect.folder)
		require.Zero(t, r.total.wrong, "%s", r.details())
	}
	require.Equal(t, results[0].total.tests, results[0].total.right, "%s", results[0].details())
	require.GreaterOrEqual(t, results[1].total.share(), 0.9, "%s", results[1].details())
}

// The counting of answers must not hide any.
func TestOutcomes(t *testing.T) {
	valid, invalid := &test{Valid: true}, &test{answer: "no", Valid: true}
	tests := []struct {
		group *group
		test  *test
		want  string
	}{
		{&group{}, valid, "right"},
		{&group{}, invalid, "wrong"},
		{&group{noted: "n"}, invalid, "reported"},
		{&group{noted: "n"}, valid, "right"},
		{&group{refused: "r"}, valid, "reported"},
	}
	for _, test := range tests {
		require.Equal(t, test.want, test.group.outcome(test.test))
	}
}

func TestWhatOpenAPI30Lacks(t *testing.T) {
	for schema, want := range map[string]string{
		`{"properties": {"id": {"type": "string"}}}`:            "",
		`{"properties": {"a": {"id": "x"}}}`:                    "id",
		`{"enum": [{"id": 1}]}`:                                 "",
		`{"items": [{}]}`:                                       "items as a list",
		`{"allOf": [{"type": ["string"]}]}`:                     "type as a list",
		`{"not": {"type": "null"}}`:                             `type: "null"`,
		`{"$ref": "http://json-schema.org/draft-04/schema#"}`:   "definitions",
		`{"additionalProperties": {"dependencies": {"a": {}}}}`: "dependencies",
	} {
		require.Equal(t, want, dialects[0].lacking(decodedText(t, schema), "."), schema)
	}
}

func decodedText(t *testing.T, text string) (x any) {
	t.Helper()
	require.NoError(t, json.Unmarshal([]byte(text), &x))
	return x
}
