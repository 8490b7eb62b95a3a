package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// answer generates the packages, builds one program of them, and runs it.
func answer(ctx context.Context, work string, groups []*group, rules bool) error {
	for _, g := range groups {
		if g.leftOut == "" {
			if err := g.try(ctx, work, rules); err != nil {
				return err
			}
		}
	}
	taken, err := generate(ctx, work, packs(groups, rules))
	if err != nil {
		return err
	}
	if err := writeProgram(work, taken); err != nil {
		return err
	}
	if _, err := command(ctx, work, nil, "go", "build", "-o", "program", "."); err != nil {
		return err
	}
	return ask(ctx, work, taken)
}

// generate writes the packages. Groups that the generator takes one by one and
// not together have a package each.
func generate(ctx context.Context, work string, planned []*pack) ([]*pack, error) {
	var taken []*pack
	for len(planned) > 0 {
		p := planned[0]
		planned = planned[1:]
		result, err := p.generate(ctx, work, "")
		switch {
		case err != nil && len(p.groups) > 1:
			planned = append(p.single(), planned...)
			continue
		case err != nil:
			return nil, fmt.Errorf("%s, %s: %w", p.groups[0].file, p.groups[0].Description, err)
		}
		if _, err := result.Write(); err != nil {
			return nil, err
		}
		taken = append(taken, p)
	}
	return taken, nil
}

// question is a group as the program reads it: instances by the group's name.
type question map[string][]json.RawMessage

// ask runs the program on the instances of all groups.
func ask(ctx context.Context, work string, taken []*pack) error {
	questions := question{}
	for _, p := range taken {
		for _, g := range p.groups {
			for _, t := range g.Tests {
				questions[g.name] = append(questions[g.name], json.RawMessage(`{"value": `+string(t.Data)+`}`))
			}
		}
	}
	text, err := json.Marshal(questions)
	if err != nil {
		return err
	}
	limited, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	out, err := command(limited, work, text, filepath.Join(work, "program"))
	if err != nil {
		return err
	}
	var answers map[string][]string
	if err := json.Unmarshal(out, &answers); err != nil {
		return err
	}
	for _, p := range taken {
		for _, g := range p.groups {
			for i, t := range g.Tests {
				t.answer = answers[g.name][i]
			}
		}
	}
	return nil
}

// programText answers for each instance with what is wrong with it, "" for
// nothing.
const programText = `package main

import (
	"encoding/json"
	"fmt"
	"os"

IMPORTS)

var ask = map[string]func([]byte) error{
CASES}

func main() {
	var questions map[string][]json.RawMessage
	if err := json.NewDecoder(os.Stdin).Decode(&questions); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	answers := map[string][]string{}
	for name, instances := range questions {
		for _, instance := range instances {
			answers[name] = append(answers[name], answer(ask[name], instance))
		}
	}
	json.NewEncoder(os.Stdout).Encode(answers)
}

func answer(ask func([]byte) error, instance []byte) (text string) {
	defer func() {
		if p := recover(); p != nil {
			text = fmt.Sprint("panic: ", p)
		}
	}()
	if err := ask(instance); err != nil {
		return err.Error()
	}
	return ""
}
`

const caseText = `	"NAME": func(b []byte) error {
		v := new(PACKAGE.HOLDER)
		if err := PACKAGE.Unmarshal(b, v); err != nil {
			return fmt.Errorf("decode: %w", err)
		}
		return PACKAGE.Validate(v)
	},
`

func writeProgram(work string, taken []*pack) error {
	var imports, cases strings.Builder
	for _, p := range taken {
		imports.WriteString("\t\"conformance/" + p.name + "\"\n")
		for _, g := range p.groups {
			holder := strings.Replace(g.holder(), "holder", "Holder", 1)
			cases.WriteString(strings.NewReplacer("NAME", g.name, "PACKAGE", p.name, "HOLDER", holder).Replace(caseText))
		}
	}
	text := strings.NewReplacer("IMPORTS", imports.String(), "CASES", cases.String()).Replace(programText)
	if err := os.WriteFile(filepath.Join(work, "main.go"), []byte(text), 0o666); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(work, "go.mod"), []byte("module conformance\n\ngo 1.26\n"), 0o666)
}

// command runs a program and returns what it prints.
func command(ctx context.Context, folder string, input []byte, args ...string) ([]byte, error) {
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Dir, cmd.Stdin, cmd.Stdout, cmd.Stderr = folder, bytes.NewReader(input), &stdout, &stderr
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod")
	if err := cmd.Run(); err != nil {
		text := stderr.String()
		return nil, fmt.Errorf("%s: %w\n%s", strings.Join(args, " "), err, text[:min(len(text), 4000)])
	}
	return stdout.Bytes(), nil
}
