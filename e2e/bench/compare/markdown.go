package main

import (
	"strings"

	"github.com/oaken-go/oaken/e2e/bars"
)

const head = `# Beside other libraries

Written by ` + "`make bench`" + `: every round runs each column of each row once. Times are medians, with benchstat's interval at a confidence of 95 %. "Times ours" is the ratio of the medians, above 1 where oaken is faster; the interval beside it is the one that this ratio lies in when rounds are drawn again from those that were run, 95 times in a hundred. "Processor" is the same ratio of the processor time that goes into an operation, the garbage collector's included, wherever it runs: on a busy machine that is the steadier one. The bars are held against the lesser of the two.

![How many times as long as oaken others take](bench.svg)

`

const notes = `
## What is measured

The package is the one of [Financial Connections](../generated/financialconnections), the documents are built in [e2e/bench](../e2e/bench/documents.go) from invented values, and tests there make sure that all columns of a row do the same work: they read the same values, write the same JSON or the same bytes, find the same mistakes, send the same requests.

- encoding/json, go-json-experiment, sonic and goccy/go-json read into a plain struct, with pointers where a value may be missing or null; stripe-go by encoding/json into its own.
- With GOEXPERIMENT=jsonv2, encoding/json is built on top of encoding/json/v2, and stripe-go gets faster with it. So a ratio without the experiment's name says little.
- jx is used as ogen's generated code does, in [a package](../e2e/bench/ogenstyle) written after its conventions, with decoders and encoders from jx's pools.
- sonic's texts point into a copy of the whole document, which any of them keeps in memory. With ConfigStd it copies each of them, checks that they are valid, and sorts maps, as encoding/json does.
- oaken and jx keep apart what is missing from what is null; the others don't. oaken alone keeps unknown members.
- Where an account has the id of a customer, stripe-go writes a whole customer, most of it empty. The documents that are encoded have no such ids, for any column.
- validator is told by tags what tags can say, and by functions the conditions between members, which "tags alone" leaves out. kin-openapi (with its validator for OpenAPI 3.1, which compiles the schema at each call) and jsonschema validate what was decoded into maps by the schemas of the document.
- Both clients may retry twice; stripe-go neither logs nor sends telemetry.
`

// document is the page of the documentation.
func document(found *results, table *bars.Table) string {
	var b strings.Builder
	b.WriteString(head + "## Bars\n\n" + table.Markdown() + notes)
	for _, kind := range kinds {
		if !found.hasKind(kind.name) {
			continue
		}
		b.WriteString("\n## " + kind.title + "\n")
		for _, r := range rows() {
			if strings.HasPrefix(r.name, kind.name+"-") {
				writeRow(&b, found, r)
			}
		}
	}
	return b.String()
}

func writeRow(b *strings.Builder, found *results, r row) {
	our := found.at(r.name, ours)
	b.WriteString("\n### " + r.title + "\n\n| | time | times ours | interval | processor | allocations | bytes |\n|---|---:|---:|---:|---:|---:|---:|\n")
	for _, c := range columns {
		one := found.at(r.name, c.name)
		if one == nil {
			continue
		}
		cells := []string{c.title, one.spread(), "", "", "", grouped(median(one.allocs)), grouped(median(one.bytes))}
		if our != nil && c.name != ours {
			r := ratioOf(one.seconds, our.seconds)
			cells[2], cells[3] = times(r.value), r.interval()
			if len(one.processor) > 0 && len(our.processor) > 0 {
				cells[4] = times(ratioOf(one.processor, our.processor).value)
			}
		}
		b.WriteString("| " + strings.Join(cells, " | ") + " |\n")
	}
}
