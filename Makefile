# What a newcomer needs: `make run` and `make test`. Everything missing is installed first.

SWIFT ?= swift
# The release links the Swift runtime statically, so that a workstation needs no Swift. Neither symbols nor
# unused code are kept, and the code is placed at fixed addresses: tens of thousands of addresses need not
# be adjusted at every start, which would cost more than the judgement itself.
RELEASE = -c release --static-swift-stdlib -Xswiftc -use-ld=lld -Xlinker -s -Xlinker --gc-sections \
          -Xswiftc -Xclang-linker -Xswiftc -no-pie
PROGRAM = .build/release/cps-preflight
SAMPLE  = --rules rules.yaml --facts docs/samples/card.json --offline --on 2026-03-15

.PHONY: bench run test slow-test bare-debian check docs snapshots build fuzz lint tools test-tools install clean

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
slow-test: fuzz bare-debian

# The doctor on a bare Debian, which is laid down once: 150 MB, by debootstrap, as root.
BARE_DEBIAN = .build/bare-debian
bare-debian:
	@.ci/install-tools test
	@.ci/install-tools slow
	test -d $(BARE_DEBIAN) || (debootstrap --variant=minbase bookworm $(BARE_DEBIAN).part && mv $(BARE_DEBIAN).part $(BARE_DEBIAN))
	$(SWIFT) build --build-tests
	CPS_PREFLIGHT_BARE_DEBIAN=$(CURDIR)/$(BARE_DEBIAN) $(SWIFT) test --skip-build --filter BareDebianTests

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

# The text reports that a test compares with; look at what `git diff` shows of them.
snapshots:
	$(SWIFT) build --build-tests
	CPS_PREFLIGHT_WRITE_SNAPSHOTS=1 $(SWIFT) test --skip-build --filter TextReportSnapshotTests

build: tools
	$(SWIFT) build $(RELEASE) --product cps-preflight-cryptoki
	$(SWIFT) build $(RELEASE) --product cps-preflight

# A minute of libFuzzer on the readers of card data, which need the core only; what it finds is kept beside the corpus.
fuzz: tools
	mkdir -p .build/fuzz/corpus
	$(SWIFT)c $(FUZZ_FLAGS) -enable-testing \
	  -emit-module -emit-library -static -module-name Preflight -emit-module-path .build/fuzz/Preflight.swiftmodule \
	  -o .build/fuzz/libPreflight.a $$(find Sources/Preflight -name '*.swift')
	$(SWIFT)c $(FUZZ_FLAGS) -enable-testing \
	  -I .build/fuzz -emit-module -emit-library -static -module-name Cryptoki \
	  -emit-module-path .build/fuzz/Cryptoki.swiftmodule -o .build/fuzz/libCryptoki.a Plugins/Cryptoki/CardData/*.swift
	$(SWIFT)c $(FUZZ_FLAGS) -I .build/fuzz \
	  -L .build/fuzz -lCryptoki -lPreflight -o .build/fuzz/card-data Tests/Fuzz/CardDataFuzzer.swift
	cd .build/fuzz && ./card-data -max_total_time=$(FUZZ_SECONDS) -max_len=512 corpus ../../Tests/Fuzz/Corpus

FUZZ_SECONDS ?= 60
FUZZ_FLAGS = -swift-version 6 -package-name cps-preflight -sanitize=fuzzer,address -parse-as-library -g -O \
             -enable-upcoming-feature InternalImportsByDefault -enable-upcoming-feature NonisolatedNonsendingByDefault

# The release build beside what one would use in its place; writes docs/performance.md, and fails where a ratio is missed.
bench: build
	@.ci/install-tools bench
	$(SWIFT) build $(RELEASE) --package-path Benchmarks/opponents/minimal --scratch-path .build/minimal
	Benchmarks/bench

lint:
	$(SWIFT) format lint --strict --recursive Package.swift Sources Plugins Tests

tools:
	@.ci/install-tools

test-tools:
	@.ci/install-tools test

PREFIX ?= /usr
install: build
	install -D -m 755 $(PROGRAM) $(DESTDIR)$(PREFIX)/bin/cps-preflight
	install -D -m 755 $(PROGRAM)-cryptoki $(DESTDIR)$(PREFIX)/libexec/cps-preflight/cps-preflight-cryptoki
	install -D -m 644 rules.yaml $(DESTDIR)$(PREFIX)/share/cps-preflight/rules.yaml
	install -D -m 644 docs/man/cps-preflight.1 $(DESTDIR)$(PREFIX)/share/man/man1/cps-preflight.1
	install -D -m 644 docs/schemas/rules-1.json $(DESTDIR)$(PREFIX)/share/cps-preflight/docs/schemas/rules-1.json

clean:
	$(SWIFT) package clean
