package financialconnections

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Every example decodes and encodes back to equal JSON.
func TestExamples(t *testing.T) {
	files, err := filepath.Glob("../../testdata/examples/*.json")
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(files), 10)
	for _, name := range files {
		data, err := os.ReadFile(name)
		require.NoError(t, err)
		t.Run(filepath.Base(name), func(t *testing.T) { roundTrip(t, data) })
	}
}

// The examples of the reference documents, where they are at hand.
func TestReferenceExamples(t *testing.T) {
	dir := os.Getenv("SPEC_SEEDS")
	if dir == "" {
		dir = "../../../shared/seeds"
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	require.NoError(t, err)
	if len(files) == 0 {
		t.Skip("skipped: no reference documents; name their folder in SPEC_SEEDS")
	}
	count := 0
	for _, name := range files {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		for _, example := range examplesIn(string(text)) {
			roundTrip(t, example)
			count++
		}
	}
	require.Greater(t, count, 10)
}

// examplesIn returns the JSON objects in a text, outermost first. An object
// that is not JSON is passed over, and what is inside it is tried.
func examplesIn(text string) [][]byte {
	var out [][]byte
	for {
		i := strings.IndexByte(text, '{')
		if i < 0 {
			return out
		}
		text = text[i:]
		var example json.RawMessage
		if err := json.NewDecoder(strings.NewReader(text)).Decode(&example); err != nil {
			text = text[1:]
			continue
		}
		text = text[len(example):]
		if json.Valid(example) && strings.Contains(string(example), `"object"`) {
			out = append(out, example)
		}
	}
}

func roundTrip(t *testing.T, data []byte) {
	t.Helper()
	into := newFor(t, data)
	require.NoError(t, Unmarshal(data, into), "%s", data)
	back, err := Marshal(into)
	require.NoError(t, err)
	require.JSONEq(t, string(data), string(back))
}

// newFor picks the type by the object's own word for what it is.
func newFor(t *testing.T, data []byte) object {
	t.Helper()
	var head struct{ Object string }
	require.NoError(t, json.Unmarshal(data, &head))
	switch head.Object {
	case "financial_connections.account", "linked_account":
		return new(Account)
	case "financial_connections.session":
		return new(Session)
	case "list":
		return new(AccountList)
	case "":
		return new(ErrorResponse)
	}
	t.Fatalf("no type for %q", head.Object)
	return nil
}

// What an operation answers may be put into other structs, and into what
// encoding/json reads and writes.
func TestAnswersInOtherStructs(t *testing.T) {
	var members []string
	for member, name := range map[string]string{"Account": "account_linked.json", "Session": "session_collected.json", "List": "account_list.json"} {
		data, err := os.ReadFile("../../testdata/examples/" + name)
		require.NoError(t, err)
		members = append(members, `"`+member+`":`+string(data))
	}
	data := "{" + strings.Join(members, ",") + "}"
	var all struct {
		Account Account
		Session *Session
		List    AccountList
	}
	require.NoError(t, json.Unmarshal([]byte(data), &all))
	require.NotEmpty(t, all.Account.ID)
	require.NotEmpty(t, all.Session.Accounts.Data)
	require.NotEmpty(t, all.List.Data)
	back, err := json.Marshal(all)
	require.NoError(t, err)
	require.JSONEq(t, data, string(back))
}
