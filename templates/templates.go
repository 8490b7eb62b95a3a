// Package templates holds the support code that generated packages carry: real
// Go in the folder support, compiled and tested in place, and copied out with
// its package clause rewritten.
package templates

import (
	"bytes"
	"embed"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"slices"
	"strings"
	"sync"
)

//go:embed support/*.go
var support embed.FS

// Prefix begins the name of each support file in a generated package.
const Prefix = "oaken_"

// optional are the support files that a package carries only where it uses
// them, with what its text holds then. No other support file refers to them, and
// they refer to each other as needs says.
var optional = map[string][]string{
	"answers.go":    {"answers() *descriptor", "core.text("},
	"defaults.go":   {"applyDefaults("},
	"formatnet.go":  {"&formatEmail", "&formatHostname", "&formatURI", "&formatIPv4", "&formatIPv6"},
	"formattext.go": {"&formatUUID", "&formatDecimal", "&formatChar", "&formatBase64URL", "&formatJSONPointer", "&formatRelativeJSONPointer"},
	"formattime.go": {"&formatDate", "&formatTime", "&formatDuration"},
	"headers.go":    {"headers() *descriptor"},
	"keywords.go": {"&additional{", "&constants{", "&contains{", "&dependentRequired{", "&dependentSchema{", "&formMembers{", "&longMultiple{",
		"&maxProperties{", "&minProperties{", "&multiple{", "&patternProperties{", "&prefixItems{"},
	"multipart.go":   {"multipartBody"},
	"pattern.go":     {"&pattern{"},
	"secured.go":     {"newSecuredCore("},
	"server.go":      {"withServer("},
	"spell.go":       {"spellList", "spellParam", "spellPath"},
	"unevaluated.go": {"unevaluatedItems{", "unevaluatedProperties{"},
	"unique.go":      {"&uniqueItems{"},
}

// needs are the optional files that another one can't do without.
var needs = map[string]string{"unevaluated.go": "keywords.go"}

// own is the support file that is for the generator alone.
const own = "asked.go"

// Uses are the support files that a package uses. Any number of goroutines may
// call Look.
type Uses struct{ files sync.Map }

// Look finds what a file of the package uses.
func (u *Uses) Look(text []byte) {
	for name, signs := range optional {
		if u.has(name) {
			continue
		}
		if slices.ContainsFunc(signs, func(sign string) bool { return bytes.Contains(text, []byte(sign)) }) {
			u.use(name)
		}
	}
}

func (u *Uses) use(name string) {
	u.files.Store(name, true)
	if other := needs[name]; other != "" {
		u.files.Store(other, true)
	}
}

func (u *Uses) has(name string) bool {
	_, ok := u.files.Load(name)
	return ok
}

// Support returns the support files for a package of the given name, by file
// name, with header as their first line: all, or without those that are of no
// use to it.
func Support(pkg, header string, uses *Uses) (map[string][]byte, error) {
	files := map[string][]byte{}
	err := eachFile(func(s source) {
		if uses != nil && optional[s.name] != nil && !uses.has(s.name) {
			return
		}
		files[Prefix+s.name] = append(fmt.Appendf(nil, "%s\n\npackage %s", header, pkg), s.text[s.body:]...)
	})
	return files, err
}

// Reserved returns the exported names that the support code takes in every
// generated package, sorted.
func Reserved() ([]string, error) {
	var names []string
	err := eachFile(func(s source) {
		for _, decl := range s.file.Decls {
			names = append(names, declared(decl)...)
		}
	})
	names = slices.DeleteFunc(names, func(name string) bool { return !ast.IsExported(name) })
	slices.Sort(names)
	return slices.Compact(names), err
}

// source is one support file.
type source struct {
	name string
	text []byte
	file *ast.File
	body int // offset of what follows the package clause
}

func eachFile(visit func(source)) error {
	files, err := parsed()
	for _, file := range files {
		visit(file)
	}
	return err
}

// parsed holds the support files: a process may generate many packages.
var parsed = sync.OnceValues(func() ([]source, error) {
	entries, err := support.ReadDir("support")
	if err != nil {
		return nil, err
	}
	var out []source
	for _, entry := range entries {
		if entry.Name() == own || strings.HasSuffix(entry.Name(), "_test.go") {
			continue
		}
		file, err := parse(entry.Name())
		if err != nil {
			return nil, err
		}
		out = append(out, file)
	}
	return out, nil
})

func parse(name string) (source, error) {
	text, err := support.ReadFile(path.Join("support", name))
	if err != nil {
		return source{}, err
	}
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, text, parser.SkipObjectResolution)
	if err != nil {
		return source{}, err
	}
	return source{name, text, file, fset.Position(file.Name.End()).Offset}, nil
}

// declared returns the names that a declaration puts into the package scope.
func declared(decl ast.Decl) []string {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil {
			return []string{d.Name.Name}
		}
	case *ast.GenDecl:
		var names []string
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.TypeSpec:
				names = append(names, s.Name.Name)
			case *ast.ValueSpec:
				for _, name := range s.Names {
					names = append(names, name.Name)
				}
			}
		}
		return names
	}
	return nil
}
