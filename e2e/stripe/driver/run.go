package driver

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"reflect"
	"sync"
)

// Fill sets the parameters that are named in a JSON object.
type Fill func(params any, values []byte) error

// Check reports what is wrong with a result by the document.
type Check func(result any) error

// Put sets a variable for the values of a union, or an optional one, to a new
// struct, and returns that: nil where the variable is another.
type Put func(into any) any

// Expand returns the object of a reference of one type, nil where it holds an id
// alone.
type Expand func(reference any) (object any, err error)

// Main reads calls as JSON from standard input, carries them out, and writes
// their outcomes as JSON to standard output. The client has to talk to the
// server at base, through the HTTP client that it is given. Variants puts
// a struct that calls name where a pointer leads, and expansions has an entry
// for each type of references.
func Main(client func(base string, through *http.Client) any, fill Fill, check Check, variants map[string]Put, expansions map[reflect.Type]Expand) {
	base := flag.String("base", "", "the server's URL")
	workers := flag.Int("workers", 8, "how many calls run at once")
	flag.Parse()
	through := &http.Client{Transport: recorder{http.DefaultTransport}}
	r := &runner{client: client(*base, through), fill: fill, check: check, variants: variants, expansions: expansions}
	if err := r.main(os.Stdin, os.Stdout, *workers); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// runner carries out calls with one client.
type runner struct {
	client     any
	fill       Fill
	check      Check
	variants   map[string]Put
	expansions map[reflect.Type]Expand
}

func (r *runner) main(in io.Reader, out io.Writer, workers int) error {
	var calls []Call
	decoder := json.NewDecoder(in)
	decoder.UseNumber()
	if err := decoder.Decode(&calls); err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(r.all(calls, workers))
}

// all returns the outcomes in the order of the calls.
func (r *runner) all(calls []Call, workers int) []Outcome {
	outcomes := make([]Outcome, len(calls))
	next := make(chan int)
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for i := range next {
				outcomes[i] = r.one(calls[i])
			}
		})
	}
	for i := range calls {
		next <- i
	}
	close(next)
	group.Wait()
	return outcomes
}

// one carries out a call.
func (r *runner) one(call Call) (o Outcome) {
	o.Name = call.Name
	defer func() {
		if p := recover(); p != nil {
			o.problem("panic: %v", p)
		}
	}()
	ctx, tape := record(context.Background())
	result, err := r.invoke(ctx, call, call.Go[len(call.Go)-1])
	last := tape.last()
	if last == nil {
		o.problem("nothing was sent: %v", err)
		return o
	}
	for _, difference := range call.differences(last) {
		o.problem("the request differs: %s", difference)
	}
	if err != nil {
		o.problem("%v", err)
		return o
	}
	r.answer(&o, last, result)
	r.lists(call, last, result, &o)
	return o
}

func (o *Outcome) problem(format string, args ...any) {
	o.Problems = append(o.Problems, fmt.Sprintf(format, args...))
}

func (o *Outcome) note(format string, args ...any) {
	o.Notes = append(o.Notes, fmt.Sprintf(format, args...))
}
