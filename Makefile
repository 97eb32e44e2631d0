# What a person does with this checkout. Each target is a line or a script.

# No C is compiled, and every target shares one build cache.
export CGO_ENABLED := 0
export GOFLAGS := -trimpath -tags=nomsgpack $(GOFLAGS)

.PHONY: help run build check test race bench golden clean

help: ## list the targets
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

run: build ## build, and serve the demonstration programme on http://127.0.0.1:8080
	bin/thn serve --demo

build: ## build bin/thn
	scripts/web
	scripts/fonts
	go build -o bin/thn ./cmd/thn

check: ## formatting, vet, static analysis
	scripts/check

test: ## every test, on SQLite and PostgreSQL and in Chromium
	scripts/test

# The C is a driver that gorm names and nothing here runs: not worth optimising.
race: ## the tests of what runs concurrently, under the race detector (needs a C compiler)
	CGO_ENABLED=1 CGO_CFLAGS=-O0 scripts/test -race ./internal/store ./internal/intake ./internal/server

bench: ## every benchmark, on a PostgreSQL that writes to disk
	scripts/bench

golden: ## rewrite the golden files
	scripts/golden

clean: ## remove what was built (never the data)
	rm -rf bin internal/browsertest/node_modules
