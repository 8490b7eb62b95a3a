package diff_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/oaken-go/oaken/generator"
	"github.com/oaken-go/oaken/generator/ir"
)

// shop is a document that has a bit of everything; tests edit it.
func shop(t testing.TB) string {
	text, err := os.ReadFile(filepath.Join("testdata", "shop.yaml"))
	require.NoError(t, err)
	return string(text)
}

// edited puts one text in place of another, which is there once.
func edited(t testing.TB, text, from, to string) string {
	require.Equal(t, 1, strings.Count(text, from), "%q is not there once", from)
	return strings.Replace(text, from, to, 1)
}

// lowered is the representation of a document.
func lowered(t testing.TB, text string) *ir.API {
	return loweredWith(t, text, generator.Config{Package: "shop"})
}

func loweredWith(t testing.TB, text string, config generator.Config) *ir.API {
	config.Spec = filepath.Join(t.TempDir(), "shop.yaml")
	require.NoError(t, os.WriteFile(config.Spec, []byte(text), 0o600))
	r, err := generator.Generate(t.Context(), generator.Options{Config: config, Through: "lower"})
	require.NoError(t, err)
	return r.API
}
