package diff_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/oaken-go/oaken/generator"
	"github.com/oaken-go/oaken/generator/diff"
)

// What a remedy says goes into the config as it stands, and keeps the name.
func TestRemediesKeepNames(t *testing.T) {
	_, cases := readChanges(t)
	tried := map[string]bool{}
	for _, c := range cases {
		was, is := c.documents(t)
		old := lowered(t, was)
		for _, change := range diff.Compare(old, lowered(t, is)) {
			_, override, ok := strings.Cut(change.Remedy, ":\n")
			if !ok {
				continue
			}
			t.Run(c.Name+", "+change.Symbol, func(t *testing.T) {
				config := generator.Config{Package: "shop"}
				require.NoError(t, yaml.Unmarshal([]byte(override), &config))
				for _, other := range diff.Compare(old, loweredWith(t, is, config)) {
					require.False(t, other.Code == change.Code && other.New.Pointer == change.New.Pointer, "%s: %+v", change.Remedy, other)
				}
				tried[change.Code] = true
			})
		}
	}
	require.Subset(t, keys(tried), []string{diff.CodeTypeRenamed, diff.CodeOperationRenamed, "field-renamed"})
}

func keys(set map[string]bool) []string {
	var out []string
	for key := range set {
		out = append(out, key)
	}
	return out
}
