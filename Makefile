# The manual of the house: `make help` lists every target.
.DEFAULT_GOAL := help
SHELL := /bin/bash
SWIFT ?= swift
SOURCES := Sources Tests Benchmarks Package.swift
RELEASE := .build/release/huitong
PEER_SUITES := 'FileServerTests|TapTests|DatasetteTests|PygeoapiTests|PycswTests|NginxTests|TokenEndpointTests'
FUZZ_SECONDS ?= 60
PEERS_PYTHON ?= $(or $(wildcard $(CURDIR)/.build-peers/bin/python),python3)

.PHONY: help packages build demo run test test-peers peers bench-peers build-tests-only format format-check catalogue-check readme-check bench soak fuzz sanitize record clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

packages: ## install the system packages that are missing (asks before it uses sudo)
	@scripts/install-packages

build: packages ## build the command, optimised
	$(SWIFT) build --configuration release --product huitong

demo: build ## a district in a box: departments, the exchange and sample queries, until Ctrl-C
	@$(RELEASE) demo

run: build ## the exchange daemon with huitong.yaml of this folder
	@$(RELEASE) serve

# What runs processes runs alone: tests that kill them must not wait for each other.
test: packages format-check ## everything that CI runs, from nothing
	$(SWIFT) build --build-tests
	$(MAKE) --no-print-directory catalogue-check readme-check
	$(SWIFT) test --skip-build --disable-xctest --skip EndToEndTests
	$(SWIFT) test --skip-build --disable-xctest --no-parallel --filter EndToEndTests

test-peers: build-tests-only ## the same exchange against real peers that are installed: nginx, sshd, Datasette, pygeoapi, …
	HUITONG_PEERS=1 HUITONG_PEERS_PYTHON=$(PEERS_PYTHON) $(SWIFT) test --skip-build --disable-xctest --filter $(PEER_SUITES)

bench-peers: ## install what bench runs beside the exchange, into .build-peers/bench
	@scripts/install-bench-peers

peers: ## install the peers that come from PyPI, into .build-peers
	@scripts/install-peers

build-tests-only: packages
	$(SWIFT) build --build-tests

format: ## format the code in place
	$(SWIFT) format --in-place --recursive --parallel $(SOURCES)

format-check:
	$(SWIFT) format lint --strict --recursive --parallel $(SOURCES)

catalogue-check:
	.build/debug/huitong check
	.build/debug/huitong adapter test

readme-check: ## the sessions of the READMEs and of docs/writing-an-adapter.md, against .build/debug
	scripts/check-readme

bench: packages ## measure the exchange beside what the machine can do and beside others, and print ratios
	$(SWIFT) build --configuration release --product huitong
	$(SWIFT) build --configuration release --product Benchmark
	.build/release/Benchmark ingest
	.build/release/Benchmark query
	.build/release/Benchmark growth
	.build/release/Benchmark peers

soak: packages ## an hour at most: kills at every commit and at random; growth to ten million records, and the memory it takes
	$(SWIFT) build --build-tests
	HUITONG_SOAK=1 timeout 1800 $(SWIFT) test --skip-build --disable-xctest --no-parallel --filter 'CrashBatteryTests|FullDiskTests|StoppedDaemonTests'
	$(SWIFT) build --configuration release --product huitong
	$(SWIFT) build --configuration release --product Benchmark
	timeout 1800 .build/release/Benchmark growth --only sizes --sizes 10000,100000,1000000,10000000 --plot docs/growth.svg

fuzz: packages ## bytes of chance for whatever reads bytes from outside, FUZZ_SECONDS each, under AddressSanitizer
	HUITONG_FUZZ=1 $(SWIFT) build --scratch-path .build/fuzz --configuration release --product Fuzz
	scripts/fuzz $(FUZZ_SECONDS)

sanitize: packages ## the concurrent suites, the daemon and its callers under ThreadSanitizer
	$(SWIFT) build --build-tests --sanitize thread --scratch-path .build/tsan
	scripts/sanitize

record: ## write the golden files anew, after a change that is meant
	HUITONG_RECORD=1 $(SWIFT) test --filter AdapterTestTests
	HUITONG_RECORD=1 scripts/check-readme

clean: ## remove what was built
	rm -rf .build
