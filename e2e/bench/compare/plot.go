package main

import (
	"fmt"
	"html"
	"slices"
	"strings"
)

// plotted are the rows of the plot.
var plotted = []row{
	{"decode-list-compact", "Decode a list of 100 accounts"},
	{"decode-one-compact", "Decode an account"},
	{"decode-list-shuffled", "Decode a list with shuffled and unknown members"},
	{"encode-list", "Encode a list of 100 accounts"},
	{"form-session", "Write parameters as a form"},
	{"validate-list", "Validate a list of 100 accounts"},
	{"call-retrieve", "Call: retrieve an account"},
	{"call-list", "Call: list 100 accounts"},
}

// The sizes of the plot, in pixels.
const (
	plotWidth = 760
	nameWidth = 178 // right edge of the names
	barsFrom  = 188
	barsWidth = 390
	barHeight = 13
	barStep   = 19
)

const style = `
text { font: 12px system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2328 }
.head { font-size: 17px; font-weight: 600 }
.title { font-size: 13px; font-weight: 600 }
.soft { fill: #59636e }
.ours { font-weight: 600 }
.page { fill: #ffffff }
.bar { fill: #a9b4c0 }
.bar.ours { fill: #1a7f52 }
.tear { stroke: #ffffff; stroke-width: 4 }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3 }
.soft { fill: #9198a1 }
.page { fill: #0d1117 }
.bar { fill: #56616d }
.bar.ours { fill: #3fb27f }
.tear { stroke: #0d1117 }
}
`

// plot draws the rows one below the other, in each a bar for every codec that is
// as long as it takes. On a busy machine that is in processor time.
func plot(found *results) string {
	kind := "Medians"
	if found.busy() {
		kind = "Medians of processor time"
	}
	var b strings.Builder
	y := 62
	for _, r := range plotted {
		y = plotRow(&b, found, r, y)
	}
	height := y + 6
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %[1]d %[2]d" width="%[1]d" height="%[2]d" role="img" aria-labelledby="head">
<style>%[3]s</style>
<rect class="page" width="%[1]d" height="%[2]d"/>
<text id="head" class="head" x="16" y="28">How many times as long as oaken others take</text>
<text class="soft" x="16" y="46">%[5]s; shorter is better. Each group has a scale of its own.</text>
%[4]s</svg>
`, plotWidth, height, style, b.String(), kind)
}

// plotBar is one bar of a row.
type plotBar struct {
	column
	ratio float64
	time  float64
	torn  bool // too long to be drawn to scale
}

// plotRow draws a row at y, and returns where the next one begins.
func plotRow(b *strings.Builder, found *results, r row, y int) int {
	bars := barsIn(found, r.name)
	if len(bars) == 0 {
		return y
	}
	scale := tear(bars)
	fmt.Fprintf(b, "<text class=\"title\" x=\"16\" y=\"%d\">%s</text>\n", y+14, html.EscapeString(r.title))
	y += 24
	for _, bar := range bars {
		bar.draw(b, y, scale)
		y += barStep
	}
	return y + 12
}

// barsIn returns the bars of a row, the shortest first.
func barsIn(found *results, row string) []plotBar {
	var bars []plotBar
	our := found.at(row, ours)
	if our == nil {
		return nil
	}
	of := func(c *cell) []float64 {
		if found.busy() {
			return c.processor
		}
		return c.seconds
	}
	for _, c := range columns {
		if one := found.at(row, c.name); one != nil {
			bars = append(bars, plotBar{column: c, ratio: median(of(one)) / median(of(our)), time: median(of(one))})
		}
	}
	slices.SortStableFunc(bars, func(a, b plotBar) int {
		if a.ratio < b.ratio {
			return -1
		}
		return 1
	})
	return bars
}

// tear marks the bars that are several times as long as the next shorter one,
// beside which the others could not be told apart. It returns the longest ratio
// that is drawn to scale.
func tear(bars []plotBar) float64 {
	last := len(bars) - 1
	for last > 1 && bars[last].ratio > 4*bars[last-1].ratio {
		bars[last].torn = true
		last--
	}
	return bars[last].ratio
}

func (p plotBar) draw(b *strings.Builder, y int, scale float64) {
	class := ""
	if p.name == ours {
		class = " ours"
	}
	width := barsWidth * min(1, p.ratio/scale)
	middle := y + 10
	title := strings.Trim(p.title, "*")
	fmt.Fprintf(b, "<text class=\"name%s\" x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n", class, nameWidth, middle+1, html.EscapeString(title))
	fmt.Fprintf(b, "<rect class=\"bar%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>\n", class, barsFrom, y, max(width, 1.5), barHeight)
	if p.torn {
		x := barsFrom + barsWidth - 30
		fmt.Fprintf(b, "<line class=\"tear\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n", x, y+barHeight+2, x+8, y-2)
	}
	fmt.Fprintf(b, "<text class=\"value%s\" x=\"%.1f\" y=\"%d\">%s× <tspan class=\"soft\">%s</tspan></text>\n",
		class, float64(barsFrom)+max(width, 1.5)+6, middle+1, times(p.ratio), duration(p.time))
}
