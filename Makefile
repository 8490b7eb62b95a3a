GO ?= go

.PHONY: help generate check test vet fmt golden edits race jsonv2 mutate bench bench-stripe conformance profile-stripe fuzz

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "%-15s %s\n", $$1, $$2}'

generate: ## write generated/ from spec/ (the main job), and the package of the example
	$(GO) run ./cmd/gen
	cd examples/downstream && $(GO) generate ./...

check: ## tell whether what is generated is up to date, write nothing
	$(GO) run ./cmd/gen check
	cd examples/downstream && $(GO) tool gen check

TIMEOUT ?= 30m

test: ## run every test, those against the mock server included
	$(GO) test -timeout $(TIMEOUT) ./...
	cd examples/downstream && $(GO) test ./...
	cd e2e && $(GO) test -timeout $(TIMEOUT) ./...

race: ## run the tests of the support code and of packages with the race detector, which checks pointers too (checkptr)
	$(GO) test -race -short -timeout $(TIMEOUT) ./templates/support ./generated/...
	cd e2e && $(GO) test -race -short ./codec

jsonv2: ## run the tests about JSON where encoding/json is its version 2 underneath, and on version 2 itself
	GOEXPERIMENT=jsonv2 $(GO) test -short ./templates/support ./generated/...
	cd e2e && GOEXPERIMENT=jsonv2 $(GO) test -short ./codec

mutate: ## seed each bug of e2e/mutation/bugs in the support code and see the tests fail (FLAGS=-help)
	cd e2e && $(GO) run ./mutation $(FLAGS)

vet: ## vet every package
	$(GO) vet ./...
	cd examples/downstream && $(GO) vet ./...
	cd e2e && $(GO) vet ./...

fmt: ## fail if a Go file is not formatted
	@out=$$(git ls-files -z '*.go' | xargs -0 gofmt -l); \
	if [ -n "$$out" ]; then echo "not formatted:"; echo "$$out"; exit 1; fi

golden: ## rewrite the expectations in testdata/golden and testdata/reports from what the generator does now
	$(GO) test ./generator ./generator/render -run Golden -update

edits: ## show what each edit of testdata/edits.yaml changes, beside oapi-codegen (MARKDOWN=FILE to keep the table, FLAGS=-help)
	cd e2e && $(GO) run ./edits $(if $(MARKDOWN),-markdown $(abspath $(MARKDOWN))) $(FLAGS)

ROUNDS ?= 10

bench: ## time codec, forms, validation and calls beside other libraries, in turns (ROUNDS, default 10), and write docs/bench.md; ROWS=list or CODECS=jx for some alone
	cd e2e && $(GO) run ./bench/compare -rounds $(ROUNDS) $(if $(ROWS),-rows '$(ROWS)') $(if $(CODECS),-codecs '$(CODECS)') $(FLAGS)

bench-stripe: ## measure generating and compiling Stripe's whole document beside other tools (MARKDOWN=FILE to keep the table, FLAGS=-help)
	cd e2e && $(GO) run ./stripebench $(if $(MARKDOWN),-markdown $(abspath $(MARKDOWN))) $(FLAGS)

conformance: ## run the JSON Schema Test Suite of SPEC_CORPUS against generated packages (MARKDOWN=FILE to keep the table, FLAGS=-help)
	cd e2e/conformance && $(GO) run . $(if $(MARKDOWN),-markdown $(abspath $(MARKDOWN))) $(FLAGS)

profile-stripe: ## show where the time of generating Stripe's whole document goes
	cd e2e && $(GO) run ./stripebench -profile $(FLAGS)

fuzz: ## run each fuzz target for FUZZTIME (default 60s)
	@grep -roE '^func Fuzz[A-Za-z0-9]+' --include='*_test.go' templates generator e2e | sed 's/:func / /' | while read -r file target; do \
		echo "$$target in $$file"; \
		(cd "$$(dirname "$$file")" && $(GO) test . -run '^$$' -fuzz "^$$target$$" -fuzztime $${FUZZTIME:-60s} -fuzzminimizetime 10x) || exit 1; done
