package downstream

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/oaken-go/oaken/generator/edits"
)

const example = "../../examples/downstream"

// A fresh copy generates what is committed.
func TestFreshCopyIsUpToDate(t *testing.T) {
	m := newModule(t)
	before := m.read(".")
	m.run("go", "generate", "./...")
	require.Equal(t, before, m.read("."))
	m.run("go", "tool", "gen", "check")
	m.run("go", "test", "./...")
}

// A module without a config gets one that works as it stands.
func TestInit(t *testing.T) {
	m := newModule(t)
	require.NoError(t, os.Remove(filepath.Join(m.dir, "gen.yaml")))
	m.run("go", "tool", "gen", "init", "--out", "internal/parcels", "api/openapi.yaml")
	m.run("go", "generate", "./...")
	m.stale(false)
	m.run("go", "test", "./...")
}

// After an edit of the document, generating anew changes the files that the
// edit is about, leaves everything else alone, and the code around it builds
// where nothing that it uses is gone.
func TestRegenerate(t *testing.T) {
	for name, test := range map[string]struct {
		edit    string
		changed []string // of the generated package; + is new, - is gone
		fails   string   // what the compiler says of the code around, if it fails
	}{
		"add a field": {
			edit:    "{op: add, at: /components/schemas/parcel/properties/insured, value: {type: boolean, description: Whether it is insured.}}",
			changed: []string{"parcel.go", "parcel_table.go"},
		},
		"add a value": {
			edit:    "{op: add, at: /components/schemas/parcel_status/oneOf/1, value: {const: lost, description: Nobody knows where it is.}}",
			changed: []string{"parcel_status.go", "parcel_status_table.go"},
		},
		"add a parameter": {
			edit:    "{op: add, at: /paths/~1v1~1parcels/get/parameters/0, value: {name: city, in: query, schema: {type: string}}}",
			changed: []string{"parcel.go", "parcel_table.go"},
		},
		"reword a schema": {
			edit:    "{op: replace, at: /components/schemas/address/description, value: Where somebody can be found.}",
			changed: []string{"address.go"},
		},
		"reorder everything": {edit: "{op: reorder}"},
		"rename a schema": {
			edit:    "{op: rename, at: /components/schemas/courier, to: carrier}",
			changed: []string{"+carrier.go", "+carrier_table.go", "courier.go", "courier_table.go", "parcel.go", "parcel_list.go"},
		},
		"remove an operation": {
			edit:    "{op: remove, at: '/paths/~1v1~1parcels~1{parcel}~1return'}",
			changed: []string{"parcel.go", "parcel_table.go"},
			fails:   "Parcels.Return undefined",
		},
		"remove a resource": {
			edit: "{op: remove, at: '/paths/~1v1~1couriers~1{courier}'}, {op: remove, at: /components/schemas/courier}, " +
				"{op: replace, at: /components/schemas/parcel/properties/courier, value: {type: string}}, {op: remove, at: /components/parameters/expand/schema/x-oaken-expand}",
			changed: []string{"-courier.go", "-courier_table.go", "client.go", "parcel.go", "parcel_list.go", "parcel_list_table.go", "parcel_table.go"},
			fails:   "p.Courier.Value.ID undefined",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newModule(t)
			m.write("internal/parcels/notes.txt", "Written by hand.\n")
			before, written := m.read("internal/parcels"), m.times()
			m.edit(test.edit)
			m.stale(len(test.changed) > 0)
			m.run("go", "generate", "./...")
			m.stale(false)
			require.Equal(t, test.changed, changes(before, m.read("internal/parcels")))
			m.untouched(written, test.changed)
			if test.fails == "" {
				m.run("go", "test", "./...")
				return
			}
			out, err := m.command("go", "vet", "./...")
			require.Error(t, err)
			require.Contains(t, out, test.fails)
		})
	}
}

// module is a copy of the example.
type module struct {
	t   *testing.T
	dir string
}

func newModule(t *testing.T) module {
	t.Helper()
	m := module{t, t.TempDir()}
	require.NoError(t, os.CopyFS(m.dir, os.DirFS(example)))
	oaken, err := filepath.Abs("../..")
	require.NoError(t, err)
	m.run("go", "mod", "edit", "-replace", "github.com/oaken-go/oaken="+oaken)
	return m
}

// command runs a command in the module, out of reach of a workspace around it.
// Without paths in what is built, copies share what they have in common.
func (m module) command(args ...string) (string, error) {
	cmd := exec.CommandContext(m.t.Context(), args[0], args[1:]...)
	cmd.Dir, cmd.Env = m.dir, append(os.Environ(), "GOWORK=off", "GOFLAGS=-trimpath")
	out, err := cmd.CombinedOutput()
	return string(out), err
}

func (m module) run(args ...string) {
	m.t.Helper()
	out, err := m.command(args...)
	require.NoError(m.t, err, "%v: %s", args, out)
}

// stale holds what check says against what it should.
func (m module) stale(want bool) {
	m.t.Helper()
	out, err := m.command("go", "tool", "gen", "check")
	require.Equal(m.t, want, err != nil, out)
}

func (m module) write(name, content string) {
	m.t.Helper()
	require.NoError(m.t, os.WriteFile(filepath.Join(m.dir, name), []byte(content), 0o666))
}

// edit changes the document.
func (m module) edit(steps string) {
	m.t.Helper()
	script, err := edits.Read([]byte("- {name: e, edit: [" + steps + "]}"))
	require.NoError(m.t, err)
	spec, err := os.ReadFile(filepath.Join(m.dir, "api/openapi.yaml"))
	require.NoError(m.t, err)
	edited, err := script[0].Apply(spec)
	require.NoError(m.t, err)
	m.write("api/openapi.yaml", string(edited))
}

// read returns the contents of the files below a folder.
func (m module) read(folder string) map[string]string {
	m.t.Helper()
	out := map[string]string{}
	root := filepath.Join(m.dir, folder)
	require.NoError(m.t, filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		name, _ := filepath.Rel(root, path)
		out[name] = string(content)
		return err
	}))
	return out
}

// times is when each file of the package was written, and that it is the same
// file still.
func (m module) times() map[string]os.FileInfo {
	m.t.Helper()
	list, err := os.ReadDir(filepath.Join(m.dir, "internal/parcels"))
	require.NoError(m.t, err)
	out := map[string]os.FileInfo{}
	for _, entry := range list {
		out[entry.Name()], err = entry.Info()
		require.NoError(m.t, err)
	}
	return out
}

// untouched holds that files that did not change were not written.
func (m module) untouched(before map[string]os.FileInfo, changed []string) {
	m.t.Helper()
	after := m.times()
	for name, was := range before {
		if !slices.Contains(changed, name) && !slices.Contains(changed, "-"+name) {
			require.True(m.t, os.SameFile(was, after[name]), "%s was replaced", name)
			require.Equal(m.t, was.ModTime(), after[name].ModTime(), "%s was written", name)
		}
	}
}

// changes names the files that differ: + is new, - is gone.
func changes(before, after map[string]string) (out []string) {
	for name, was := range before {
		now, ok := after[name]
		if !ok {
			out = append(out, "-"+name)
		} else if now != was {
			out = append(out, name)
		}
	}
	for name := range maps.Keys(after) {
		if _, ok := before[name]; !ok {
			out = append(out, "+"+name)
		}
	}
	slices.Sort(out)
	return out
}
