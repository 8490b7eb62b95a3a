package support

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
)

// This file is for clients whose document has several credentials, of which an
// operation may ask for any.

// newSecuredCore is newCore for a client with any credentials.
func newSecuredCore(a *api, list []*credential, opts []Option) *core {
	return makeCore(newSettings(a, severalProver(list), opts))
}

// basicCredential is a user name with a password (RFC 7617).
func basicCredential(name string, b BasicCredentials) *credential {
	pair := b.Username + ":" + b.Password
	c := valueCredential(name, "Authorization", "Basic "+basicPair(pair), pair, b.Password)
	c.given = b != BasicCredentials{}
	switch {
	case strings.Contains(b.Username, ":"):
		c.bad = fmt.Errorf("the user name of %s has a colon", name)
	case !plainText(pair):
		c.bad = fmt.Errorf("%s has a control character", name)
	}
	return c
}

// severalProver is the prover of a client that has several credentials. It takes
// the first alternative of which everything is there.
func severalProver(all []*credential) prover {
	return func(asked [][]string, header http.Header) ([]*credential, error) {
		return pickAlternative(all, asked, header)
	}
}

func pickAlternative(all []*credential, asked [][]string, header http.Header) ([]*credential, error) {
	open := len(asked) == 0
	var missing error
	for _, names := range asked {
		if len(names) == 0 {
			open = true
			continue
		}
		list, err := pickCredentials(all, names, header)
		if err == nil {
			return list, nil
		}
		if missing == nil {
			missing = err
		}
		if errors.Is(err, errNotGiven) {
			continue
		}
		return nil, err
	}
	switch {
	case open:
		return nil, nil
	case len(asked) > 1:
		return nil, fmt.Errorf("the request needs %s: set them in Credentials", alternativesOf(asked))
	}
	return nil, missing
}

var errNotGiven = errors.New("set it in Credentials, or its header")

// pickCredentials returns those of some names which the request does not have.
func pickCredentials(all []*credential, names []string, header http.Header) ([]*credential, error) {
	var out []*credential
	for _, name := range names {
		for i, c := range all {
			switch {
			case c.name != name || c.there(header):
				continue
			case !c.given:
				return nil, fmt.Errorf("the request needs %s, and %s is missing: %w", strings.Join(names, " and "), name, errNotGiven)
			case c.bad != nil:
				return nil, c.bad
			}
			if out == nil {
				out = all[i : i+1 : i+1]
			} else {
				out = append(out, c)
			}
		}
	}
	return out, nil
}

// alternativesOf writes alternatives for people.
func alternativesOf(asked [][]string) string {
	var list []string
	for _, names := range asked {
		if len(names) > 0 {
			list = append(list, strings.Join(names, " and "))
		}
	}
	return strings.Join(list, ", or ")
}

// withCredentials is the option that uses others of several credentials.
func withCredentials(list []*credential) Option {
	return func(s *settings) { s.prover = severalProver(list) }
}
