# Everything a person needs: `make run` on a fresh Debian machine, `make test`, `make install`.

SHELL := /bin/bash
PREFIX ?= /usr/local
SWIFT ?= swift
SUDO := $(if $(filter 0,$(shell id -u)),,sudo)
BINARY := .build/release/tercet
# The toolchain's own linker, where it has one: the system's warns of Foundation's mktemp.
LINKER = $(if $(wildcard $(dir $(shell readlink -f "$$(command -v $(SWIFT))"))ld.lld),\
  -Xswiftc -use-ld=lld $(PACKED))
# Each start moves 65,000 addresses: from a table of 20 kB in place of 1.5 MB where the system's
# glibc knows that form (2.36 and newer).
PACKED = $(if $(shell getconf GNU_LIBC_VERSION | awk '{ split($$2, v, "."); \
  if (v[1] > 2 || v[2] >= 36) print "yes" }'),-Xlinker -z -Xlinker pack-relative-relocs)

# Functions that nothing calls are left out one by one. Of C++'s library Swift needs little: linked in, it
# takes a few kilobytes; opened with the program, it takes longer than all else before `main`.
STATIC := .build/static
# What a start and the first keys run stands side by side in the binary (`make order`): that halves the
# pages of it that are brought into memory. Names that are gone by now do no harm.
ORDER := assets/functions.order.gz
ORDERED = $(if $(findstring lld,$(LINKER)),$(STATIC)/$(shell cksum < $(ORDER) | cut -d ' ' -f 1).order)
IN_ORDER = $(if $(ORDERED),-Xlinker --symbol-ordering-file=$(CURDIR)/$(ORDERED) \
  -Xlinker --no-warn-symbol-ordering)
# Tables for exceptions, which nothing here throws, and functions with the same code twice: a fifth of it.
SLIM = $(if $(findstring lld,$(LINKER)),-Xlinker --icf=all -Xlinker --no-eh-frame-hdr \
  -Xlinker -T -Xlinker $(CURDIR)/$(STATIC)/no-exceptions.ld)
SMALLER = -Xswiftc -Xfrontend -Xswiftc -function-sections -Xswiftc -L$(CURDIR)/$(STATIC)

# pkg-config module (or header) and the Debian package that brings it.
LIBRARIES := ncursesw:libncurses-dev sqlite3:libsqlite3-dev libcurl:libcurl4-openssl-dev \
  libmicrohttpd:libmicrohttpd-dev libcrypto:libssl-dev liblz4:liblz4-dev \
  zlib:zlib1g-dev libqrencode:libqrencode-dev fribidi:libfribidi-dev \
  libpng:libpng-dev libjpeg:libjpeg62-turbo-dev
HEADERS := /usr/include/wslay/wslay.h:libwslay-dev \
  /usr/include/chafa/chafa.h:libchafa-dev
TOOLS := pkg-config:pkg-config cc:gcc git:git
# What only the tests need: a terminal, shells, and peers that are not ours.
TEST_TOOLS := tmux:tmux zsh:zsh fish:fish node:nodejs openssl:openssl python3:python3 valgrind:valgrind
# Programs that `make bench` measures beside ours; none of them is told to connect anywhere.
BENCH_TOOLS := irssi:irssi mcabber:mcabber weechat:weechat-curses profanity:profanity
TEST_FILES := /usr/share/nodejs/ws/package.json:node-ws \
  /usr/include/signal/signal_protocol.h:libsignal-protocol-c-dev
# Test targets that compute much or start many processes: one after another, so that none starves.
HEAVY_TESTS := CostTests|TradingRecoveryTests|ConsoleTests|TextSecureTests|SandboxTests|CommandLineTests|Peers|EndToEnd

.PHONY: help deps order test-deps toolchain build run test lint hostile sealed bench bench-deps accept-costs \
  pictures install uninstall clean

help: ## what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

# Installs what is missing of $(1) (words of `probe:package`), where $(2) tests a probe.
define install_missing
	@missing=(); for pair in $(1); do \
	  probe=$${pair%%:*}; $(2) || missing+=("$${pair##*:}"); done; \
	if (( $${#missing[@]} )); then \
	  echo "installing: $${missing[*]}"; \
	  $(SUDO) apt-get update -qq && \
	  $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	    "$${missing[@]}" > /dev/null; \
	fi
endef

deps: toolchain ## install the Debian packages that are missing
	$(call install_missing,$(TOOLS),command -v $$probe > /dev/null)
	$(call install_missing,$(LIBRARIES),pkg-config --exists $$probe 2> /dev/null)
	$(call install_missing,$(HEADERS),test -e $$probe)

test-deps: deps
	$(call install_missing,$(TEST_TOOLS),command -v $$probe > /dev/null)
	$(call install_missing,$(TEST_FILES),test -e $$probe)

toolchain:
	@command -v $(SWIFT) > /dev/null || { \
	  if apt-cache show swiftlang > /dev/null 2>&1; then \
	    $(SUDO) apt-get install -y -qq swiftlang > /dev/null; \
	  else \
	    echo "Tercet needs Swift 6.2 or newer, and this distribution has no package swiftlang."; \
	    echo "Install it from https://www.swift.org/install/linux, put it in PATH, try again."; \
	    exit 1; \
	  fi; }

# The program, optimised; $(1) goes to the linker.
define build_program
	@$(SWIFT) build -c release --product tercet --static-swift-stdlib -Xlinker $(1) \
	  -Xlinker --no-export-dynamic $(SMALLER) $(LINKER)

endef

build: deps ## the program, optimised: .build/release/tercet
	@mkdir -p $(STATIC)
	@ln -sf "$$(cc -print-file-name=libstdc++.a)" $(STATIC)/
	@echo 'SECTIONS { /DISCARD/ : { *(.eh_frame) } } INSERT AFTER .rodata;' > $(STATIC)/no-exceptions.ld
	$(if $(ORDERED),@gzip -dc $(ORDER) > $(ORDERED))
	$(call build_program,-s $(SLIM) $(IN_ORDER))

order: build ## finds out anew which functions a start runs; needs valgrind
	$(build_bench)
	$(call build_program,-S)
	@TERCET_BINARY=$(abspath $(BINARY)) .build/release/bench order $(STATIC)/functions
	@gzip -9nc $(STATIC)/functions > $(ORDER)

run: build ## open the console on the built-in sandbox
	@$(BINARY) --sandbox

lint:
	@$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Tests

# Runs the tests that $(1) picks; what failed is said once more at the end, where people look.
define run_tests
	@set -o pipefail; TERCET_BINARY=$(abspath $(BINARY)) $(SWIFT) test --skip-build $(1) 2>&1 \
	  | tee .build/tests.log || { grep -A 4 'recorded an issue' .build/tests.log; exit 1; }

endef

# The bench, optimised: for figures, and for counting what the hot paths cost. Without what debuggers
# read, which Debian's valgrind does not understand.
define build_bench
	@$(SWIFT) build -c release --product bench --static-swift-stdlib -Xlinker -S \
	  $(SMALLER) $(LINKER)

endef

test: test-deps build lint ## every test, with the optimised program in a real terminal
	$(build_bench)
	@$(SWIFT) build --build-tests
	$(call run_tests,--skip '^($(HEAVY_TESTS))\.')
	$(foreach target,$(subst |, ,$(HEAVY_TESTS)),$(call run_tests,--filter '^$(target)\.'))

hostile: test-deps ## each kind of push at its largest for a minute: memory, keys and disk stay bounded
	@$(SWIFT) build --build-tests
	@TERCET_HOSTILE_SECONDS=60 $(SWIFT) test --skip-build --filter '^EndToEnd\.HostileTests'

# STATEMENTS, CRASHES and SEED for another run.
sealed: ## a sealed database against a plain one: 100,000 statements, 1,000 power failures
	@$(SWIFT) build --build-tests
	@TERCET_SEALED_STATEMENTS=$(or $(STATEMENTS),100000) TERCET_SEALED_CRASHES=$(or $(CRASHES),1000) \
	  TERCET_SEED=$(or $(SEED),1) $(SWIFT) test --skip-build --filter '^DatabaseTests\.Sealed'

# FIGURES="start keys" for some of them, BENCH_OPTIONS="--json" and others.
bench: test-deps build ## how fast it is, beside its peers in the same run
	$(build_bench)
	@mkdir -p .build/peers
	@cc -O2 -I/usr/include/signal -o .build/peers/ratchet_peer \
	  Tests/Peers/Fixtures/ratchet_peer.c -lsignal-protocol-c -lcrypto
	@.build/release/bench $(FIGURES) $(BENCH_OPTIONS)

accept-costs: test-deps ## hot paths may cost what they cost now: writes Tests/CostTests/costs.json
	$(build_bench)
	@.build/release/bench costs --accept Tests/CostTests/costs.json

pictures: deps ## draws the README's pictures anew, from a console on a clock that stands still
	@$(SWIFT) build --build-tests
	@RECORD_PICTURES=1 $(SWIFT) test --skip-build --filter '^InterfaceTests\.ReadmePictureTests' \
	  > /dev/null && git status --short assets/pictures

bench-deps: test-deps ## install the peers that bench measures: irssi, mcabber, weechat, profanity
	$(call install_missing,$(BENCH_TOOLS),command -v $$probe > /dev/null)

install: build ## PREFIX=/usr/local
	install -D -m 755 $(BINARY) $(DESTDIR)$(PREFIX)/bin/tercet
	install -D -m 644 assets/tercet.1 $(DESTDIR)$(PREFIX)/share/man/man1/tercet.1
	install -D -m 644 assets/tercet-relay.service \
	  $(DESTDIR)$(PREFIX)/lib/systemd/system/tercet-relay.service
	install -D -m 644 assets/completions/tercet.bash \
	  $(DESTDIR)$(PREFIX)/share/bash-completion/completions/tercet
	install -D -m 644 assets/completions/_tercet $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_tercet
	install -D -m 644 assets/completions/tercet.fish \
	  $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/tercet.fish

uninstall:
	rm -f $(addprefix $(DESTDIR)$(PREFIX)/,bin/tercet share/man/man1/tercet.1 \
	  lib/systemd/system/tercet-relay.service \
	  share/bash-completion/completions/tercet share/zsh/site-functions/_tercet \
	  share/fish/vendor_completions.d/tercet.fish)

clean: ## remove everything that was built
	rm -rf .build
