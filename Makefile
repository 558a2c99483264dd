# What a newcomer needs: `make run` and `make test`. Everything missing is installed first.

SWIFT ?= swift
# The release links the Swift runtime statically, so that a workstation needs no Swift. Neither symbols nor
# unused code are kept, and the code is placed at fixed addresses: tens of thousands of addresses need not
# be adjusted at every start, which would cost more than the judgement itself. Libraries are the system's: none is looked for
# beside the program.
RELEASE = -c release --static-swift-stdlib --disable-local-rpath -Xswiftc -use-ld=lld -Xlinker -s -Xlinker --gc-sections \
          -Xswiftc -Xclang-linker -Xswiftc -no-pie
BUILT = .build/release
PROGRAM = $(BUILT)/cps-preflight
SAMPLE  = --rules rules.yaml --facts docs/samples/card.json --offline --on 2026-03-15

# The one version: of --version, verdicts, manual pages and packages.
VERSION := $(shell sed -n 's/.*static let current = "\(.*\)"/\1/p' Sources/VerdictFile/ProgramVersion.swift)

.PHONY: bench run test slow-test many-shells bare-debian package-test reproducible sbom check docs snapshots build fuzz sanitize lint tools test-tools package-tools \
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
	$(SWIFT) test --skip-build

# What takes long by nature, and make test leaves out.
slow-test: fuzz sanitize many-shells bare-debian package-test reproducible

# Completions in zsh and fish.
many-shells: test-tools
	$(SWIFT) build --build-tests
	CPS_PREFLIGHT_MANY_SHELLS=1 $(SWIFT) test --skip-build --filter CompletionTests

# The doctor on a bare Debian, which is laid down once: 150 MB, by debootstrap, as root.
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
	CPS_PREFLIGHT_WRITE_TABLES=1 $(SWIFT) test --skip-build --filter GeneratedManualTests # of the pages with their tables

# The text reports that a test compares with; look at what `git diff` shows of them.
snapshots:
	$(SWIFT) build --build-tests
	CPS_PREFLIGHT_WRITE_SNAPSHOTS=1 $(SWIFT) test --skip-build --filter TextReportSnapshotTests

build: tools
	$(SWIFT) build $(RELEASE) --product cps-preflight-cryptoki
	$(SWIFT) build $(RELEASE) --product cps-preflight
	mkdir -p $(BUILT)/completions
	for shell in bash zsh fish; do \
	  $(PROGRAM) --generate-completion-script $$shell > $(BUILT)/completions/$$shell || exit; done
	sed -i '1{/^#!/d}' $(BUILT)/completions/bash # It is read by a shell, and not run.
	SWIFT=$(SWIFT) Packaging/copyright > $(BUILT)/copyright.part && mv $(BUILT)/copyright.part $(BUILT)/copyright

# The harnesses of Tests/Fuzz under libFuzzer and AddressSanitizer, or the one that is named: HARNESS=Report SECONDS=600.
fuzz: tools
	SWIFT=$(SWIFT) Tests/Fuzz/fuzz $(SECONDS) $(HARNESS)

HARNESS ?=
SECONDS ?= 60

# The unit tests under AddressSanitizer, the stream of facts, the journal and plugins under ThreadSanitizer.
sanitize: tools
	SWIFT=$(SWIFT) Tests/Sanitizers/sanitize

# The release build beside what one would use in its place; writes docs/performance.md, and fails where a ratio is missed.
bench: build
	@.ci/install-tools bench
	$(SWIFT) build $(RELEASE) --package-path Benchmarks/opponents/minimal --scratch-path .build/minimal
	$(CC) -O2 -o .build/calls Benchmarks/opponents/calls.c $$(pkg-config --cflags --libs p11-kit-1 libpcsclite) -ldl
	Benchmarks/bench

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

# Whoever publishes packages says who answers for them.
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
