package emit

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// FuzzLineWord: a word is read back as the text that it stands for, and nothing
// in it ends the word, the line or the raw string around it.
func FuzzLineWord(f *testing.F) {
	for _, s := range []string{"", "id", "a b", "a\tb", "a\nb", "a\r\nb", "`", "\"", "\\", "$ref", "x=y", "größe", "\xff", "\u2028", "\ufeff", "a|b", "[]", "required"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		word := lineWord(s)
		require.NotEmpty(t, word)
		require.False(t, strings.ContainsAny(word, " \t\r\n`"), word)
		if !strings.HasPrefix(word, `"`) {
			require.Equal(t, s, word)
			return
		}
		back, err := strconv.Unquote(word)
		require.NoError(t, err)
		require.Equal(t, s, back)
	})
}
