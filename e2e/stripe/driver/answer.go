package driver

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math/big"
	"reflect"
	"slices"
)

// answer compares the result with what the server sent: as it is decoded, and
// once all that is expanded in it is decoded too.
func (r *runner) answer(o *Outcome, e *exchange, result reflect.Value) {
	if e.status != 200 {
		o.problem("the server answers %d", e.status)
	}
	if !result.IsValid() {
		return
	}
	if stream, ok := result.Interface().(io.ReadCloser); ok {
		o.stream(e, stream)
		return
	}
	o.encoded(e, result, "the result")
	w := r.walk(result)
	o.Expanded = w.expanded
	for _, wrong := range w.wrong {
		o.problem("%s", wrong)
	}
	o.encoded(e, result, "the result with its objects")
	if err := r.check(result.Interface()); err != nil {
		o.note("the answer is not what the document says: %v", err)
	}
}

// encoded compares what a result is encoded as with what the server sent.
func (o *Outcome) encoded(e *exchange, result reflect.Value, what string) {
	have, err := json.Marshal(result.Interface())
	if err != nil {
		o.problem("%s can't be encoded: %v", what, err)
	} else if difference := unequal(e.answer, have); difference != "" {
		o.problem("%s differs from the answer: %s", what, difference)
	}
}

// stream compares a result that is read as it comes.
func (o *Outcome) stream(e *exchange, stream io.ReadCloser) {
	defer stream.Close()
	have, err := io.ReadAll(stream)
	if err != nil {
		o.problem("the stream can't be read: %v", err)
	} else if !bytes.Equal(have, e.answer) {
		o.problem("the stream holds %q, the answer %q", have, e.answer)
	}
}

// unequal says where two JSON documents differ. The order of members doesn't
// count; numbers count by their exact value.
func unequal(want, have []byte) string {
	w, err := parse(want)
	if err != nil {
		return err.Error()
	}
	h, err := parse(have)
	if err != nil {
		return err.Error()
	}
	return differ("$", w, h)
}

func parse(data []byte) (value any, err error) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	err = decoder.Decode(&value)
	return value, err
}

func differ(path string, want, have any) string {
	switch w := want.(type) {
	case map[string]any:
		if h, ok := have.(map[string]any); ok {
			return differObjects(path, w, h)
		}
	case []any:
		if h, ok := have.([]any); ok && len(h) == len(w) {
			return differLists(path, w, h)
		}
	case json.Number:
		if h, ok := have.(json.Number); ok && sameNumber(w, h) {
			return ""
		}
	default:
		if want == have {
			return ""
		}
	}
	return fmt.Sprintf("%s is %s, want %s", path, text(have), text(want))
}

func differObjects(path string, want, have map[string]any) string {
	names := maps.Clone(want)
	maps.Copy(names, have)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		w, wanted := want[name]
		h, there := have[name]
		switch {
		case !there:
			return fmt.Sprintf("%s.%s is missing, want %s", path, name, text(w))
		case !wanted:
			return fmt.Sprintf("%s.%s is %s, want none", path, name, text(h))
		}
		if difference := differ(path+"."+name, w, h); difference != "" {
			return difference
		}
	}
	return ""
}

func differLists(path string, want, have []any) string {
	for i := range want {
		if difference := differ(fmt.Sprintf("%s[%d]", path, i), want[i], have[i]); difference != "" {
			return difference
		}
	}
	return ""
}

func sameNumber(a, b json.Number) bool {
	x, ok := new(big.Rat).SetString(a.String())
	y, also := new(big.Rat).SetString(b.String())
	return ok && also && x.Cmp(y) == 0
}

// text shows the beginning of a value.
func text(value any) string {
	data, err := json.Marshal(value)
	if err != nil {
		return err.Error()
	}
	if len(data) > 120 {
		return string(data[:120]) + "..."
	}
	return string(data)
}
