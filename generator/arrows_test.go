package generator_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"
)

const module = "github.com/oaken-go/oaken/"

// arrows are the imports that docs/design.md allows, but for the standard
// library. A package that is not in the table has to be added to both.
var arrows = map[string][]string{
	"cmd/gen":            {module + "generator", module + "generator/diff", module + "generator/render", "github.com/spf13/cobra"},
	"generator":          {module + "generator/aliases", module + "generator/diag", module + "generator/diff", module + "generator/emit", module + "generator/ir", module + "generator/load", module + "generator/lock", module + "generator/lower", module + "generator/output", module + "generator/revision", module + "generator/starter", module + "templates", "go.yaml.in/yaml/v3"},
	"generator/diag":     {},
	"generator/names":    {"golang.org/x/text"},
	"generator/load":     {module + "generator/diag", "github.com/getkin/kin-openapi", "go.yaml.in/yaml/v3"},
	"generator/ir":       {},
	"generator/lower":    {module + "generator/diag", module + "generator/ir", module + "generator/names", "github.com/getkin/kin-openapi"},
	"generator/emit":     {module + "generator/ir", module + "templates", module + "templates/support", "github.com/dave/jennifer"},
	"generator/output":   {"github.com/pmezard/go-difflib", "golang.org/x/sys"},
	"generator/renames":  {},
	"generator/diff":     {module + "generator/diag", module + "generator/ir", module + "generator/renames"},
	"generator/revision": {},
	"generator/render":   {module + "generator/diff", "github.com/pmezard/go-difflib"},
	"spec":               {},
	"templates":          {},
	"templates/support":  {},
	"generator/edits":    {"go.yaml.in/yaml/v3"},
	"generator/starter":  {module + "generator/ir", "github.com/getkin/kin-openapi"},
	"generator/lock":     {module + "generator/diag", module + "generator/ir", module + "generator/names", module + "generator/renames", "go.yaml.in/yaml/v3"},
	"generator/aliases":  {module + "generator/diag", module + "generator/ir"},
}

func TestImportArrows(t *testing.T) {
	loaded, err := packages.Load(&packages.Config{Mode: packages.NeedName | packages.NeedImports, Dir: ".."}, "./...")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range loaded {
		name := strings.TrimPrefix(p.PkgPath, module)
		if strings.HasPrefix(name, "generated/") {
			checkArrows(t, name, p, nil)
			continue
		}
		allowed, ok := arrows[name]
		if !ok {
			t.Errorf("%s is in no row of the table in docs/design.md", name)
			continue
		}
		checkArrows(t, name, p, allowed)
	}
}

func checkArrows(t *testing.T, name string, p *packages.Package, allowed []string) {
	for path := range p.Imports {
		first, _, _ := strings.Cut(path, "/")
		standard := !strings.Contains(first, ".")
		if !standard && !slices.ContainsFunc(allowed, func(a string) bool { return within(path, a) }) {
			t.Errorf("%s imports %s: docs/design.md does not allow that", name, path)
		}
	}
}

// within tells whether path is allowed by name: our own packages one by one,
// other modules as a whole.
func within(path, name string) bool {
	return path == name || !strings.HasPrefix(name, module) && strings.HasPrefix(path, name+"/")
}
