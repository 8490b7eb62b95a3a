package generator_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/oaken-go/oaken/generator"
)

func configFile(t *testing.T, content string) string {
	t.Helper()
	t.Chdir(t.TempDir())
	path := filepath.Join("sub", "gen.yaml")
	if err := errors.Join(os.Mkdir("sub", 0o777), os.WriteFile(path, []byte(content), 0o666)); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestConfigPathsCountFromItsFolder(t *testing.T) {
	c, err := generator.LoadConfig(configFile(t, "spec: ../api.yaml\nout: client\nclient: {version_header: X-Version}\n"))
	if err != nil {
		t.Fatal(err)
	}
	if c.Spec != "api.yaml" || c.Out != filepath.Join("sub", "client") || c.Client.VersionHeader != "X-Version" {
		t.Errorf("config %+v", c)
	}
	c.Override(generator.Config{Spec: "other.yaml"})
	if c.Spec != "other.yaml" || c.Out != filepath.Join("sub", "client") {
		t.Errorf("overridden config %+v", c)
	}
}

func TestConfigDefaults(t *testing.T) {
	t.Chdir(t.TempDir())
	if c, err := generator.LoadConfig(""); err != nil || c.Spec != "" {
		t.Errorf("%v, %v", c, err)
	}
	if _, err := generator.LoadConfig("none.yaml"); err == nil || !strings.Contains(err.Error(), "none.yaml: can't be read") {
		t.Errorf("error %v", err)
	}
	if c, err := generator.LoadConfig(configFile(t, "# nothing yet\n")); err != nil || c.Spec != "" {
		t.Errorf("%v, %v", c, err)
	}
}

func TestConfigProblems(t *testing.T) {
	for content, want := range map[string]string{
		"spek: x\nout: y\nclient:\n  retries: 3\n": `sub/gen.yaml:1:1: there is no setting "spek": see docs/config.md of oaken for those there are [config]
sub/gen.yaml:4:1: there is no setting "retries": see docs/config.md of oaken for those there are [config]`,
		"spec: [a]\nstrip: x\nnames: [a]\ninitialisms: fca\n": `sub/gen.yaml:1:1: must be text, is a list [config]
sub/gen.yaml:2:1: must be a mapping, is text [config]
sub/gen.yaml:3:1: must be a mapping, is a list [config]
sub/gen.yaml:4:1: must be a list of text, is text [config]`,
		"spec: x\nspec: y\n": `sub/gen.yaml:2:1: "spec" is already there in line 1: drop one of them [config]`,
		"spec: [\n":          `sub/gen.yaml:1:1: is not YAML: did not find expected node content [config]`,
	} {
		_, err := generator.LoadConfig(configFile(t, content))
		var found generator.Diagnostics
		if !errors.As(err, &found) || found.Error() != want {
			t.Errorf("%q:\n%v\nwant\n%s", content, err, want)
		}
	}
}

func TestNoConfig(t *testing.T) {
	t.Chdir(t.TempDir())
	c, err := generator.LoadConfig("")
	if err != nil {
		t.Fatal(err)
	}
	_, err = generator.Generate(t.Context(), generator.Options{Config: *c})
	if want := "gen: there is no gen.yaml here: gen init FILE writes one for a document, or name another by --config FILE [config]"; err == nil || err.Error() != want {
		t.Errorf("%v\nwant\n%s", err, want)
	}
}

func TestConfigMissesWhatIsNeeded(t *testing.T) {
	path := configFile(t, "package: Type-1\nout: x\nformats: check\n")
	c, err := generator.LoadConfig(path)
	if err != nil {
		t.Fatal(err)
	}
	_, err = generator.Generate(t.Context(), generator.Options{Config: *c})
	want := `sub/gen.yaml: no document to read: give --spec FILE, or spec in gen.yaml [config]
sub/gen.yaml:1:1: "Type-1" is no name for a Go package: give --package NAME, or package in gen.yaml, in lower case [config]
sub/gen.yaml:3:1: formats "check" is none of the two: write assert, to check texts by their formats, or annotate, not to [config]`
	if err == nil || err.Error() != want {
		t.Errorf("%v\nwant\n%s", err, want)
	}
}
