package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/oaken-go/oaken/generator"
	"github.com/oaken-go/oaken/generator/edits"
)

const (
	oapiCommand = "github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen"
	oapiVersion = "v2.8.2"
)

// tool is a generator.
type tool struct {
	name     string
	generate func(ctx context.Context, spec []byte) (map[string][]byte, error)
	own      func(edits.Edit) []string // names that an edit may move
}

// prepare finds the generators. The last one is the second with another option.
func prepare(ctx context.Context, repo, work string) ([]tool, error) {
	binary := filepath.Join(work, "oapi-codegen")
	cmd := exec.CommandContext(ctx, "go", "install", oapiCommand+"@"+oapiVersion)
	cmd.Dir, cmd.Env = work, append(os.Environ(), "GOBIN="+work, "GOWORK=off", "GOFLAGS=")
	if out, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("building oapi-codegen: %w\n%s", err, out)
	}
	theirs := func(e edits.Edit) []string { return e.Theirs }
	return []tool{
		{"oaken", oaken(repo, work), func(e edits.Edit) []string { return e.Symbols() }},
		{"oapi-codegen", oapi(binary, filepath.Join(work, "plain"), oapiConfig), theirs},
		{"oapi-codegen, prefixed", oapi(binary, filepath.Join(work, "prefixed"), oapiConfig+oapiPrefixed), theirs},
	}, nil
}

// oaken generates with the project's own config, where its package and its lock
// are, without writing anything. The lock is one of the files.
func oaken(repo, work string) func(context.Context, []byte) (map[string][]byte, error) {
	return func(ctx context.Context, spec []byte) (map[string][]byte, error) {
		config, err := generator.LoadConfig(filepath.Join(repo, generator.ConfigFile))
		if err != nil {
			return nil, err
		}
		config.Spec = filepath.Join(work, "spec.yaml")
		if err := os.WriteFile(config.Spec, spec, 0o666); err != nil {
			return nil, err
		}
		result, err := generator.Generate(ctx, generator.Options{Config: *config})
		for _, file := range result.Extra {
			result.Files[filepath.Base(file.Path)] = file.Content
		}
		return result.Files, err
	}
}

// The config of oapi-codegen: types and client, in a file. Without the option,
// it refuses a document in which a parameter and a response have one name.
const oapiConfig = `package: financialconnections
generate: {models: true, client: true}
output-options: {resolve-type-name-collisions: true}
`

const oapiPrefixed = "compatibility: {always-prefix-enum-values: true}\n"

// oapi generates from the simplified twin of a document, in a folder of its
// own.
func oapi(binary, folder, config string) func(context.Context, []byte) (map[string][]byte, error) {
	return func(ctx context.Context, spec []byte) (map[string][]byte, error) {
		twin, err := simplify(spec)
		if err != nil {
			return nil, err
		}
		if err := os.MkdirAll(folder, 0o777); err != nil {
			return nil, err
		}
		for name, content := range map[string][]byte{"spec.yaml": twin, "config.yaml": []byte(config)} {
			if err := os.WriteFile(filepath.Join(folder, name), content, 0o666); err != nil {
				return nil, err
			}
		}
		cmd := exec.CommandContext(ctx, binary, "-config", "config.yaml", "spec.yaml")
		var stdout, stderr bytes.Buffer
		cmd.Dir, cmd.Stdout, cmd.Stderr = folder, &stdout, &stderr
		if err := cmd.Run(); err != nil {
			return nil, fmt.Errorf("oapi-codegen: %w: %s", err, strings.TrimSpace(stderr.String()))
		}
		return map[string][]byte{"client.gen.go": stdout.Bytes()}, nil
	}
}
