package support

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"time"
)

const (
	backoffBase = 500 * time.Millisecond
	backoffCap  = 8 * time.Second
	// longestWait is how long a server's Retry-After may be. Coming back sooner
	// than asked would be wrong, and waiting longer is for the caller to decide.
	longestWait = time.Minute
	// codeLocked is the code of a 409 that is about a lock held by another
	// request, and so passes.
	codeLocked = "lock_timeout"
)

// fate says how an attempt ended.
type fate uint8

const (
	fateDone     fate = iota
	fateFinal         // failed, and would again
	fateUnsent        // no connection: nothing was sent
	fateLost          // failed on the way: it may have arrived
	fateAnswered      // the answer is an error
	fateBroken        // the answer's body broke off, or is too long
	fateUseless       // the answer's body doesn't decode
)

// send makes attempts until one succeeds, none is left, or another would not
// help.
func (c *core) send(ctx context.Context, s *settings, req *request, out object) error {
	for retries := 0; ; retries++ {
		end, err := c.attempt(ctx, s, req, out)
		if err == nil {
			return nil
		}
		if ctx.Err() != nil || retries >= s.maxRetries || !again(s, req, end, err) {
			return err
		}
		if err = c.pause(ctx, c.wait(retries, err), err); err != nil {
			return err
		}
	}
}

// again tells whether to send the request once more.
func again(s *settings, req *request, end fate, err error) bool {
	if req.upload != nil && !req.upload.again() {
		return false
	}
	switch end {
	case fateUnsent:
		return true
	case fateLost:
		return req.repeatable
	case fateBroken:
		return req.repeatable && !errors.Is(err, ErrResponseTooLarge)
	case fateAnswered:
		e, ok := err.(*Error)
		return ok && againAfter(s, req, e)
	}
	return false
}

// againAfter tells it for an answer. The server's own word comes first.
func againAfter(s *settings, req *request, e *Error) bool {
	if s.api.retryHeader != "" {
		switch e.Header.Get(s.api.retryHeader) {
		case "true":
			return true
		case "false":
			return false
		}
	}
	switch {
	case e.Status == http.StatusConflict:
		return e.Code == codeLocked && req.repeatable
	case e.Status == http.StatusTooManyRequests:
		// With Retry-After it is an invitation to come back.
		return req.repeatable || e.Header.Get("Retry-After") != ""
	}
	return e.Status >= 500 && req.repeatable
}

// safe lists the methods that change nothing, idempotent those that do the
// same however often they are sent (RFC 9110 sections 9.2.1 and 9.2.2).
func safe(method string) bool {
	return method == http.MethodGet || method == http.MethodHead || method == http.MethodOptions
}

//go:noinline
func idempotent(method string) bool {
	return safe(method) || method == http.MethodPut || method == http.MethodDelete
}

// fateOf tells what became of a request that the HTTP client gave up. A
// response beside the error means that a redirect was refused.
func fateOf(resp *http.Response, err error) fate {
	switch {
	case resp != nil || wraps(err, isHopeless):
		return fateFinal
	case wraps(err, isUnsent):
		return fateUnsent
	}
	return fateLost
}

// wraps tells whether a test holds for an error or one within it. One walk for
// several types is less code than errors.AsType for each.
func wraps(err error, test func(error) bool) bool {
	if err == nil || test(err) {
		return err != nil
	}
	switch x := err.(type) {
	case interface{ Unwrap() error }:
		return wraps(x.Unwrap(), test)
	case interface{ Unwrap() []error }:
		for _, err := range x.Unwrap() {
			if wraps(err, test) {
				return true
			}
		}
	}
	return false
}

// isUnsent tells whether there was no connection.
func isUnsent(err error) bool {
	switch x := err.(type) {
	case *net.DNSError:
		return true
	case *net.OpError:
		return x.Op == "dial"
	}
	return false
}

// isHopeless tells whether the server is not the one that was meant, or doesn't
// speak TLS: that doesn't pass by waiting.
func isHopeless(err error) bool {
	switch err.(type) {
	case *tls.CertificateVerificationError, tls.RecordHeaderError:
		return true
	}
	return err == http.ErrSchemeMismatch
}

// wait returns the time until the next attempt: a random part of half a second
// that has doubled with each attempt up to eight seconds, so that clients that
// failed together don't return together, but no less than the server asked for.
func (c *core) wait(retries int, err error) time.Duration {
	ceiling := backoffCap
	if retries < 4 { // 0.5 s doubled four times is the cap
		ceiling = backoffBase << retries
	}
	d := time.Duration(c.random() * float64(ceiling))
	if e, ok := err.(*Error); ok {
		d = max(d, retryAfter(e.Header.Get("Retry-After"), c.now()))
	}
	return d
}

// retryAfter reads a Retry-After header: seconds, or a date (RFC 9110 section
// 10.2.3). What it can't read, or lies in the past, is no wait.
func retryAfter(value string, now time.Time) time.Duration {
	if seconds, err := strconv.ParseUint(value, 10, 31); err == nil {
		return time.Duration(seconds) * time.Second
	} else if errors.Is(err, strconv.ErrRange) {
		return 1<<63 - 1
	}
	if date, err := http.ParseTime(value); err == nil {
		return max(0, date.Sub(now))
	}
	return 0
}

// pause waits before the next attempt, or returns the error to end with.
func (c *core) pause(ctx context.Context, d time.Duration, last error) error {
	if d > longestWait {
		return fmt.Errorf("%w; not tried again: the server asks to wait longer than %v", last, longestWait)
	}
	if deadline, ok := ctx.Deadline(); ok && c.now().Add(d).After(deadline) {
		return fmt.Errorf("%w; not tried again: the context's deadline is sooner than the wait of %v", last, d)
	}
	if err := c.sleep(ctx, d); err != nil {
		return fmt.Errorf("%w while waiting to try again after: %w", err, last)
	}
	return nil
}
