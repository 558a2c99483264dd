# What a newcomer needs: `make run` and `make test`. Everything missing is installed first.

SWIFT ?= swift
# The release links the Swift runtime statically, so that a workstation needs no Swift. Neither symbols nor
# unused code are kept, and the code is placed at fixed addresses: tens of thousands of addresses need not
# be adjusted at every start, which would cost more than the judgement itself. Libraries are the system's: none is looked for
# beside the program. Nothing looks for a symbol in the programs, so that what none of them calls is left out, and functions of equal
# code are kept once. Of the C++ library, the Swift runtime needs little: linked statically, it spares a seventh of the
# instructions of a check, which binding the shared one takes. No exception is caught anywhere, so that a tenth of the
# file, which says how to unwind, goes too: Swift throws without. What a check runs stands together, so that a start reads
# and keeps a quarter less of the file: Packaging/start.order, which Packaging/order writes. Names of source files of C in the
# programs do not begin with the folder that they were built in, so that two builds are the same.
RELEASE = -c release --static-swift-stdlib --disable-local-rpath -Xcc -ffile-prefix-map=$(CURDIR)/= -Xswiftc -use-ld=lld -Xlinker -s -Xlinker --gc-sections \
          -Xswiftc -Xclang-linker -Xswiftc -no-pie \
          -Xlinker --no-export-dynamic -Xlinker --icf=all -Xlinker -O2 -Xswiftc -Xfrontend -Xswiftc -function-sections \
          -Xswiftc -Xfrontend -Xswiftc -disable-concrete-type-metadata-mangled-name-accessors \
          -Xswiftc -L$(CURDIR)/$(STATIC) -Xswiftc -Xclang-linker -Xswiftc -static-libgcc \
          -Xlinker -T$(CURDIR)/Packaging/left-out.ld -Xlinker --no-eh-frame-hdr \
          -Xlinker --symbol-ordering-file=$(CURDIR)/Packaging/start.order -Xlinker --no-warn-symbol-ordering
# Writes a program anew, as installing does: of a file that the linker wrote, by mapping it, the system maps a page at a time, of one
# that is written in one go many, and a check starts a tenth sooner.
settle = cp -p $(1) $(1).part && mv $(1).part $(1)
# Where the linker looks first: for the one archive that it would else pass over for the shared library.
STATIC = .build/static
BUILT = .build/release
PROGRAM = $(BUILT)/cps-preflight
SAMPLE  = --rules rules.yaml --facts docs/samples/card.json --offline --on 2026-03-15

# The one version: of --version, verdicts, manual pages and packages.
VERSION := $(shell sed -n 's/.*static let current = "\(.*\)"/\1/p' Sources/VerdictFile/ProgramVersion.swift)

.PHONY: ci bench docc instructions run test slow-test many-shells bare-debian package-test embed reproducible sbom faults faults-short check docs snapshots build fuzz sanitize lint tools test-tools package-tools \
        install uninstall deb tarball version clean

run: tools
	$(SWIFT) build --product cps-preflight-cryptoki
	$(SWIFT) build --product cps-preflight
	.build/debug/cps-preflight check $(SAMPLE) --verbose

test: test-tools
	$(SWIFT) build --build-tests
	$(SWIFT) build --package-path Plugins/Examples/certificate --scratch-path .build/examples/certificate
	mkdir -p .build/examples/new
	cd .build/examples/new && { [ -e erp ] || ../../debug/cps-preflight plugins new erp --language swift --lang en; }
	$(SWIFT) build --package-path .build/examples/new/erp
	$(SWIFT) test --skip-build $(SKIP:%=--skip %)
	SWIFT=$(SWIFT) Benchmarks/instructions debug

# What make test leaves out, as CI does with the short campaign, which is a step of its own there.
SKIP ?=

# What every submission must pass, in half an hour on two cores.
ci:
	.ci/run

# The short campaign of faults, which make test has in it.
faults-short: test-tools
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build --filter FaultCampaignTests

# What takes long by nature, and make test leaves out.
slow-test: fuzz sanitize many-shells bare-debian package-test embed reproducible faults instructions

# Every fault at every moment against the release build; writes docs/reliability.md. FAMILIES=service,module runs these alone.
FAMILIES ?=
faults: test-tools build
	$(SWIFT) build --build-tests
	CPS_PREFLIGHT_FAULTS=$(CURDIR)/$(PROGRAM) CPS_PREFLIGHT_FAULT_FAMILIES=$(FAMILIES) \
	  $(SWIFT) test --skip-build --filter FaultCampaignTests

# Completions in zsh and fish.
many-shells: test-tools
	$(SWIFT) build --build-tests
	CPS_PREFLIGHT_MANY_SHELLS=1 $(SWIFT) test --skip-build --filter CompletionTests

# The doctor on a bare Debian, which is installed once: 150 MB, by debootstrap, as root.
BARE_DEBIAN = .build/bare-debian
bare-debian:
	@.ci/install-tools test
	@.ci/install-tools slow
	test -d $(BARE_DEBIAN) || (debootstrap --variant=minbase bookworm $(BARE_DEBIAN).part && mv $(BARE_DEBIAN).part $(BARE_DEBIAN))
	$(SWIFT) build --build-tests
	CPS_PREFLIGHT_BARE_DEBIAN=$(CURDIR)/$(BARE_DEBIAN) $(SWIFT) test --skip-build --filter BareDebianTests

# Installs the packages as their users do: needs root, and a mirror of Debian.
package-test: build
	$(MAKE) deb tarball
	Tests/Packaging/tree $(BUILT)
	Tests/Packaging/tarball $(PACKAGES)/cps-preflight-$(VERSION)-*.tar.xz
	Tests/Packaging/deb $(PACKAGES)/cps-preflight_$(VERSION)_*.deb
	$(MAKE) sbom
	.build/sbom-tools/bin/python Tests/Packaging/sbom $(BUILT) $(PACKAGES)/cps-preflight-$(VERSION).cdx.json $(BUILT)/copyright

# That another package can depend on this one by its URL.
embed: tools
	SWIFT=$(SWIFT) Tests/Packaging/embed

# That two builds of one source are the same, wherever they are made.
reproducible: tools
	Tests/Packaging/reproducible

# Format, unit tests, and the pages that the program writes: no card, no reader, nothing installed, a minute after the build.
check: lint
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build --skip '^cps_preflightTests\.'
	$(MAKE) docs
	git diff --exit-code --stat docs README.md README.fr.md

# What the program writes of itself.
docs:
	$(SWIFT) build --product cps-preflight
	.build/debug/cps-preflight rules docs --rules rules.yaml --lang en > docs/default-rules.md
	.build/debug/cps-preflight rules docs --rules rules.yaml --lang fr > docs/default-rules.fr.md
	.build/debug/cps-preflight rules schema --lang fr > docs/schemas/rules-1.json
	$(SWIFT) build --build-tests
	CPS_PREFLIGHT_WRITE_TABLES=1 $(SWIFT) test --skip-build --filter GeneratedTablesTests
	CPS_PREFLIGHT_WRITE_TABLES=1 $(SWIFT) test --skip-build --filter PageCommandsTests # what commands print
	CPS_PREFLIGHT_WRITE_TABLES=1 $(SWIFT) test --skip-build --filter GeneratedManualTests # of the pages with their tables
	docs/pictures/draw.py .build/debug/cps-preflight

# The documentation of the library, with its tutorial, in .build/docc.
docc:
	mkdir -p .build/symbols
	$(SWIFT) build --target Preflight
	$$(dirname $$(readlink -f $$(command -v $(SWIFT)c)))/swift-symbolgraph-extract -module-name Preflight -I .build/debug/Modules \
	  -minimum-access-level public -target $$($(SWIFT)c -print-target-info | sed -n 's/.*"triple": "\(.*\)",/\1/p') -output-dir .build/symbols
	docc convert Sources/Preflight/Preflight.docc --fallback-display-name Preflight --fallback-bundle-identifier preflight \
	  --additional-symbol-graph-dir .build/symbols --output-path .build/docc --warnings-as-errors

# The text reports that a test compares with; look at what `git diff` shows of them.
snapshots:
	$(SWIFT) build --build-tests
	CPS_PREFLIGHT_WRITE_SNAPSHOTS=1 $(SWIFT) test --skip-build --filter TextReportSnapshotTests

build: tools $(STATIC)/libstdc++.a
	$(SWIFT) build $(RELEASE) --product cps-preflight-cryptoki
	$(SWIFT) build $(RELEASE) --product cps-preflight
	$(call settle,$(PROGRAM))
	$(call settle,$(PROGRAM)-cryptoki)
	mkdir -p $(BUILT)/completions
	for shell in bash zsh fish; do \
	  $(PROGRAM) --generate-completion-script $$shell > $(BUILT)/completions/$$shell || exit; done
	sed -i '1{/^#!/d}' $(BUILT)/completions/bash # It is read by a shell, and not run.
	SWIFT=$(SWIFT) Packaging/copyright > $(BUILT)/copyright.part && mv $(BUILT)/copyright.part $(BUILT)/copyright

$(STATIC)/libstdc++.a:
	mkdir -p $(STATIC)
	ln -sf "$$($$(dirname "$$(readlink -f "$$(command -v $(SWIFT))")")/clang -print-file-name=libstdc++.a)" $@

# The harnesses of Tests/Fuzz under libFuzzer and AddressSanitizer, or the one that is named: HARNESS=Report SECONDS=600. JOBS=2 runs
# two at a time.
fuzz: tools
	SWIFT=$(SWIFT) JOBS=$(JOBS) Tests/Fuzz/fuzz $(SECONDS) $(HARNESS)

HARNESS ?=
SECONDS ?= 60
JOBS ?= 1

# The unit tests under AddressSanitizer, the stream of facts, the journal, plugins and all readers under ThreadSanitizer.
sanitize: tools
	SWIFT=$(SWIFT) Tests/Sanitizers/sanitize

# The release build beside what one would use in its place; writes docs/performance.md, and fails where a ratio is missed.
bench: build
	@.ci/install-tools bench
	$(SWIFT) build -c release --static-swift-stdlib --package-path Benchmarks/opponents/minimal --scratch-path .build/minimal
	$(SWIFT) build $(RELEASE) --package-path Benchmarks/opponents/minimal --scratch-path .build/minimal-as-ours
	$(call settle,.build/minimal/release/minimal)
	$(call settle,.build/minimal-as-ours/release/minimal)
	$(SWIFT) build --product card-desk
	$(CC) -O2 -o .build/calls Benchmarks/opponents/calls.c $$(pkg-config --cflags --libs p11-kit-1 libpcsclite) -ldl
	Benchmarks/bench

# Fails where a command of the release takes more instructions than were counted when Benchmarks/instructions.tsv was written;
# make test does the same with the debug build.
instructions: build
	@.ci/install-tools bench
	SWIFT=$(SWIFT) Benchmarks/instructions release

lint:
	$(SWIFT) format lint --strict --recursive Package.swift Sources Plugins Tests

tools:
	@.ci/install-tools

test-tools:
	@.ci/install-tools test

package-tools:
	@.ci/install-tools package

# Installs what `make build` made, and builds nothing, so that root need not.
PREFIX ?= /usr
install:
	@Packaging/install $(BUILT) "$(DESTDIR)$(PREFIX)"

uninstall:
	@Packaging/install --remove "$(DESTDIR)$(PREFIX)"

# To be set by those who publish packages.
MAINTAINER ?= cps-preflight maintainers <maintainers@cps-preflight.invalid>
PACKAGES = .build/packages

deb: package-tools
	@Packaging/deb $(BUILT) $(VERSION) "$(MAINTAINER)" $(PACKAGES)

tarball:
	@Packaging/tarball $(BUILT) $(VERSION) $(PACKAGES)

# What the programs consist of, with versions and licences (CycloneDX).
sbom: package-tools
	@mkdir -p $(PACKAGES)
	@SWIFT=$(SWIFT) Packaging/sbom $(BUILT) $(VERSION) $(PACKAGES)/cps-preflight-$(VERSION).cdx.json

version:
	@echo $(VERSION)

clean:
	$(SWIFT) package clean
