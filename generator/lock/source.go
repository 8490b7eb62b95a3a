package lock

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/oaken-go/oaken/generator/renames"
)

// ShapesIn returns the shapes of a package that was generated before, from its
// files. What does not parse is passed over: it only helps to recognize what was
// renamed.
func ShapesIn(files map[string][]byte) Shapes {
	p := &source{types: map[string]ast.Expr{}, values: map[string][]string{}, variants: map[string][]string{}, methods: map[string][]*ast.FuncDecl{}}
	fset := token.NewFileSet()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		file, err := parser.ParseFile(fset, name, files[name], parser.SkipObjectResolution|parser.ParseComments)
		if err == nil {
			p.file(file)
		}
	}
	s := noShapes()
	for name, is := range p.types {
		s.Types[name] = p.shape(name, is)
	}
	p.service(s, "", "Client")
	return s
}

// source is what a package declares.
type source struct {
	types    map[string]ast.Expr
	values   map[string][]string        // of constants, by their type
	variants map[string][]string        // by the union
	methods  map[string][]*ast.FuncDecl // by the type
}

func (p *source) file(file *ast.File) {
	for _, decl := range file.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			p.method(d)
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				p.spec(spec)
			}
		}
	}
}

func (p *source) spec(spec ast.Spec) {
	switch s := spec.(type) {
	case *ast.TypeSpec:
		if !s.Assign.IsValid() {
			p.types[s.Name.Name] = s.Type
		}
	case *ast.ValueSpec:
		of, isNamed := s.Type.(*ast.Ident)
		if !isNamed || len(s.Values) != 1 {
			return
		}
		if value, ok := literal(s.Values[0]); ok {
			p.values[of.Name] = append(p.values[of.Name], value)
		}
	}
}

// literal returns the value of a constant as the representation writes it.
func literal(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind == token.STRING {
			text, err := strconv.Unquote(e.Value)
			return text, err == nil
		}
		return e.Value, true
	case *ast.UnaryExpr:
		text, ok := literal(e.X)
		return e.Op.String() + text, ok
	}
	return "", false
}

// method takes in a method: one like isPaymentSource marks a variant.
func (p *source) method(d *ast.FuncDecl) {
	if d.Recv == nil || len(d.Recv.List) != 1 {
		return
	}
	of := named(d.Recv.List[0].Type)
	if union, ok := strings.CutPrefix(d.Name.Name, "is"); ok && of != "Raw" {
		p.variants[union] = append(p.variants[union], strings.TrimPrefix(of, union))
		return
	}
	p.methods[of] = append(p.methods[of], d)
}

// named returns the name of a type or of what a pointer leads to.
func named(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return named(e.X)
	case *ast.Ident:
		return e.Name
	}
	return ""
}

func (p *source) shape(name string, is ast.Expr) renames.Shape {
	switch is := is.(type) {
	case *ast.StructType:
		return renames.Shape{Kind: kindStruct, Parts: fieldsOf(is)}
	case *ast.InterfaceType:
		return renames.Shape{Kind: kindUnion, Parts: p.variants[name]}
	case *ast.Ident:
		return renames.Shape{Kind: kindEnum, Parts: p.values[name]}
	}
	return renames.Shape{}
}

func fieldsOf(s *ast.StructType) []string {
	var out []string
	for _, f := range s.Fields.List {
		for _, name := range f.Names {
			if name.IsExported() {
				out = append(out, name.Name)
			}
		}
	}
	return out
}

// service takes in the operations of a service and of those that it leads to.
func (p *source) service(s Shapes, around, name string) {
	is, ok := p.types[name].(*ast.StructType)
	if !ok {
		return
	}
	for _, f := range is.Fields.List {
		of, isNamed := f.Type.(*ast.Ident)
		if !isNamed || len(f.Names) != 1 {
			continue
		}
		resource := around + f.Names[0].Name
		for _, d := range p.methods[of.Name] {
			if o, ok := p.operation(s, d); ok {
				s.add(resource+"."+d.Name.Name, o)
			}
		}
		p.service(s, resource+".", of.Name)
	}
}

// where is the line of a method's text that says where the request goes.
var where = regexp.MustCompile(`(?m)^([A-Z]+) (/\S*)$`)

// operation reads what a method says of its operation.
func (p *source) operation(s Shapes, d *ast.FuncDecl) (operation, bool) {
	text := d.Doc.Text()
	at := where.FindAllStringSubmatchIndex(text, -1)
	if len(at) == 0 {
		return operation{}, false
	}
	last := at[len(at)-1]
	o := operation{method: text[last[2]:last[3]], text: text}
	if strings.HasPrefix(text, d.Name.Name+" has no description in the document.") {
		o.text = ""
	}
	for _, param := range d.Type.Params.List {
		of := named(param.Type)
		switch name := param.Names; {
		case len(name) != 1 || name[0].Name == "ctx" || name[0].Name == "opts":
		case name[0].Name == "params":
			o.params = s.Types[of].Parts
		default:
			o.arguments = append(o.arguments, p.argument(of))
		}
	}
	if d.Type.Results != nil {
		for _, result := range d.Type.Results.List {
			o.result = append(o.result, p.parts(s, result.Type)...)
		}
	}
	return o, true
}

// argument is what the representation's says of a type in the source.
func (p *source) argument(goType string) string {
	if goType == "" || ast.IsExported(goType) && len(p.values[goType]) == 0 {
		return otherType
	}
	return goType
}

// parts returns what the type in lists, maps and the like is made of.
func (p *source) parts(s Shapes, e ast.Expr) []string {
	switch e := e.(type) {
	case *ast.ArrayType:
		return p.parts(s, e.Elt)
	case *ast.MapType:
		return p.parts(s, e.Value)
	case *ast.IndexExpr:
		return p.parts(s, e.Index)
	case *ast.StarExpr:
		return p.parts(s, e.X)
	case *ast.Ident:
		return s.Types[e.Name].Parts
	}
	return nil
}
