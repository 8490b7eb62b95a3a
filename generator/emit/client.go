package emit

import (
	"github.com/dave/jennifer/jen"
	"github.com/oaken-go/oaken/generator/ir"
)

// clientFile is the file with the package documentation and the client.
func clientFile(api *ir.API) *jen.File {
	f := newFile(api.Package)
	for _, line := range commentLines(packageDoc(api)) {
		f.PackageComment("// " + line)
	}
	f.Add(comment("theAPI is what the support code has to know of the document."))
	f.Var().Id("theAPI").Op("=").Id("api").Values(apiEntries(api)...)
	f.Line()
	f.Add(comment("Client calls the API. It is safe for concurrent use. Make one with NewClient."))
	f.Type().Id("Client").StructFunc(func(g *jen.Group) {
		for _, res := range api.Resources {
			g.Add(oldDoc(res)).Id(res.GoName).Id(res.GoType)
			g.Line()
		}
		g.Id("core").Op("*").Id("core")
	})
	f.Line()
	newClient(f, api)
	applyDefaults(f, api)
	return f
}

func packageDoc(api *ir.API) string {
	text := "Package " + api.Package + " is a client for " + api.Title
	if api.Version != "" {
		text += ", version " + api.Version
	}
	text += ".\n\n" + api.Doc
	if api.Failure != nil {
		text += "\n\nUnless a method says otherwise, the body of an [Error] is of type [" + api.Failure.GoName + "], which [Error.Decode] reads."
	}
	return text
}

// keyMakers name the support code's function for the key of a client that has
// only one.
var keyMakers = map[ir.AuthKind]string{
	ir.AuthBasic: "basicKey", ir.AuthBearer: "bearerKey",
	ir.AuthAPIKeyHeader: "headerCredential", ir.AuthAPIKeyQuery: "queryCredential", ir.AuthAPIKeyCookie: "cookieCredential",
}

func apiEntries(api *ir.API) []jen.Code {
	var out []jen.Code
	text := func(key, value string) {
		if value != "" {
			out = append(out, entry(key, lit(value)))
		}
	}
	text("server", api.Server)
	if maker := keyMakers[api.Auth.Kind]; maker != "" {
		out = append(out, entry("key", jen.Id(maker)))
	}
	text("keyName", api.Auth.Name)
	if api.Security != nil {
		out = append(out, entry("security", securityEntry(api.Security)))
	}
	text("idempotencyHeader", api.Headers.IdempotencyKey)
	text("requestIDHeader", api.Headers.RequestID)
	text("retryHeader", api.Headers.Retry)
	text("versionHeader", api.Headers.Version)
	text("version", api.Headers.VersionValue)
	text("userAgent", api.Package+" oaken")
	return append(out, jen.Line())
}

func newClient(f *jen.File, api *ir.API) {
	param, kind := "key", "string"
	core := jen.Id("newCore").Call(jen.Op("&").Id("theAPI"), jen.Id("key"), jen.Id("opts"))
	if len(api.Credentials) > 0 {
		param, kind = "credentials", "Credentials"
		core = jen.Id("newSecuredCore").Call(jen.Op("&").Id("theAPI"), jen.Id("credentials").Dot("list").Call(), jen.Id("opts"))
		credentialsType(f, api)
	}
	text := "NewClient returns a client that proves who it is with " + param + "."
	if len(api.Credentials) == 0 && keyMakers[api.Auth.Kind] == "" {
		text = "NewClient returns a client. The document asks for no credentials, so that key is not sent, and may be empty."
	}
	f.Add(comment(text + " The options apply to every call; a call's own options come after them."))
	f.Func().Id("NewClient").Params(jen.Id(param).Id(kind), optsParam()).Op("*").Id("Client").Block(
		jen.Id("c").Op(":=").Add(core),
		jen.Return(jen.Op("&").Id("Client").ValuesFunc(func(g *jen.Group) {
			for _, res := range api.Resources {
				g.Line().Id(res.GoName).Op(":").Add(newService(res))
			}
			g.Line().Id("core").Op(":").Id("c")
			g.Line()
		})),
	)
}

func newService(res *ir.Resource) *jen.Statement {
	return jen.Id(res.GoType).ValuesFunc(func(g *jen.Group) {
		for _, sub := range res.Subs {
			g.Line().Id(sub.GoName).Op(":").Add(newService(sub))
		}
		g.Id("core").Op(":").Id("c")
	})
}

// entry is one key and value of a composite literal, on a line of its own.
func entry(key string, value jen.Code) jen.Code { return jen.Line().Id(key).Op(":").Add(value) }
