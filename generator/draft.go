package generator

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/oaken-go/oaken/generator/load"
	"github.com/oaken-go/oaken/generator/starter"
)

// Draft is a config for a document that has none yet.
type Draft struct {
	File   string // where it goes
	Text   []byte // what goes there: it explains itself
	Config Config // what it says, as gen would read it
	Counts string // what the document has, for people
}

// DraftConfig makes a config file for a document. The flags say which, and may
// say more; what they leave open is decided from the document. Generating with
// the draft works, or what is wrong with the document is a Diagnostics error.
func DraftConfig(ctx context.Context, flags Config, file string) (Draft, error) {
	d := Draft{File: file, Config: flags}
	if d.File == "" {
		d.File = ConfigFile
	}
	if scheme, _, ok := strings.Cut(flags.Spec, "://"); ok && !strings.ContainsAny(scheme, `/\`) {
		return d, fmt.Errorf("%s is an address: save what is there as a file, and name that", flags.Spec)
	}
	doc, found := load.File(ctx, flags.Spec, load.Options{Root: flags.Root, AllowHosts: flags.AllowHosts})
	if len(found) > 0 {
		return d, found
	}
	plan := starter.Look(doc.Doc)
	d.decide(plan)
	made, err := Generate(ctx, Options{Config: d.Config, Through: "lower"})
	if err != nil {
		return d, err
	}
	d.Counts = countAPI(made.API)
	settings, err := d.settings()
	if err != nil {
		return d, err
	}
	d.Text = plan.Text(settings, made.API)
	return d, nil
}

// decide takes from the plan what no flag says.
func (d *Draft) decide(p *starter.Plan) {
	c := &d.Config
	if c.Package == "" && c.Out != "" && validPackage(packageName(c.Out)) {
		c.Package = packageName(c.Out)
	} else if c.Package == "" {
		c.Package = p.Package
	}
	if c.Out == "" {
		c.Out = filepath.Join(filepath.Dir(d.File), "internal", c.Package)
	}
	if p.Strip.Paths != "" {
		c.Strip.Paths = []string{p.Strip.Paths}
	}
	if p.Strip.Schemas != "" {
		c.Strip.Schemas = []string{p.Strip.Schemas}
	}
	c.Client.IdempotencyHeader, c.Client.RequestIDHeader, c.Client.RetryHeader = p.Headers.Idempotency, p.Headers.RequestID, p.Headers.Retry
}

// settings are the config's paths as the file has to say them.
func (d *Draft) settings() (starter.Settings, error) {
	name := filepath.Base(d.File)
	s := starter.Settings{
		Package: d.Config.Package, AllowHosts: d.Config.AllowHosts,
		Lock: strings.TrimSuffix(name, filepath.Ext(name)) + ".lock",
	}
	folder, err := filepath.Abs(filepath.Dir(d.File))
	if err != nil {
		return s, err
	}
	for _, each := range []struct {
		from string
		into *string
	}{{d.Config.Spec, &s.Spec}, {d.Config.Out, &s.Out}, {d.Config.Root, &s.Root}} {
		if each.from == "" {
			continue
		}
		path, err := filepath.Abs(each.from)
		if err != nil {
			return s, err
		}
		if *each.into, err = filepath.Rel(folder, path); err != nil {
			*each.into = path // on another drive
		}
		*each.into = filepath.ToSlash(*each.into)
	}
	return s, nil
}

// Vacant tells, by an error that says what to do, whether there is a file where
// the draft goes.
func Vacant(file string) error {
	_, err := os.Lstat(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return fmt.Errorf("%s is there already: give --force to write it anew, or --config FILE to write another", file)
}

// Write writes the draft. Where there is a file already, that is an error
// unless it is forced; then the old file is replaced as a whole.
func (d *Draft) Write(force bool) error {
	if !force {
		if err := Vacant(d.File); err != nil {
			return err
		}
	}
	staged, err := os.CreateTemp(filepath.Dir(d.File), ".gen-init-*")
	if err != nil {
		return err
	}
	defer os.Remove(staged.Name())
	_, err = staged.Write(d.Text)
	if err := errors.Join(err, staged.Chmod(0o644), staged.Close()); err != nil {
		return err
	}
	return os.Rename(staged.Name(), d.File)
}
