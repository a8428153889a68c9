# Fettle's two commands are `make demo` and `make test`; `make help` lists the rest.
SHELL := /bin/bash
.DEFAULT_GOAL := help

# Debian packages: to build, then to sandbox, then what the bundled tasks are built and tested with.
PACKAGES := libgit2-dev libsqlite3-dev libopenblas-dev pkg-config \
	bubblewrap \
	git python3 python3-pytest gcc make cmake gdb

CONFIGURATION := release
PREFIX ?= /usr/local
SWIFT_BUILD := swift build -c $(CONFIGURATION)
BIN := .build/$(CONFIGURATION)

.PHONY: help setup build installable demo transcript test lint bench oracles oracle-tokens bench-peer eval-model eval-fix install clean

help: ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## */  make \1\t/' | expand -t 21

setup: ## install the Debian packages that are missing, or say which
	@command -v swift >/dev/null || { echo "Fettle needs the Swift 6.1 toolchain or newer on PATH: https://swift.org/install" >&2; exit 1; }
	@missing=""; for package in $(PACKAGES); do \
		dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; \
	done; \
	[ -z "$$missing" ] && exit 0; \
	if [ "$$(id -u)" = 0 ]; then as_root=""; elif sudo -n true 2>/dev/null; then as_root="sudo"; else \
		echo "Missing Debian packages:$$missing" >&2; echo "Install them with: sudo apt-get install$$missing" >&2; exit 1; fi; \
	echo "Installing:$$missing"; \
	$$as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$as_root apt-get install -y -qq --no-install-recommends$$missing >/dev/null

build: setup ## build in release
	@$(SWIFT_BUILD) --product fettle && $(SWIFT_BUILD) --product fettle-launcher

demo: build ## watch Fettle mend a bundled bug
	@Tasks/demo $(BIN)/fettle

transcript: build ## renew the README's transcript from the demo
	@Tasks/demo $(BIN)/fettle > .build/transcript.txt && awk '\
		/^<!-- transcript/ { print; print "````"; while ((getline line < ".build/transcript.txt") > 0) print line; print "````"; skip = 1; next } \
		/^<!-- end -->/ { skip = 0 } \
		!skip { print }' README.md > .build/README.md && mv .build/README.md README.md

# All at once, as they would be otherwise, they starve each other of threads until one that waits for an answer has waited
# too long.
TESTS_AT_ONCE ?= 4

test: setup ## all tests, in the same configuration as the demo
	@$(SWIFT_BUILD) --build-tests && \
		SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=$(TESTS_AT_ONCE) swift test -c $(CONFIGURATION) --skip-build

lint: ## the formatter, strict
	@swift format lint --strict -r Package.swift Sources Tests Benchmarks

bench: setup ## every benchmark: planner, sandbox start-up, candidates per minute
	@$(SWIFT_BUILD) && for benchmark in $(BIN)/*Benchmark; do [ -x $$benchmark ] && $$benchmark; done

# What the engine is compared with lives in a folder of its own; llama.cpp is built there from source, for this machine, by
# the toolchain's clang: GCC 12 leaves out stores that configure AMX's tiles, and what it builds crashes where there are any.
PEER := .peer
PEER_PYTHON ?= $(PEER)/venv/bin/python
$(PEER)/venv/bin/python: Tests/Oracles/requirements.txt
	python3 -m venv $(PEER)/venv
	CMAKE_ARGS="-DGGML_NATIVE=on -DCMAKE_C_COMPILER=clang -DCMAKE_CXX_COMPILER=clang++" \
		$@ -m pip install -q --no-binary llama-cpp-python -r Tests/Oracles/requirements.txt

# A folder of real models' vocabularies (GGUF).
VOCABULARIES ?= $(FETTLE_VOCABULARIES)

oracles: build $(PEER_PYTHON) ## logits beside llama.cpp's and those of transformers; ARGUMENTS="--cases llama --types Q8_0"
	@$(PEER_PYTHON) Tests/Oracles/compare.py $(BIN)/fettle $(ARGUMENTS)

oracle-tokens: build $(PEER_PYTHON) ## tokens of nasty texts beside llama.cpp's, for every file of VOCABULARIES
	@[ -n "$(VOCABULARIES)" ] || { echo "Say where the vocabularies are: make oracle-tokens VOCABULARIES=DIR" >&2; exit 1; }
	@$(PEER_PYTHON) Tests/Oracles/token_ids.py $(BIN)/fettle $(VOCABULARIES) $(ARGUMENTS)

bench-peer: installable $(PEER_PYTHON) ## speed and memory beside llama.cpp; ARGUMENTS="--models llama-30m --types Q8_0 --rounds 3"
	@$(PEER_PYTHON) Benchmarks/Peer/peer.py .build-install/$(CONFIGURATION)/fettle --folder $(PEER)/models $(ARGUMENTS)
	@$(SWIFT_BUILD) --product GenerationBenchmark && $(BIN)/GenerationBenchmark $(PEER)/models/*.gguf

# The corpus is fetched and cut again where it is not there yet; SIZE names the configuration whose checkpoint is judged.
TRAINING_PYTHON ?= python3
SIZE ?= cpu
eval-model: ## the repair model on held-out projects: exact match, beside templates, trigrams and the untrained model
	@PYTHON=$(TRAINING_PYTHON) Training/run $(SIZE) fetch corpus mine tokenizer examples evaluate rerank

eval-fix: build ## the suites end to end, by proposer; goes on where it stopped. ARGUMENTS="--suites algorithms --proposers both"
	@Tasks/eval-fix $(BIN)/fettle .build/eval-fix $(ARGUMENTS)

# Nobody links to the program: the table of its 41,000 symbols alone took 4 MB of memory.
SWIFT_BUILD_INSTALLABLE := $(SWIFT_BUILD) --static-swift-stdlib --scratch-path .build-install -Xlinker --no-export-dynamic
installable: setup # with Swift's libraries in it
	@$(SWIFT_BUILD_INSTALLABLE) --product fettle
	@$(SWIFT_BUILD_INSTALLABLE) --product fettle-launcher

install: installable ## PREFIX=/usr/local: one self-contained program, its launcher, profiles and suites
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/libexec/fettle $(DESTDIR)$(PREFIX)/share/fettle
	install .build-install/$(CONFIGURATION)/fettle $(DESTDIR)$(PREFIX)/bin/
	install .build-install/$(CONFIGURATION)/fettle-launcher $(DESTDIR)$(PREFIX)/libexec/fettle/
	cp -R Sandboxes Tasks $(DESTDIR)$(PREFIX)/share/fettle/

clean: ## remove build products
	rm -rf .build .build-install
