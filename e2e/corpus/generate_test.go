package corpus

import (
	"errors"
	"go/format"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/oaken-go/oaken/generator"
)

// TestDocumentsGenerate makes the package of every document, with no setting
// but its name, and has it built and vetted. gofmt leaves it as it is. A document with dangling
// references is refused at their places, and nothing is written.
func TestDocumentsGenerate(t *testing.T) {
	for _, path := range documents(t) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			out := filepath.Join(t.TempDir(), "api")
			r, err := generator.Generate(t.Context(), generator.Options{Config: generator.Config{Spec: path, Out: out, Package: "api"}})
			var found generator.Diagnostics
			if strings.HasPrefix(filepath.Base(path), "square.") {
				require.ErrorAs(t, err, &found)
				for _, d := range found {
					require.Equal(t, "unresolved-ref", d.Code)
					require.True(t, strings.HasSuffix(d.Pointer, "/$ref") && d.Pos.Line > 0, d.String())
				}
				require.NoDirExists(t, out)
				return
			}
			if errors.As(err, &found) {
				t.Fatalf("%d problems, the first of which are\n%v", len(found), found[:min(len(found), 20)])
			}
			require.NoError(t, err)
			_, err = r.Write()
			require.NoError(t, err)
			require.NoError(t, os.WriteFile(filepath.Join(out, "go.mod"), []byte("module api\n\ngo 1.26\n"), 0o600))
			for _, command := range []string{"build", "vet"} {
				run := exec.CommandContext(t.Context(), "go", command, ".")
				run.Dir, run.Env = out, append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod")
				text, err := run.CombinedOutput()
				require.NoError(t, err, "%s", text)
			}
			for name, text := range r.Files {
				formatted, err := format.Source(text)
				require.NoError(t, err)
				require.Equal(t, string(formatted), string(text), name)
			}
			t.Logf("%d files, %d notes", len(r.Files), len(r.Notes))
		})
	}
}
