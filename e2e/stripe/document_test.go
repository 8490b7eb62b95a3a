package stripe

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
)

// document is as much of Stripe's document as says what can be sent. It is read
// without the generator, so that the calls hold what the generator loses.
type document struct {
	Paths map[string]map[string]*operation
}

type operation struct {
	Parameters  []parameter
	RequestBody struct {
		Content map[string]struct{ Schema *schema }
	}
}

type parameter struct {
	Name, In string
	Required bool
	Schema   *schema
}

type schema struct {
	Type                 string
	Format               string
	Enum                 []string
	MaxLength            *int
	AnyOf                []*schema
	Items                *schema
	Properties           map[string]*schema
	Required             []string
	AdditionalProperties additional
}

// additional is the schema of what an object may hold beyond its properties.
// Where the document says only whether it may, there is none.
type additional struct{ *schema }

func (a *additional) UnmarshalJSON(data []byte) error {
	if string(data) == "true" || string(data) == "false" {
		return nil
	}
	return json.Unmarshal(data, &a.schema)
}

// documentPath is where the mock server's module has the document. The module
// is fetched, as nothing that a test imports is in it.
var documentPath = sync.OnceValues(func() (string, error) {
	out, err := exec.Command("go", "mod", "download", "-json", "github.com/stripe/stripe-mock").Output()
	if err != nil {
		return "", fmt.Errorf("the mock server's module can't be fetched: %w\n%s", err, out)
	}
	var module struct{ Dir string }
	err = json.Unmarshal(out, &module)
	return filepath.Join(module.Dir, "embedded", "openapi", "spec3.json"), err
})

// readDocument reads the document.
var readDocument = sync.OnceValues(func() (document, error) {
	var d document
	path, err := documentPath()
	if err != nil {
		return d, err
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return d, err
	}
	return d, json.Unmarshal(data, &d)
})
