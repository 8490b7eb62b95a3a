// Command calls calls the package that is generated from the document beside
// it, and a server that says what it gets.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"

	"program/golden"
)

// seen is what the server got last, and reply what it answers next.
var (
	seen  string
	reply func(w http.ResponseWriter)
)

func serve(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	seen = strings.TrimSpace(fmt.Sprintf("%s %s %s %s %s|%s|%s", r.Method, r.URL, r.Header.Get("Content-Type"), body,
		r.Header.Get("Authorization"), r.Header.Get("X-Key"), r.Header.Get("Cookie")))
	reply(w)
}

func answer(status int, contentType, body string) {
	reply = func(w http.ResponseWriter) {
		w.Header().Set("Content-Type", contentType)
		w.Header().Set("ETag", "e1")
		w.Header().Set("X-Left", "7")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

func check(what string, ok bool, about ...any) {
	if !ok {
		fmt.Println(what, about, seen)
		defer os.Exit(1)
	}
}

func main() {
	server := httptest.NewServer(http.HandlerFunc(serve))
	defer server.Close()
	ctx := context.Background()
	c := golden.NewClient(golden.Credentials{
		Oauth: golden.StaticToken("t_1"), APIKey: "k_1", Tenant: "me",
	}, golden.WithBaseURL(server.URL), golden.WithMaxRetries(0))
	successes(ctx, c)
	failures(ctx, c)
	others(ctx, c)
	choices(ctx, c)
	bodies(ctx, c)
	credentials(ctx, c)
}

func commit(ctx context.Context, c *golden.Client, opts ...golden.Option) (*golden.FileCommitResult, error) {
	return c.Files.Commit(ctx, "f", &golden.FileCommitParams{Body: "héllo"}, opts...)
}

func successes(ctx context.Context, c *golden.Client) {
	var headers golden.FileCommitHeaders
	answer(201, "application/json", `{"id":"f_1"}`)
	r, err := commit(ctx, c, golden.WithHeaders(&headers))
	check("created", err == nil && r.StatusCode == 201 && r.Created.ID == "f_1" && r.Accepted.State == golden.StateAbsent && r.Success == nil, r, err)
	check("headers", headers.ETag.Value == "e1" && headers.XLeft.Value == 7, headers)
	check("sent", seen == "POST /files/f/commit text/plain; charset=utf-8 héllo Bearer t_1||")

	answer(202, "text/plain", "soon")
	r, err = commit(ctx, c)
	check("accepted", err == nil && r.Accepted.Value == "soon" && r.Created == nil, r, err)

	answer(204, "", "")
	r, err = commit(ctx, c)
	check("nothing", err == nil && r.StatusCode == 204 && r.Created == nil, r, err)

	answer(206, "image/png", "PNG")
	r, err = commit(ctx, c)
	check("bytes", err == nil, err)
	bytes, err := io.ReadAll(r.Success)
	check("bytes", err == nil && string(bytes) == "PNG" && r.Success.Close() == nil, err)
}

func failures(ctx context.Context, c *golden.Client) {
	answer(409, "application/json", `{"by":"you"}`)
	_, err := commit(ctx, c)
	e, ok := errors.AsType[*golden.Error](err)
	var conflict golden.FileCommitConflictError
	check("conflict", ok && e.Status == 409 && e.Decode(&conflict) == nil && conflict.By == "you", err)

	answer(422, "application/json", `["a","b"]`)
	_, err = commit(ctx, c)
	e, ok = errors.AsType[*golden.Error](err)
	var list golden.FileCommitUnprocessableEntityErrorBody
	check("mistakes", ok && e.Decode(&list) == nil && len(list.Value) == 2, err)

	answer(500, "application/problem+json", `{"title":"No"}`)
	_, err = commit(ctx, c)
	e, ok = errors.AsType[*golden.Error](err)
	var problem golden.Problem
	check("problem", ok && e.Decode(&problem) == nil && problem.Title.Value == "No", err)
}

func others(ctx context.Context, c *golden.Client) {
	answer(200, "application/json", "3")
	n, err := c.Count.Retrieve(ctx)
	check("count", err == nil && n.Value == 3, n, err)
	check("AND", seen == "GET /count   |k_1|tenant=me")
	answer(200, "application/json", "null")
	n, err = c.Count.Retrieve(ctx)
	check("no count", err == nil && n.State == golden.StateNull, n, err)

	answer(204, "", "")
	err = c.Count.Replace(ctx, &golden.CountReplaceParams{Body: golden.Int(5)})
	check("replace", err == nil && seen == "PUT /count application/json 5 ||", err)
	check("too much", c.Count.Replace(ctx, &golden.CountReplaceParams{Body: golden.Int(11)}) != nil)

	answer(200, "text/html", "<p>")
	text, err := c.Notes.Create(ctx, &golden.NoteCreateParams{Kind: "box", Box: golden.NoteCreateBox{A: "x"}})
	check("note", err == nil && text == "<p>" && strings.Contains(seen, "box=%7B%22a%22%3A%22x%22%7D&kind=box"), text, err)
	_, err = c.Notes.Create(ctx, &golden.NoteCreateParams{Kind: "box", Text: "x"})
	check("mixed up", err != nil)
}

// choices sends what may be a text or an object, which is JSON in a form.
func choices(ctx context.Context, c *golden.Client) {
	answer(204, "", "")
	where, raw := &golden.ChoicesWhereObject{City: "x"}, golden.Raw(`{"a":[1]}`)
	err := c.Choices.Create(ctx, &golden.ChoiceCreateParams{Where: where, Any: raw})
	check("form", err == nil && strings.Contains(seen, "any=%7B%22a%22%3A%5B1%5D%7D&where=%7B%22city%22%3A%22x%22%7D ||"), err)
	err = c.Choices.Create(ctx, &golden.ChoiceCreateParams{Where: golden.ChoicesWhereString("a b"), Any: golden.Raw("[1,2]")})
	check("form of texts", err == nil && strings.Contains(seen, " any=1&any=2&where=a+b ||"), err)

	const head = "Content-Disposition: form-data; name="
	err = c.Choices.ReplaceAll(ctx, &golden.ChoiceReplaceAllParams{Where: where, Any: raw})
	check("parts", err == nil && strings.Contains(seen, head+"\"any\"\r\nContent-Type: application/json\r\n\r\n{\"a\":[1]}\r\n") &&
		strings.Contains(seen, head+"\"where\"\r\nContent-Type: application/json\r\n\r\n{\"city\":\"x\"}\r\n"), err)
	err = c.Choices.ReplaceAll(ctx, &golden.ChoiceReplaceAllParams{Where: golden.ChoicesWhereString("a b")})
	check("parts of texts", err == nil && strings.Contains(seen, head+"\"where\"\r\n\r\na b\r\n"), err)
}

// bodies sends what an empty value of a body comes to.
func bodies(ctx context.Context, c *golden.Client) {
	answer(204, "", "")
	err := c.Bodies.Create(ctx, &golden.BodyCreateParams{})
	check("object without members", err == nil && seen == "POST /bodies application/json {} ||", err)
	err = c.Bodies.ReplaceAll(ctx, &golden.BodyReplaceAllParams{Body: []string{}})
	check("empty list", err == nil && seen == "PUT /bodies application/json [] ||", err)
	err = c.Bodies.ReplaceAll(ctx, nil)
	check("no list", err != nil && err.Error() == "the body is required", err)
	err = c.Bodies.UpdateAll(ctx, &golden.BodyUpdateAllParams{Body: map[string]string{}})
	check("empty map", err == nil && seen == "PATCH /bodies application/json {} ||", err)
	err = c.Bodies.UpdateAll(ctx, nil)
	check("no map", err == nil && seen == "PATCH /bodies   ||", err)
	err = c.Bodies.Touch.Create(ctx, golden.WithParam("a", "b"))
	check("no body", err == nil && seen == "POST /bodies/touch?a=b   ||", err)
	err = c.Bodies.Touch.Replace(ctx)
	check("empty form", err == nil && seen == "PUT /bodies/touch application/x-www-form-urlencoded  ||", err)
}

func credentials(ctx context.Context, c *golden.Client) {
	answer(200, "application/json", "3")
	both := golden.WithCredentials(golden.Credentials{Login: golden.BasicCredentials{Username: "a", Password: "b"}, APIKey: "k"})
	_, err := c.Count.Retrieve(ctx, both)
	check("OR", err == nil && seen == "GET /count   Basic YTpi||", err)

	seen = ""
	_, err = c.Count.Retrieve(ctx, golden.WithCredentials(golden.Credentials{APIKey: "k"}))
	check("missing", err != nil && seen == "" && strings.Contains(err.Error(), "Login, or APIKey and Tenant"), err)
	_, err = commit(ctx, c, both)
	check("no token", err != nil && seen == "" && strings.Contains(err.Error(), "Oauth"), err)
	expired := errors.New("expired")
	_, err = commit(ctx, c, golden.WithCredentials(golden.Credentials{Oauth: func(context.Context) (string, error) { return "", expired }}))
	check("no token to be had", errors.Is(err, expired) && seen == "", err)
}
