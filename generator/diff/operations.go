package diff

import (
	"slices"
	"strings"

	"github.com/oaken-go/oaken/generator/ir"
)

// operation compares an operation with what became of it.
func (c *comparer) operation(p opPair) {
	switch {
	case p.old == nil:
		c.fresh.addOperation(p.new.Pointer)
		s := subject{resource: p.new.resource, symbol: p.new.symbol(), new: p.new.Pointer}
		c.came(s, CodeOperationAdded, unused, signature(p.new)+" is new", request(p.new))
	case p.new == nil:
		c.gone.addOperation(p.old.Pointer)
		s := subject{resource: p.old.resource, symbol: p.old.symbol(), old: p.old.Pointer}
		c.went(s, CodeOperationRemoved, breaking("code that calls it no longer compiles"), quoted(p.old.symbol())+" is gone", request(p.old))
	default:
		s := subject{p.new.resource, p.new.symbol(), p.old.Pointer, p.new.Pointer, sent}
		c.route(s, p)
		c.arguments(s, p)
		c.params(s, p)
		c.body(s, p)
		c.result(s, p)
		c.failures(s, p)
		c.calling(s, p)
		c.deprecated(s, CodeOperationDeprecated, p.old.Deprecated, p.new.Deprecated)
		c.described(s, p.old.Doc, p.new.Doc)
	}
}

func request(o *operation) string { return quoted(o.Method + " " + o.Path) }

// route compares what an operation is called, and where it goes.
func (c *comparer) route(s subject, p opPair) {
	if old := p.old.symbol(); old != s.symbol {
		c.renamed(s, CodeOperationRenamed, ir.AliasMethod, old, keepMethod(p.new, p.old))
	}
	if p.old.Method != p.new.Method || bare(p.old.Path) != bare(p.new.Path) {
		c.add(s, CodeOperationRerouted, breaking("programs built before call the old method and path, which are no longer described"), "", request(p.new)+" instead of "+request(p.old))
	}
}

// calling compares what else there is to a call: the server, what it asks for,
// and whether pages can be walked.
func (c *comparer) calling(s subject, p opPair) {
	if p.old.Server != p.new.Server {
		c.add(s, CodeServerChanged, elsewhere, "", said(p.new.Server, "the client's server")+" instead of "+said(p.old.Server, "the client's server"))
	}
	if p.old.Security != nil || p.new.Security != nil {
		c.security(s, c.old.asks(p.old.Security), c.new.asks(p.new.Security))
	}
	all := quoted(p.new.resource + "." + p.new.Iterator())
	switch {
	case p.new.Lists && !p.old.Lists:
		c.add(s, CodeListChanged, adds, all+" walks its pages", "")
	case p.old.Lists && !p.new.Lists:
		c.add(s, CodeListChanged, unwalkable, quoted(p.old.resource+"."+p.old.Iterator())+" is gone", "")
	}
}

// said is a text in code, or what stands for none.
func said(text, none string) string {
	if text == "" {
		return none
	}
	return quoted(text)
}

// params compares whether a method takes parameters, and which.
func (c *comparer) params(s subject, p opPair) {
	old, new := p.old.Params, p.new.Params
	switch {
	case old == nil && new == nil:
		return
	case old == nil:
		c.add(s, CodeParamsAdded, argumentLess, "takes "+quoted("*"+new.GoName), "")
		old = &ir.Struct{Role: ir.RoleParams}
	case new == nil:
		c.add(s, CodeParamsRemoved, argumentMore, "no longer takes "+quoted("*"+old.GoName), "")
		new = &ir.Struct{Role: ir.RoleParams, GoName: old.GoName}
	}
	if p.old.Params != nil && p.new.ParamsRequired && !p.old.ParamsRequired {
		c.add(s, CodeParamsRequired, breaking("a call without parameters is refused"), "nil parameters are refused", "")
	}
	if p.new.Params != nil && p.old.ParamsRequired && !p.new.ParamsRequired {
		c.add(s, CodeParamsOptional, compatible("calls with parameters work as before"), "nil parameters will do", "")
	}
	c.fields(owner{old: old, new: new, resource: s.resource, flow: sent, rewritten: rewritten(p)})
	if p.old.Params != nil && p.new.Params != nil {
		s.symbol = new.GoName
		c.ownRules(s, old.Rules, new.Rules)
		c.documented(s, old.Doc, new.Doc, ir.Value{Rules: old.Rules}, ir.Value{Rules: new.Rules})
	}
}

// body compares the media type of what is sent, where something is on both
// sides.
func (c *comparer) body(s subject, p opPair) {
	old, new := bodyKind(p.old), bodyKind(p.new)
	if rewritten(p) {
		c.fresh.add(p.new.Pointer + "/requestBody")
		c.gone.add(p.old.Pointer + "/requestBody")
		c.rewritten = append(c.rewritten, renaming{p.old.Pointer + "/requestBody", p.new.Pointer + "/requestBody"})
		c.add(s, CodeBodyChanged, breaking("programs built before send the old media type, and the Go parameters are others"), "the body's parameters are others", quoted(new)+" instead of "+quoted(old))
		return
	}
	if was, is := partTexts(p.old), partTexts(p.new); old == new && was != is {
		c.add(s, CodeBodyChanged, risky("programs built before send the parts as their old media types"), "", "parts are "+said(is, "of no type of their own")+" instead of "+said(was, "of no type of their own"))
	}
}

// rewritten tells whether there is a body on both sides, of another media type.
func rewritten(p opPair) bool {
	old, new := bodyKind(p.old), bodyKind(p.new)
	return old != "" && new != "" && old != new
}

// bodyKinds are the media types of what is sent, by where its members travel.
var bodyKinds = map[ir.Location]string{
	ir.InForm: "application/x-www-form-urlencoded", ir.InJSON: "application/json", ir.InMultipart: "multipart/form-data",
	ir.InBody: "application/octet-stream", ir.InText: "text/plain",
}

// bodyKind is the media type of a body, "" where there is none.
func bodyKind(o *operation) string {
	kind := ""
	if o.Params != nil {
		for _, f := range o.Params.All() {
			if k := bodyKinds[f.In]; k != "" {
				kind = k
			}
		}
	}
	if kind != "" && o.ContentType != "" {
		return o.ContentType
	}
	return kind
}

func partTexts(o *operation) string {
	var list []string
	for _, part := range o.PartTypes {
		list = append(list, part.Name+" "+part.ContentType)
	}
	slices.Sort(list)
	return strings.Join(list, ", ")
}
