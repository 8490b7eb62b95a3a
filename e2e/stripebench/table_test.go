package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/oaken-go/oaken/e2e/bars"
	"github.com/stretchr/testify/require"
)

func TestTable(t *testing.T) {
	found := table{bars.Table{About: []string{"go1.26, 2 CPUs"}}}
	found.ratio("ours : theirs, time", 3, 2, 1.5, "3.00 s : 2.00 s")
	file := filepath.Join(t.TempDir(), "table.md")
	require.NoError(t, found.saveMarkdown(file))
	content, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Contains(t, string(content), `
- go1.26, 2 CPUs

| bar | measured | limit |  | from |
|---|---|---|---|---|
| ours : theirs, time | 1.50 | at most 1.50 | ok | 3.00 s : 2.00 s |
`)
}

func TestSpread(t *testing.T) {
	at := func(seconds ...time.Duration) (c costs) {
		for _, s := range seconds {
			c = append(c, cost{wall: s * time.Second, cpu: time.Second, peak: 5_000_000})
		}
		return c
	}
	require.Equal(t, spread{min: 1, median: 2, max: 9, count: 3}, at(9, 1, 2).wall())
	require.Equal(t, spread{min: 1, median: 2.5, max: 9, count: 4}, at(9, 1, 2, 3).wall())
	require.Equal(t, "2.00 s (1.00 to 9.00)", at(9, 1, 2).wall().seconds())
	require.Equal(t, "2.00 s", at(2).wall().seconds())
	require.Equal(t, "5 MB (5 to 5)", at(1, 2).peak().megabytes())
}
