package bars

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTable(t *testing.T) {
	found := Table{About: []string{"go1.26, 2 CPUs"}}
	found.AtMost("ours : theirs, time", 1.5, 1.5, "%.2f", "3.00 s : 2.00 s")
	found.AtMost("lines", 11, 10, "%.0f", "")
	found.AtLeast("times as fast", 8.9, 9, "%.1f", "")
	found.Note("files", "7", "")

	var text bytes.Buffer
	require.NoError(t, found.WriteText(&text))
	require.Equal(t, `bar                  measured  limit                 from
ours : theirs, time  1.50      at most 1.50  ok      3.00 s : 2.00 s
lines                11        at most 10    MISSED  
times as fast        8.9       at least 9.0  MISSED  
files                7                               

go1.26, 2 CPUs
`, text.String())

	require.Contains(t, found.Markdown(), `- go1.26, 2 CPUs

| bar | measured | limit |  | from |
|---|---|---|---|---|
| ours : theirs, time | 1.50 | at most 1.50 | ok | 3.00 s : 2.00 s |
| lines | 11 | at most 10 | MISSED |  |
| times as fast | 8.9 | at least 9.0 | MISSED |  |
| files | 7 |  |  |  |
`)
}
