package support

import (
	"encoding/json"
	"errors"
	"math"
	"math/big"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// syntaxCase is a line of testdata/syntax.txt, which says what the verdicts
// mean.
type syntaxCase struct{ verdict, text, why string }

func syntaxCases(t testing.TB) []syntaxCase {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "testdata", "syntax.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var cases []syntaxCase
	seen := map[string]bool{}
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		verdict, rest, _ := strings.Cut(line, " ")
		c := syntaxCase{verdict: verdict}
		c.text, c.why = syntaxText(t, rest)
		if seen[c.text] || c.why == "" {
			t.Fatalf("a case is there twice, or does not say why: %s", line)
		}
		seen[c.text] = true
		cases = append(cases, c)
	}
	return cases
}

// syntaxText returns the text that a line begins with, and what is left of it.
func syntaxText(t testing.TB, line string) (text, rest string) {
	t.Helper()
	for rest = strings.TrimSpace(line); rest != "" && (rest[0] == '"' || rest[0] == '`'); rest = strings.TrimSpace(rest) {
		quoted, err := strconv.QuotedPrefix(rest)
		if err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		part, _ := strconv.Unquote(quoted)
		rest = rest[len(quoted):]
		if after, repeated := strings.CutPrefix(rest, "*"); repeated {
			number, left, _ := strings.Cut(after, " ")
			n, err := strconv.Atoi(number)
			if err != nil {
				t.Fatalf("%v in %s", err, line)
			}
			part, rest = strings.Repeat(part, n), left
		}
		text += part
	}
	return text, rest
}

// asMember is where the text of a case stands as a member's value: for a field
// that takes any value, for none, and for one of a map of any values. Deep
// within them the limits are reached sooner, so each is one level only.
var asMember = map[string]string{
	"known":          `{"raw":%}`,
	"known optional": `{"opt_raw":%}`,
	"known, spaced":  "{\n  \"opt_raw\" : % \n}",
	"known, between": `{"string":"a","raw":%,"slice":[1]}`,
	"known, twice":   `{"raw":1,"raw":%}`,
	"unknown":        `{"what":%}`,
	"unknown, first": `{"what":%,"bool":true}`,
	"unknown, last":  `{"bool":true,"what":%}`,
	"unknown, wild":  `{"wh\u0061t":%}`,
}

// asElement is where the text of a case stands in a list, in which what is a
// list without its brackets is fine.
var asElement = map[string]string{
	"known":    `{"raws":[%]}`,
	"later":    `{"raws":[0,%]}`,
	"unknown":  `{"what":[%]}`,
	"optional": `{"opts":[],"opt_raw":[%,1]}`,
}

// TestSyntaxCases reads each case as a document, as a member with a field and
// as one without. encoding/json says of each whether the verdict can be right.
func TestSyntaxCases(t *testing.T) {
	cases := syntaxCases(t)
	if len(cases) < 400 {
		t.Errorf("%d cases", len(cases))
	}
	for _, c := range cases {
		short := c.text[:min(len(c.text), 40)]
		valid := c.verdict == "yes" || c.verdict == "text" || c.verdict == "deep"
		if json.Valid([]byte(c.text)) != valid {
			t.Errorf("%q (%s): to encoding/json it is not %q", short, c.why, c.verdict)
		}
		for how, err := range aloneErrors(c.text) {
			if (err == nil) != (c.verdict == "yes") {
				t.Errorf("%q (%s), %s: %v, want %q", short, c.why, how, err, c.verdict)
			}
		}
		for how, around := range asMember {
			document := strings.Replace(around, "%", c.text, 1)
			if json.Valid([]byte(document)) != (valid || c.verdict == "cut") {
				t.Errorf("%q (%s), %s: to encoding/json it is not %q", short, c.why, how, c.verdict)
			}
			c.decodes(t, how, document, c.verdict == "yes" || c.verdict == "cut")
		}
		for how, around := range asElement {
			document := strings.Replace(around, "%", c.text, 1)
			c.decodes(t, how+" element", document, json.Valid([]byte(document)) && c.verdict != "text" && c.verdict != "deep")
		}
	}
}

// aloneErrors reads a text as whole documents that may be anything.
func aloneErrors(text string) map[string]error {
	errs := map[string]error{}
	errs["untyped"] = Unmarshal([]byte(text), new(anyThing))
	if isAboutType(errs["untyped"]) {
		errs["untyped"] = nil
	}
	errs["member to set"] = SetUnknownMember(new(codecAll), "what", Raw(text))
	errs["raw"] = decodeValue([]byte(text), &value{kind: kindRaw}, pointerOf(new(codecAll)), nil)
	_, errs["raw to write"] = Marshal(&codecAll{Raw: Raw(text)})
	return errs
}

// isAboutType tells whether err says that a value is of another type than a field,
// which is no matter of syntax.
func isAboutType(err error) bool {
	var failure *DecodeError
	return errors.As(err, &failure) && (strings.HasPrefix(failure.Reason, "want ") || strings.Contains(failure.Reason, "out of range"))
}

func (c syntaxCase) decodes(t *testing.T, how, document string, want bool) {
	t.Helper()
	var v codecAll
	err := decode([]byte(document), &v, nil)
	if (err == nil) != want {
		t.Errorf("%.40q (%s), %s: %v, want %q", c.text, c.why, how, err, c.verdict)
		return
	}
	var failure *DecodeError
	if err != nil && (!errors.As(err, &failure) || failure.Offset < 0 || failure.Offset > int64(len(document))) {
		t.Errorf("%.40q (%s), %s: %#v", c.text, c.why, how, err)
	}
	if err == nil && len(c.text) < 1000 && !strings.Contains(how, "twice") && !strings.HasPrefix(c.text, `{"a":1,"a"`) {
		encodesAs(t, &v, document)
	}
}

// TestSyntaxCasesOfEveryType reads each case as the value of every field, where
// only its type may be wrong of what is JSON, and nothing is right of what is
// not.
func TestSyntaxCasesOfEveryType(t *testing.T) {
	for _, c := range syntaxCases(t) {
		for i := range codecAllTable.fields {
			name, _ := json.Marshal(codecAllTable.fields[i].name)
			document := []byte(`{` + string(name) + `:` + c.text + `}`)
			err := decode(document, new(codecAll), nil)
			switch {
			case err == nil && (c.verdict == "text" || c.verdict == "deep" || !json.Valid(document)):
				t.Errorf("%.40q (%s), %s: accepted", c.text, c.why, name)
			case err != nil && (c.verdict == "yes" || c.verdict == "cut") && !isAboutType(err) && !strings.Contains(err.Error(), "base64"):
				t.Errorf("%.40q (%s), %s: %v", c.text, c.why, name, err)
			}
		}
	}
}

// TestValuesOfCases compares the values of texts and numbers with what
// encoding/json and math/big make of them.
func TestValuesOfCases(t *testing.T) {
	texts, numbers := 0, 0
	for _, c := range syntaxCases(t) {
		if c.verdict != "yes" {
			continue
		}
		var want any
		d := json.NewDecoder(strings.NewReader(c.text))
		d.UseNumber()
		if err := d.Decode(&want); err != nil {
			t.Fatal(err)
		}
		switch want := want.(type) {
		case string:
			texts++
			c.isText(t, want)
		case json.Number:
			numbers++
			c.isNumber(t, want)
		}
	}
	if texts < 30 || numbers < 35 {
		t.Errorf("%d texts, %d numbers", texts, numbers)
	}
}

func (c syntaxCase) isText(t *testing.T, want string) {
	t.Helper()
	var v codecAll
	document := `{"string":%,"enum":%,"opt_string":%,"opt_enum":%,"strings":[%,%],"map":{%:%},"map_enum":{"k":%},"union":%,"expandable":%}`
	if err := decode([]byte(strings.ReplaceAll(document, "%", c.text)), &v, nil); err != nil {
		t.Errorf("%.40q: %v", c.text, err)
		return
	}
	for _, have := range []string{v.String, string(v.Enum), v.OptString.Value, string(v.OptEnum.Value), v.Strings[0], v.Strings[1], v.Map[want], string(v.MapEnum["k"]), string(v.Union.(codecShapeName)), v.Expandable.ID} {
		if have != want {
			t.Errorf("%.40q: have %.40q, want %.40q", c.text, have, want)
		}
	}
}

func (c syntaxCase) isNumber(t *testing.T, want json.Number) {
	t.Helper()
	var v codecAll
	x, rangeErr := want.Float64()
	err := decode([]byte(`{"float":`+c.text+`,"opt_float":`+c.text+`}`), &v, nil)
	if (err == nil) != (rangeErr == nil) || err == nil && (math.Float64bits(v.Float) != math.Float64bits(x) || v.OptFloat.Value != x) {
		t.Errorf("%.40s as float: %v, %v, want %v", c.text, v.Float, err, x)
	}
	exact := new(big.Rat)
	if _, ok := exact.SetString(zeroOf(strings.TrimSpace(c.text))); !ok {
		exact.SetFrac64(1, 3) // its exponent is too large, and the number no integer of 64 bits
	}
	whole := func(low, high int64) bool {
		return exact.IsInt() && exact.Num().IsInt64() && exact.Num().Int64() >= low && exact.Num().Int64() <= high
	}
	err = decode([]byte(`{"int64":`+c.text+`}`), &v, nil)
	if fits := whole(math.MinInt64, math.MaxInt64); (err == nil) != fits || fits && v.Int64 != exact.Num().Int64() {
		t.Errorf("%.40s as int64: %d, %v", c.text, v.Int64, err)
	}
	err = decode([]byte(`{"int32":`+c.text+`}`), &v, nil)
	if fits := whole(math.MinInt32, math.MaxInt32); (err == nil) != fits || fits && int64(v.Int32) != exact.Num().Int64() {
		t.Errorf("%.40s as int32: %d, %v", c.text, v.Int32, err)
	}
}

// zeroOf spells zero without an exponent, which big.Rat would work out.
func zeroOf(text string) string {
	if mantissa, _, _ := strings.Cut(strings.ToLower(text), "e"); strings.Trim(mantissa, "-0.") == "" {
		return "0"
	}
	return text
}
