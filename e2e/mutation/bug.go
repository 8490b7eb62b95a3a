package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"go.yaml.in/yaml/v3"
)

// bug is one change of a file that breaks something.
type bug struct {
	file   string
	number int    // its place in all lists, from 1 on
	Breaks string // what it breaks, in a sentence
	Find   string // the text that it takes the place of, which is there once
	Put    string
}

// read reads the lists in a folder, each of which has the name of the file that
// its bugs are for.
func read(folder string) ([]bug, error) {
	lists, err := filepath.Glob(filepath.Join(folder, "*.yaml"))
	if err != nil {
		return nil, err
	}
	var all []bug
	for _, list := range lists {
		bugs, err := readList(list)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", list, err)
		}
		all = append(all, bugs...)
	}
	for i := range all {
		all[i].number = i + 1
	}
	return all, nil
}

func readList(path string) ([]bug, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var bugs []bug
	d := yaml.NewDecoder(bytes.NewReader(text))
	d.KnownFields(true)
	err = d.Decode(&bugs)
	for i := range bugs {
		bugs[i].file = strings.TrimSuffix(filepath.Base(path), ".yaml")
	}
	return bugs, err
}

// apply returns the text of the bug's file with the bug in it.
func (b bug) apply(dir string) ([]byte, error) {
	text, err := os.ReadFile(filepath.Join(dir, b.file))
	if err != nil {
		return nil, err
	}
	c, err := b.change(string(text))
	return []byte(string(text[:c.from]) + c.put + string(text[c.to:])), err
}

// change is what is put in the place of a part of a text.
type change struct {
	from, to int
	put      string
}

// change returns the least change of the file's text that seeds the bug: what the
// beginning and the end of its two texts have in common stays.
func (b bug) change(text string) (change, error) {
	if n := strings.Count(text, b.Find); n != 1 || b.Find == b.Put {
		return change{}, fmt.Errorf("%s: %s: the text is there %d times, and must be there once: %q", b.file, b.Breaks, n, b.Find)
	}
	find, put, from := b.Find, b.Put, strings.Index(text, b.Find)
	for find != "" && put != "" && find[0] == put[0] {
		find, put, from = find[1:], put[1:], from+1
	}
	for find != "" && put != "" && find[len(find)-1] == put[len(put)-1] {
		find, put = find[:len(find)-1], put[:len(put)-1]
	}
	return change{from, from + len(find), put}, nil
}
