package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
)

// The modules that the package is measured with and beside.
const (
	oakenModule    = "github.com/oaken-go/oaken"
	mockModule     = "github.com/stripe/stripe-mock"
	stripeGoModule = "github.com/stripe/stripe-go/v85"
	kinModule      = "github.com/getkin/kin-openapi"
	oapiModule     = "github.com/oapi-codegen/oapi-codegen/v2"
	oapiVersion    = "v2.8.2"
)

// The generated package and the module around it, which lasts as long as the
// run. The programs import it.
const (
	thePackage  = "stripe"
	benchModule = "example.com/bench"
)

// bench is one run of this program.
type bench struct {
	settings
	work  string // the temporary folder
	repo  string // the generator's module
	e2e   string // this module
	spec  string
	conf  string // the config file
	kin   string // a program that loads a document with kin-openapi alone
	oapi  string // oapi-codegen
	goMod string // the go.mod of the generated package
	table table
}

// module is what the go command tells of one.
type module struct{ Path, Version, Dir, GoVersion string }

// prepare finds the document and the config.
func (b *bench) prepare(ctx context.Context) error {
	this, err := findModule(ctx, ".", "")
	if err != nil {
		return err
	}
	oaken, err := findModule(ctx, this.Dir, oakenModule)
	if err != nil {
		return err
	}
	b.e2e, b.repo = this.Dir, oaken.Dir
	b.goMod = "module " + benchModule + "\n\ngo " + oaken.GoVersion + "\n"
	say("fetching the document and what to compare with")
	download := command{dir: b.e2e, args: []string{"go", "mod", "download", mockModule, stripeGoModule}}
	if err := download.do(ctx); err != nil {
		return err
	}
	mock, err := findModule(ctx, b.e2e, mockModule)
	if err != nil {
		return err
	}
	b.spec = filepath.Join(mock.Dir, "embedded", "openapi", "spec3.json")
	b.table.About = append(b.table.About, "the document of stripe-mock "+mock.Version)
	return b.findConfig()
}

// findModule asks for a module of the build list, or for the main one.
func findModule(ctx context.Context, dir, path string) (m module, err error) {
	args := []string{"go", "list", "-m", "-json"}
	if path != "" {
		args = append(args, path)
	}
	out, err := command{dir: dir, args: args}.output(ctx)
	if err != nil {
		return m, err
	}
	return m, json.Unmarshal([]byte(out), &m)
}

// findConfig takes the config of the tests against the whole document, where
// there is one.
func (b *bench) findConfig() error {
	b.conf = filepath.Join(b.e2e, "stripe", "gen.yaml")
	if _, err := os.Stat(b.conf); err == nil {
		return nil
	}
	b.conf = filepath.Join(b.work, "gen.yaml")
	return os.WriteFile(b.conf, []byte("strip:\n  paths: [/v1]\n"), 0o666)
}
