# Attaché: `make help` lists every target.
.DEFAULT_GOAL := help
GO ?= go
TESTFLAGS ?=
PACKAGES ?= ./storm ./... # the one that takes longest first, so that no processor waits for it in the end
LINT = $(GO) tool -modfile=tools.mod golangci-lint

.PHONY: help
help: ## list every target
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F':.*## ' '{printf "  make %-13s %s\n", $$1, $$2}'

.PHONY: demo
demo: ## watch alerts appear: no token, no network, no file
	$(GO) run ./cmd/bot demo

.PHONY: test
test: ## all tests; needs Go and nothing else
	$(GO) test $(TESTFLAGS) $(PACKAGES)

# The generated C of SQLite is not looked at: it is one thread's at a time, and takes two thirds of the suite's time.
.PHONY: race
race: ## all tests with the race detector, on smaller scales; needs a C compiler
	.ci/race env CGO_ENABLED=1 $(MAKE) test TESTFLAGS="-race -short -gcflags=modernc.org/...=-race=false -timeout 40m"

.PHONY: test-postgres
test-postgres: ## the store's tests on PostgreSQL: a private server from the installed binaries, or TEST_POSTGRES_URL
	.ci/postgres $(GO) test $(TESTFLAGS) -count=1 -timeout 20m -v -run '^TestTheServer' ./store
	.ci/postgres $(GO) test $(TESTFLAGS) -count=1 -timeout 20m ./store -rapid.checks=20

.PHONY: build
build: ## the static binary, into bin/
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags '-s -w' -o bin/bot ./cmd/bot

.PHONY: lint
lint: ## go vet and golangci-lint
	$(GO) vet ./...
	$(LINT) run

.PHONY: e2e
e2e: ## the adapters against peers that no one here wrote; needs Node (npm)
	@command -v npm >/dev/null || { echo 'make e2e needs Node 20 or newer with npm: install it (Debian: apt-get install nodejs npm) and try again' >&2; exit 1; }
	$(GO) test -tags e2e -count=1 -v -timeout 10m ./e2e/...

KILLS ?= 200
.PHONY: chaos
chaos: ## kill the bot KILLS (200) times for each platform: nothing lost, doubled or out of order; SEED=n repeats a run, SCALE=full
	KILLS=$(KILLS) $(GO) test ./chaos -count=1 -timeout 60m -v

.PHONY: chaos-postgres
chaos-postgres: ## the same on PostgreSQL, and with replicas, cut connections and restarts of the server
	KILLS=$(KILLS) .ci/postgres $(GO) test ./chaos -count=1 -timeout 60m -v

STORM ?= Doubt|Look|Nonces|Deleted|Digest|Restart|FindsOut|LateEdit
.PHONY: storm-postgres
storm-postgres: ## bad weather on PostgreSQL: the tests that STORM names, or all with STORM=.
	.ci/postgres $(GO) test ./storm -run '$(STORM)' -skip '^TestADay$$' -count=1 -timeout 60m -v

.PHONY: load
load: ## a day of 5,000 feeds, 50,000 articles, 500 watches and 1,000 channels on SQLite within 512 MiB; bursts, outages and storms at full scale
	SCALE=full $(GO) test ./storm -run '^TestADay$$' -count=1 -timeout 90m -v
	SCALE=full $(GO) test ./storm -skip '^TestADay$$' -parallel 1 -count=1 -timeout 90m -v

.PHONY: schema
schema: ## renew the JSON Schema of the configuration
	$(GO) test ./config -run Schema -update

.PHONY: golden
golden: ## renew every golden file; read the diff before you commit it
	$(GO) test ./feeds ./config ./adapters/... ./commands -update

FUZZTIME ?= 10s
.PHONY: fuzz
fuzz: ## every fuzz target for FUZZTIME (10s) each
	@for package in $$($(GO) list ./...); do \
	  for target in $$($(GO) test -list '^Fuzz' $$package | grep '^Fuzz'); do \
	    echo "== $$package $$target"; \
	    $(GO) test $$package -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) || exit 1; \
	  done; \
	done

.PHONY: bench
bench: ## the matcher's figures and floors beside its rivals; BENCH_CORPUS=FILE for articles of your own (JSON Lines), BENCH_NAMES=FILE for names of your own among the watched (one a line), BENCH_ONLY=REGEXP for some of exact, rivals, everyrule, changes, boolean
	BENCH=1 $(GO) test ./alerts/match -run '^TestScale$$' -count=1 -timeout 30m -v

.PHONY: bench-refresh
bench-refresh: ## what polling 5,000 feeds costs, beside its floors; BENCH_FEEDS=N, BENCH_ALIASES=N (500), BENCH_AGAIN=N for quiet rounds alone, BENCH_MEMORY=1, BENCH_PROFILE=FOLDER
	CGO_ENABLED=0 BENCH=1 $(GO) test ./cmd/bot -run '^TestBench(Refresh|Slow)$$' -count=1 -timeout 60m -v

BOMBS ?= 64
.PHONY: bench-bombs
bench-bombs: ## how large the bot grows while it reads BOMBS (64) bodies made to break it, beside the 256 MiB it may have; BENCH_PROFILE=FOLDER
	BOMBS=$(BOMBS) $(GO) test ./cmd/bot -run '^TestBombsTogether$$' -count=1 -timeout 30m -v

.PHONY: clean
clean: ## remove what make made
	rm -rf bin e2e/node_modules
