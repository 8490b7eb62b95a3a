package output

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// A row is what a name is in the stand-in, when that was made, and in the
// folder: words that differ are files that differ. What becomes of the folder's
// is there with the stand-in in the folder's place, and beside it.
func TestDecide(t *testing.T) {
	for _, row := range []string{
		// stand-in, base, folder: in place, beside
		"- - -: leave leave",
		"hand hand hand: leave leave",
		"hand hand hand2: leave leave", // replaced in the folder
		"hand hand -: leave leave",     // deleted in the folder
		"hand2 hand hand: bring bring", // replaced in the stand-in
		"hand2 hand -: bring bring",
		"hand2 hand hand1: bring bring", // replaced in both: the newer one
		"hand1 hand hand2: leave leave",
		"hand - -: bring bring", // new in the stand-in
		"hand2 - hand1: bring bring",
		"hand1 - hand2: leave leave",
		"- hand hand: drop drop", // deleted in the stand-in
		"- hand hand2: leave leave",
		"- hand -: leave leave",
		"- - hand: leave leave", // new in the folder
		"- - gen: drop leave",   // stale
		"gen - -: bring leave",
		"gen2 - gen: bring leave",
		"gen - gen: leave leave",
		"gen - hand: leave leave", // in the way
		"gen hand hand: bring leave",
		"hand - gen: bring bring", // a file of the user's, instead of a generated one
		"gen - link-gen: bring leave",
		"- - link-gen: leave leave", // a link is nobody's but the user's
		"link-x link-x link-x: leave leave",
		"link-y link-x link-x: bring bring",
		"link-x - -: bring bring",
		"link-folder link-folder dir: leave leave", // stands in for a folder
		"- link-folder dir: leave leave",
		"hand link-folder dir: clash clash",
		"dir - -: leave bring",
		"dir - dir: leave leave",
		"dir2 link-folder dir: leave clash",
		"dir - hand: leave clash",
	} {
		names, want, _ := strings.Cut(row, ": ")
		words, actions := strings.Fields(names), strings.Fields(want)
		made := map[string]os.FileInfo{}
		var entries []entry
		for _, word := range words {
			entries = append(entries, make1(t, word, made))
		}
		for i, all := range []bool{true, false} {
			got := decide("folder", entries[0], entries[1], entries[2], all)
			require.Equal(t, actions[i], actionNames[got], "%s, with all %v", row, all)
		}
	}
}

var actionNames = map[action]string{leave: "leave", bring: "bring", drop: "drop", clash: "clash"}

// make1 makes what a word of a row says. The same word is the same file.
func make1(t *testing.T, word string, made map[string]os.FileInfo) entry {
	t.Helper()
	dir := t.TempDir()
	e := entry{path: filepath.Join(dir, "x.go")}
	switch {
	case word == "-":
		return e
	case strings.HasPrefix(word, "link-gen"):
		put(t, dir, "gen", generated("x"))
		require.NoError(t, os.Symlink("gen", e.path))
	case strings.HasPrefix(word, "link-"):
		require.NoError(t, os.Symlink(strings.TrimPrefix(word, "link-"), e.path))
	case strings.HasPrefix(word, "dir"):
		require.NoError(t, os.Mkdir(e.path, 0o777))
	case strings.HasPrefix(word, "gen"):
		put(t, dir, "x.go", generated("x"))
	default:
		put(t, dir, "x.go", []byte("package hand"))
		at := time.Unix(int64(word[len(word)-1]), 0) // hand2 is newer than hand1
		require.NoError(t, os.Chtimes(e.path, at, at))
	}
	e = look(dir, "x.go")
	if info, ok := made[word]; ok {
		e.info = info
	}
	made[word] = e.info
	return e
}
