package support

import (
	"strings"
	"testing"
)

// A server of the document is chosen with its variables, for a client or for a
// call, and takes the place of an operation's own.
func TestServerOfTheDocument(t *testing.T) {
	s := newClientServer(t, clientReply(200, clientOK))
	host := strings.TrimPrefix(s.URL, "http://")
	choose := func(host, version, rest string) Option {
		return withServer("http://{host}/{version}{rest}",
			serverVariable{name: "host", value: host, required: true},
			serverVariable{name: "version", value: version, fallback: "v1", values: []string{"v1", "v2"}},
			serverVariable{name: "rest", value: rest})
	}
	op := &operation{method: "GET", server: "https://nowhere.invalid/base", path: "/things"}
	for version, want := range map[string]string{"": "/v1/below/it/things", "v2": "/v2/below/it/things"} {
		s.Seen = nil
		if err := s.core.call(t.Context(), op, nil, nil, nil, []Option{choose(host, version, "/below/it")}); err != nil {
			t.Fatal(err)
		}
		if got := s.Seen[0].URI; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	for name, c := range map[string]struct {
		option Option
		want   string
	}{
		"not set":      {choose("", "", ""), `"host"`},
		"not listed":   {choose(host, "v3", ""), "none of v1, v2"},
		"not a host":   {choose("a?b", "", ""), "a query or a fragment"},
		"another host": {withServer("https://{tenant}.invalid/{tenant}/", serverVariable{name: "tenant", value: host + "/"}), "another host"},
		"no URL":       {withServer("/relative"), "http:// or https://"},
		"credentials":  {choose("user:pass@"+host, "", ""), "a user name or a password"},
	} {
		s.Seen = nil
		err := s.core.call(t.Context(), op, nil, nil, nil, []Option{c.option})
		if err == nil || !strings.Contains(err.Error(), c.want) || len(s.Seen) > 0 {
			t.Errorf("%s: %v, sent %v", name, err, s.Seen)
		}
	}
}
