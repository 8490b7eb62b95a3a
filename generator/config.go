package generator

import (
	"bytes"
	"errors"
	"fmt"
	"go/token"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"go.yaml.in/yaml/v3"

	"github.com/oaken-go/oaken/generator/diag"
	"github.com/oaken-go/oaken/generator/ir"
	"github.com/oaken-go/oaken/generator/lower"
	"github.com/oaken-go/oaken/templates"
)

// ConfigFile is the name of the config file that is read without being asked
// for, from the current folder.
const ConfigFile = "gen.yaml"

// Config says what to generate from what. Paths in a config file count from
// the folder of the file.
type Config struct {
	Spec    string `yaml:"spec"`    // the OpenAPI document
	Out     string `yaml:"out"`     // the folder of the generated package
	Package string `yaml:"package"` // its name; without one, the folder's

	Lock string `yaml:"lock"` // the file with the names that stay; without one, none do

	Root       string   `yaml:"root"`        // the folder that the document's files are in; without one, its own
	AllowHosts []string `yaml:"allow_hosts"` // hosts that files may be fetched from

	Formats string `yaml:"formats"` // assert, as without it, or annotate

	Strip       Strip                    `yaml:"strip"`
	Names       map[string]string        `yaml:"names"`      // Go names by JSON pointer
	Operations  map[string]OperationName `yaml:"operations"` // by "GET /path" or operationId
	Initialisms []string                 `yaml:"initialisms"`
	Include     Selection                `yaml:"include"`
	Exclude     Selection                `yaml:"exclude"`
	Client      Client                   `yaml:"client"`

	file string
	root *yaml.Node // nil without a file
	home string     // the folder that the lock is about, if not Out
}

// Strip is what names leave out.
type Strip struct {
	Paths   []string `yaml:"paths"`   // prefixes of paths
	Schemas []string `yaml:"schemas"` // prefixes of schemas' names
}

// OperationName is where an operation goes: client.Resource.Method.
type OperationName struct {
	Resource string `yaml:"resource"`
	Method   string `yaml:"method"`
}

// Selection selects operations: those that meet any of its patterns.
type Selection struct {
	Paths      []string `yaml:"paths"`
	Tags       []string `yaml:"tags"`
	Operations []string `yaml:"operations"` // operationId, or "GET /path"
	Resources  []string `yaml:"resources"`  // as in Customers.Sources
}

// Client is what the client does by itself.
type Client struct {
	IdempotencyHeader string `yaml:"idempotency_header"`
	RequestIDHeader   string `yaml:"request_id_header"`
	RetryHeader       string `yaml:"retry_header"`
	VersionHeader     string `yaml:"version_header"`
	Version           string `yaml:"version"`
	Server            string `yaml:"server"`
	Auth              string `yaml:"auth"`
}

// LoadConfig reads a config file. Without a path it reads the one in the
// current folder, if there is one. Problems are a Diagnostics error.
func LoadConfig(path string) (*Config, error) {
	asked := path != ""
	if !asked {
		path = ConfigFile
	}
	data, err := os.ReadFile(path)
	if !asked && errors.Is(err, fs.ErrNotExist) {
		return &Config{}, nil
	}
	c := &Config{file: path}
	if err != nil {
		return nil, Diagnostics{c.problem(0, "can't be read: "+reason(err))}
	}
	if found := c.decode(data); len(found) > 0 {
		return nil, found.Sorted()
	}
	c.relocate(filepath.Dir(path))
	return c, nil
}

func reason(err error) string {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	return err.Error()
}

func (c *Config) problem(line int, message string) diag.Diagnostic {
	pos := diag.Pos{File: c.file, Line: line}
	if line > 0 {
		pos.Col = 1
	}
	return diag.Diagnostic{Pos: pos, Code: "config", Message: message}
}

// decode reads the text twice: for its values, and for where they stand.
func (c *Config) decode(data []byte) diag.List {
	var root yaml.Node
	err := yaml.Unmarshal(data, &root)
	if err == nil {
		decoder := yaml.NewDecoder(bytes.NewReader(data))
		decoder.KnownFields(true)
		err = decoder.Decode(c)
	}
	if errors.Is(err, io.EOF) { // nothing but comments
		err = nil
	}
	if len(root.Content) > 0 {
		c.root = root.Content[0]
	}
	return c.problems(err)
}

func (c *Config) problems(err error) (found diag.List) {
	if err == nil {
		return nil
	}
	var several *yaml.TypeError
	if !errors.As(err, &several) {
		line, message := cutLine(strings.TrimPrefix(err.Error(), "yaml: "))
		return diag.List{c.problem(line, "is not YAML: "+message)}
	}
	for _, each := range several.Errors {
		line, message := cutLine(each)
		found = append(found, c.problem(line, plain(message)))
	}
	return found
}

var (
	linePrefix   = regexp.MustCompile(`^line (\d+): `)
	unknownField = regexp.MustCompile(`^field (.*) not found in type .*$`)
	wrongType    = regexp.MustCompile("^cannot unmarshal !!(\\w+)(?: `(.*)`)? into (.*)$")
	again        = regexp.MustCompile(`^mapping key (.*) already defined at line (\d+)$`)
)

func cutLine(message string) (int, string) {
	m := linePrefix.FindStringSubmatch(message)
	if m == nil {
		return 0, message
	}
	line, _ := strconv.Atoi(m[1])
	return line, message[len(m[0]):]
}

// plain rewords what the YAML library says about Go types.
func plain(message string) string {
	if m := unknownField.FindStringSubmatch(message); m != nil {
		return fmt.Sprintf("there is no setting %q: see docs/config.md of oaken for those there are", m[1])
	}
	if m := again.FindStringSubmatch(message); m != nil {
		return fmt.Sprintf("%s is already there in line %s: drop one of them", m[1], m[2])
	}
	if m := wrongType.FindStringSubmatch(message); m != nil {
		return "must be " + expected(m[3]) + ", is " + given(m[1])
	}
	return message
}

func expected(goType string) string {
	switch {
	case goType == "string":
		return "text"
	case strings.HasPrefix(goType, "[]"):
		return "a list of text"
	}
	return "a mapping"
}

func given(tag string) string {
	switch tag {
	case "seq":
		return "a list"
	case "map":
		return "a mapping"
	case "str":
		return "text"
	}
	return "a " + tag
}

// relocate makes the config's paths count from the current folder.
func (c *Config) relocate(folder string) {
	for _, path := range []*string{&c.Spec, &c.Out, &c.Lock, &c.Root} {
		if *path != "" && !filepath.IsAbs(*path) {
			*path = filepath.Join(folder, *path)
		}
	}
}

// Override lets what flags say win over the config file. A package that goes
// elsewhere than the file says has the names of the lock, which is that of the
// other one and stays as it is.
func (c *Config) Override(flags Config) {
	if c.Out != "" && flags.Out != "" && !samePath(c.Out, flags.Out) {
		c.home = c.Out
	}
	for _, each := range []struct {
		into *string
		flag string
	}{{&c.Spec, flags.Spec}, {&c.Out, flags.Out}, {&c.Package, flags.Package}, {&c.Root, flags.Root}} {
		if each.flag != "" {
			*each.into = each.flag
		}
	}
	if len(flags.AllowHosts) > 0 {
		c.AllowHosts = flags.AllowHosts
	}
}

func samePath(a, b string) bool {
	x, errX := filepath.Abs(a)
	y, errY := filepath.Abs(b)
	return errX == nil && errY == nil && x == y
}

// complete fills in defaults, and tells what is missing or impossible. Without
// files to be written, no folder is needed.
func (c *Config) complete(written bool) error {
	if c.Package == "" && (c.Out != "" || written) {
		c.Package = packageName(c.Out)
	} else if c.Package == "" {
		c.Package = "api"
	}
	if found := c.mistakes(written); len(found) > 0 {
		return found.Sorted()
	}
	return nil
}

func (c *Config) mistakes(written bool) (found diag.List) {
	add := func(setting, format string, args ...any) {
		d := diag.Diagnostic{Pos: c.position(setting), Code: "config", Message: fmt.Sprintf(format, args...)}
		found = append(found, d)
	}
	if c.file == "" && c.Spec == "" && c.Out == "" {
		add("spec", "there is no %[1]s here: gen init FILE writes one for a document, or name another by --config FILE", ConfigFile)
		return found
	}
	if c.Spec == "" {
		add("spec", "no document to read: give --spec FILE, or spec in %s", ConfigFile)
	}
	if c.Out == "" && written {
		add("out", "no folder to write to: give --out DIR, or out in %s", ConfigFile)
	} else if !validPackage(c.Package) {
		add("package", "%q is no name for a Go package: give --package NAME, or package in %s, in lower case", c.Package, ConfigFile)
	}
	if c.Formats != "" && c.Formats != formatsAssert && c.Formats != formatsAnnotate {
		add("formats", "formats %q is none of the two: write %s, to check texts by their formats, or %s, not to", c.Formats, formatsAssert, formatsAnnotate)
	}
	return found
}

// What formats are taken for: JSON Schema allows both.
const (
	formatsAssert   = "assert"
	formatsAnnotate = "annotate"
)

// validPackage tells whether the go command builds a package of that name: it
// passes over one called documentation.
func validPackage(name string) bool {
	return name != "documentation" && token.IsIdentifier(name) && name != "_" && name != "main" && strings.IndexFunc(name, unicode.IsUpper) < 0
}

// packageName makes a package name of a folder's.
func packageName(folder string) string {
	if abs, err := filepath.Abs(folder); err == nil {
		folder = abs
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, filepath.Base(folder))
}

// position finds a setting, and in it a key, in the config file. It goes as far
// as the path leads.
func (c *Config) position(path ...string) diag.Pos {
	pos := diag.Pos{File: c.file}
	if c.file == "" {
		pos.File = "gen"
	}
	n := c.root
	for _, name := range path {
		if n = lookup(n, name, &pos); n == nil {
			break
		}
	}
	return pos
}

// lookup finds a key of a mapping, or an item of a list.
func lookup(n *yaml.Node, name string, pos *diag.Pos) *yaml.Node {
	if n == nil {
		return nil
	}
	step := 1
	if n.Kind == yaml.MappingNode {
		step = 2
	}
	for i := 0; i+step <= len(n.Content); i += step {
		if key := n.Content[i]; key.Value == name && n.Kind != yaml.ScalarNode {
			pos.Line, pos.Col = key.Line, key.Column
			return n.Content[i+step-1]
		}
	}
	return nil
}

var quoted = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)

// locate gives diagnostics about the config their places in its file. Lowering
// knows no files: what it says about a setting begins with the setting's name,
// and quotes the entry.
func (c *Config) locate(found diag.List) diag.List {
	for i, d := range found {
		setting, rest, ok := strings.Cut(d.Message, ": ")
		if d.Pointer != "" || !ok || c.root == nil {
			continue
		}
		for _, path := range [][]string{strings.Fields(setting), {"client", setting}} {
			if c.has(path...) {
				found[i].Pos = c.innermost(c.position(path...), path, quoted.FindAllString(rest, -1))
			}
		}
	}
	return found
}

// has tells whether the config file has a setting.
func (c *Config) has(path ...string) bool {
	n, pos := c.root, diag.Pos{}
	for _, name := range path {
		n = lookup(n, name, &pos)
	}
	return n != nil
}

// innermost is where one of the quoted entries of a setting stands, or best.
func (c *Config) innermost(best diag.Pos, path, entries []string) diag.Pos {
	for _, q := range entries {
		entry, err := strconv.Unquote(q)
		if at := c.position(append(slices.Clone(path), entry)...); err == nil && at != best {
			return at
		}
	}
	return best
}

// reserved are the names that every generated package has: those of the support
// code, and of the client that is written for each document.
var reserved = sync.OnceValues(func() ([]string, error) {
	names, err := templates.Reserved()
	return append(names, "Client", "NewClient", "Credentials", "WithCredentials", "ApplyDefaults"), err
})

// lowering is what the config means for the stage that decides names.
func (c *Config) lowering() (lower.Options, error) {
	names, err := reserved()
	operations := make(map[string]lower.OperationName, len(c.Operations))
	for key, name := range c.Operations {
		operations[key] = lower.OperationName(name)
	}
	return lower.Options{
		Package:      c.Package,
		StripPaths:   c.Strip.Paths,
		StripSchemas: c.Strip.Schemas,
		Reserved:     names,
		Initialisms:  c.Initialisms,
		Names:        c.Names,
		Operations:   operations,
		Include:      lower.Selection(c.Include),
		Exclude:      lower.Selection(c.Exclude),
		FreeFormats:  c.Formats == formatsAnnotate,
		Headers:      c.Client.headers(),
		Server:       c.Client.Server,
		Auth:         c.Client.Auth,
	}, err
}

func (c Client) headers() ir.HeaderNames {
	return ir.HeaderNames{
		IdempotencyKey: c.IdempotencyHeader,
		RequestID:      c.RequestIDHeader,
		Retry:          c.RetryHeader,
		Version:        c.VersionHeader,
		VersionValue:   c.Version,
	}
}
