package emit

import (
	"strings"

	"github.com/dave/jennifer/jen"
	"github.com/oaken-go/oaken/generator/ir"
)

// securityEntry is what operations ask for, as alternatives.
func securityEntry(alternatives [][]string) *jen.Statement {
	return jen.Index().Index().String().ValuesFunc(func(g *jen.Group) {
		for _, names := range alternatives {
			g.ValuesFunc(func(g *jen.Group) {
				for _, name := range names {
					g.Add(lit(name))
				}
			})
		}
	})
}

// securityDoc says what an operation asks for where that is not what most do.
func securityDoc(op *ir.Operation) string {
	if op.Security == nil {
		return ""
	}
	var list []string
	open := false
	for _, names := range op.Security {
		open = open || len(names) == 0
		if len(names) > 0 {
			list = append(list, strings.Join(names, " and "))
		}
	}
	switch {
	case len(list) == 0:
		return "\n\nIt is called without credentials."
	case open:
		return "\n\nIt takes " + joinedTexts(list) + ", or no credentials."
	}
	return "\n\nIt takes " + joinedTexts(list) + " as credentials."
}

// credentialsType writes the struct of a client's credentials, and the option
// that changes them.
func credentialsType(f *jen.File, api *ir.API) {
	f.Add(comment("Credentials prove who a client is. Fill in what you have: a request is sent with the first of the " +
		"alternatives that its operation takes and of which everything is there. Usually that is " + usually(api.Security) + "."))
	f.Type().Id("Credentials").StructFunc(func(g *jen.Group) {
		for _, c := range api.Credentials {
			g.Add(doc(strings.TrimSpace(c.GoName+" "+travels(c.Auth)+". "+c.Doc), false)).Id(c.GoName).Id(credentialTypes[c.Kind])
		}
	})
	f.Line()
	f.Func().Params(jen.Id("c").Id("Credentials")).Id("list").Params().Index().Op("*").Id("credential").Block(
		jen.Return(jen.Index().Op("*").Id("credential").ValuesFunc(func(g *jen.Group) {
			for _, c := range api.Credentials {
				args := []jen.Code{lit(c.GoName)}
				if c.Name != "" {
					args = append(args, lit(c.Name))
				}
				g.Line().Id(credentialMakers[c.Kind]).Call(append(args, jen.Id("c").Dot(c.GoName))...)
			}
			g.Line()
		})),
	)
	f.Line()
	f.Add(comment("WithCredentials proves who the caller is with these credentials alone, instead of the client's."))
	f.Func().Id("WithCredentials").Params(jen.Id("credentials").Id("Credentials")).Id("Option").Block(
		jen.Return(jen.Id("withCredentials").Call(jen.Id("credentials").Dot("list").Call())))
	f.Line()
}

var (
	credentialTypes = map[ir.AuthKind]string{
		ir.AuthBasic: "BasicCredentials", ir.AuthBearer: "TokenSource",
		ir.AuthAPIKeyHeader: "string", ir.AuthAPIKeyQuery: "string", ir.AuthAPIKeyCookie: "string",
	}
	credentialMakers = map[ir.AuthKind]string{
		ir.AuthBasic: "basicCredential", ir.AuthBearer: "tokenCredential",
		ir.AuthAPIKeyHeader: "headerCredential", ir.AuthAPIKeyQuery: "queryCredential", ir.AuthAPIKeyCookie: "cookieCredential",
	}
)

// travels says how a credential is sent.
func travels(a ir.Auth) string {
	switch a.Kind {
	case ir.AuthBasic:
		return "is a user name and a password (basic authentication)"
	case ir.AuthBearer:
		return "is a bearer token; StaticToken makes a source of one"
	case ir.AuthAPIKeyHeader:
		return "is sent in the header " + a.Name
	case ir.AuthAPIKeyQuery:
		return "is sent as the query parameter " + a.Name
	}
	return "is sent as the cookie " + a.Name
}

// usually writes what most operations ask for.
func usually(alternatives [][]string) string {
	var list []string
	for _, names := range alternatives {
		text := strings.Join(names, " and ")
		if len(names) == 0 {
			text = "nothing"
		}
		list = append(list, text)
	}
	return joinedTexts(list)
}
