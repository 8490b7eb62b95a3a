package emit

import (
	"slices"
	"strings"

	"github.com/oaken-go/oaken/generator/ir"
	"github.com/oaken-go/oaken/templates"
)

// stem is what goes into one file that people read.
type stem struct {
	name      string
	resources []*ir.Resource
	types     []ir.Named
	checks    []*ir.Check
	events    []*ir.Event
	servers   []*ir.Server
	aliases   []*ir.Alias
}

// isRead tells whether the stem has anything for people to read.
func (s *stem) isRead() bool {
	return len(s.resources)+len(s.types)+len(s.events)+len(s.servers)+len(s.aliases) > 0
}

func (s *stem) eachOperation(visit func(*ir.Resource, *ir.Operation)) {
	for _, res := range s.resources {
		for _, op := range res.Ops {
			visit(res, op)
		}
	}
}

// params returns the parameter structs of the stem's operations.
func (s *stem) params() []*ir.Struct {
	var out []*ir.Struct
	s.eachOperation(func(_ *ir.Resource, op *ir.Operation) {
		if op.Params != nil {
			out = append(out, op.Params)
		}
	})
	return out
}

// hasTables tells whether there is anything for the stem's mechanical file.
func (s *stem) hasTables() bool {
	some := slices.ContainsFunc(s.types, func(named ir.Named) bool {
		switch t := named.(type) {
		case *ir.Struct:
			return !t.Inline && t.Same == nil
		}
		return ir.Declared(named) == named
	})
	s.eachOperation(func(*ir.Resource, *ir.Operation) { some = true })
	some = some || slices.ContainsFunc(s.events, func(e *ir.Event) bool {
		_, isStruct := e.Type.(*ir.Struct)
		return !isStruct
	})
	return some || len(s.checks) > 0
}

// begin is the first two words of the stem's name.
func (s *stem) begin() string {
	words := strings.SplitN(s.name, "_", 3)
	return strings.Join(words[:min(len(words), 2)], "_")
}

// grouped puts together the stems that share a mechanical file, as most have
// little for it: those with the same first two words.
func grouped(all []*stem) [][]*stem {
	at := map[string]int{}
	var groups [][]*stem
	for _, s := range all {
		if !s.hasTables() {
			continue
		}
		i, there := at[s.begin()]
		if !there {
			i = len(groups)
			at[s.begin()] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], s)
	}
	return groups
}

// stems groups the IR by file stem, sorted.
func stems(api *ir.API) []*stem {
	byName := map[string]*stem{}
	at := func(name string) *stem {
		if byName[name] == nil {
			byName[name] = &stem{name: name}
		}
		return byName[name]
	}
	api.EachResource(func(_ string, res *ir.Resource) {
		s := at(res.File)
		s.resources = append(s.resources, res)
	})
	if len(api.Events) > 0 {
		at(eventStem).events = api.Events
	}
	if len(api.Servers) > 0 {
		at(serverStem).servers = api.Servers
	}
	for _, named := range api.Types {
		s := at(named.FileStem())
		s.types = append(s.types, named)
	}
	for _, c := range api.Checks {
		s := at(c.File)
		s.checks = append(s.checks, c)
	}
	for _, a := range api.Aliases {
		s := at(a.File)
		s.aliases = append(s.aliases, a)
	}
	return sortedStems(byName)
}

func sortedStems(byName map[string]*stem) []*stem {
	var out []*stem
	for _, s := range byName {
		s.types = withoutParams(s)
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b *stem) int { return strings.Compare(a.name, b.name) })
	return out
}

// withoutParams leaves out the structs that are written beside their
// operation.
func withoutParams(s *stem) []ir.Named {
	params := map[ir.Named]bool{}
	for _, p := range s.params() {
		params[p] = true
	}
	return slices.DeleteFunc(s.types, func(n ir.Named) bool { return params[n] })
}

// fileName returns the name of a stem's file that people read. The go command
// reads meaning into some endings (x_test.go, x_windows.go), Windows into some
// names, and the client, the support code and the tables have files of their
// own; a trailing underscore takes the meaning away.
func fileName(stem string) string {
	last := stem[strings.LastIndexByte(stem, '_')+1:]
	if stem == "client" || devices[stem] || strings.HasPrefix(stem, templates.Prefix) || last != stem && (last == tables || special[last]) {
		stem += "_"
	}
	return stem + ".go"
}

// tableName returns the name of a stem's mechanical file. Where that would be
// one of the support code's, two underscores keep it apart from fileName's too.
func tableName(stem string) string {
	name := stem + "_" + tables
	if strings.HasPrefix(name, templates.Prefix) {
		name += "__"
	}
	return name + ".go"
}

// The stems of the files with webhooks and callbacks, and with servers to choose
// from.
const (
	eventStem  = "webhooks"
	serverStem = "servers"
)

// tables ends the names of mechanical files.
const tables = "table"

// devices are names that Windows keeps for itself.
var devices = wordSet("con prn aux nul com0 lpt0 com1 com2 com3 com4 com5 com6 com7 com8 com9 lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9")

// special are the file name endings that the go command knows: test, and the
// values of GOOS and GOARCH, past ones and reserved ones included.
var special = wordSet(`test
	aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris wasip1 windows zos
	386 amd64 amd64p32 arm armbe arm64 arm64be loong64 mips mipsle mips64 mips64le mips64p32 mips64p32le ppc ppc64
	ppc64le riscv riscv64 s390 s390x sparc sparc64 wasm`)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(words) {
		set[word] = true
	}
	return set
}
