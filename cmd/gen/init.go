package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"

	"github.com/spf13/cobra"

	"github.com/oaken-go/oaken/generator"
)

// initCommand is gen init.
func (c *command) initCommand() *cobra.Command {
	force := false
	cmd := &cobra.Command{
		Use:   "init [flags] SPEC",
		Short: "Write a config for a document; it explains itself",
		Long: `Init writes gen.yaml, or what --config names, for an OpenAPI document: what is
generated and where, and what the document has that is worth a setting, each
with a comment. A file that is there already is left alone.`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 || len(args) == 0 && c.flags.Spec == "" {
				return errors.New("init needs one document: gen init SPEC")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				c.flags.Spec = args[0]
			}
			return c.init(cmd, force)
		},
	}
	cmd.Flags().BoolVar(&force, "force", false, "replace a config that is there already")
	return cmd
}

func (c *command) init(cmd *cobra.Command, force bool) error {
	file := c.config
	if file == "" {
		file = generator.ConfigFile
	}
	if !force {
		if err := generator.Vacant(file); err != nil {
			return err
		}
	}
	draft, err := generator.DraftConfig(cmd.Context(), c.flags, file)
	if err != nil {
		return err
	}
	if err := draft.Write(force); err != nil {
		return err
	}
	fmt.Fprintf(c.stdout, "%s: package %s in %s, with %s\n", draft.File, draft.Config.Package, draft.Config.Out, draft.Counts)
	c.next(file, draft.Config.Out)
	return nil
}

// next says what to do with a new config.
func (c *command) next(file, out string) {
	mod, found := goMod(filepath.Dir(file))
	command := "gen"
	if isTool.Match(mod) {
		command = "go tool gen"
	}
	shown := command
	if c.config != "" {
		shown += " --config " + file
	}
	fmt.Fprintf(c.stdout, "next, read it, and run: %s\n", shown)
	if !found {
		fmt.Fprintln(c.stdout, "there is no go.mod here yet: go mod init NAME makes one, which building the package needs")
		return
	}
	if from, err := filepath.Rel(out, file); err == nil {
		fmt.Fprintf(c.stdout, "for go generate, put this line into %s, after its package clause:\n//go:generate %s --config %s\n",
			filepath.Join(out, "zz_generate.go"), command, filepath.ToSlash(from))
	}
}

// isTool finds, in a go.mod, that the go command runs gen as a tool.
var isTool = regexp.MustCompile(`(?m)^\s*(tool\s+)?github\.com/oaken-go/oaken/cmd/gen\s*(//.*)?$`)

// goMod reads the go.mod of the module that a folder is part of, if any.
func goMod(folder string) (text []byte, found bool) {
	folder, err := filepath.Abs(folder)
	for err == nil {
		text, err := os.ReadFile(filepath.Join(folder, "go.mod"))
		if !errors.Is(err, fs.ErrNotExist) {
			return text, true
		}
		if filepath.Dir(folder) == folder {
			return nil, false
		}
		folder = filepath.Dir(folder)
	}
	return nil, true
}
