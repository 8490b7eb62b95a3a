package load

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"
)

// The limits of what is fetched; those of files hold as well.
const (
	fetchTime    = 30 * time.Second
	maxFetched   = 100
	maxRedirects = 5
)

// deniedError is why an address is not fetched.
type deniedError struct{ reason string }

func (e *deniedError) Error() string { return e.reason }

// allows tells whether an address may be fetched.
func (r *reader) allows(u *url.URL) bool { return r.denied(u) == nil }

// denied tells why an address may not be fetched: its host has to be on the
// list, and unless it is this machine, the connection has to be encrypted.
func (r *reader) denied(u *url.URL) error {
	host := strings.ToLower(u.Host)
	switch {
	case u.User != nil:
		return &deniedError{"holds a user name or a password: nothing is sent with a request, so remove them"}
	case u.Scheme != "https" && u.Scheme != "http":
		return &deniedError{"is not fetched: only https is"}
	case !slices.ContainsFunc(r.options.AllowHosts, func(h string) bool { return strings.ToLower(h) == host }):
		return &deniedError{fmt.Sprintf("is on a network: copy it into the document's folder and refer to it by a relative path, or allow it with --allow-host %s", host)}
	case u.Scheme == "http" && !loopback(u.Hostname()):
		return &deniedError{"would be fetched unencrypted: write https"}
	}
	return nil
}

func loopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

// readURL fetches a file. Nothing is sent but the address: no cookies, no
// credentials from anywhere, and no proxy is asked, which might need some.
func (r *reader) readURL(ctx context.Context, u *url.URL) (*source, error) {
	name := u.String()
	if s, ok := r.files[name]; ok {
		return s, nil
	}
	if err := r.denied(u); err != nil {
		return nil, err
	}
	if r.fetched++; r.fetched > maxFetched || len(r.files) >= maxFiles {
		return nil, errTooMany
	}
	ctx, cancel := context.WithTimeout(ctx, fetchTime)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, name, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Accept", "application/json, application/yaml, */*")
	client := &http.Client{Transport: r.transport(), CheckRedirect: r.redirect}
	response, err := client.Do(request)
	if err != nil {
		return nil, unwrapped(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the server answers %s", response.Status)
	}
	s := &source{name: name, abs: name, reader: r}
	return r.parse(ctx, s, response.Body, response.Request.URL), nil
}

func (r *reader) transport() *http.Transport {
	return &http.Transport{
		DialContext:            (&net.Dialer{Timeout: fetchTime / 3}).DialContext,
		TLSHandshakeTimeout:    fetchTime / 3,
		ResponseHeaderTimeout:  fetchTime,
		MaxResponseHeaderBytes: 1 << 16,
		DisableKeepAlives:      true,
		ForceAttemptHTTP2:      true,
	}
}

func (r *reader) redirect(next *http.Request, before []*http.Request) error {
	next.Header.Del("Referer")
	if len(before) > maxRedirects {
		return errors.New("the server redirects more than 5 times")
	}
	if err := r.denied(next.URL); err != nil {
		return fmt.Errorf("the server redirects to %s, which %w", next.URL.Redacted(), err)
	}
	return nil
}

// unwrapped drops what the HTTP library puts around an error, which is the
// address that the message has already.
func unwrapped(err error) error {
	var around *url.Error
	if errors.As(err, &around) {
		return around.Err
	}
	return err
}

// remote tells whether a file came over a network.
func (s *source) remote() bool { return s.self.at.Scheme != "file" }
