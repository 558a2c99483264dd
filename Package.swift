// swift-tools-version: 6.2
import PackageDescription

// One set of settings for every target of ours: Swift 6 mode with complete concurrency checking,
// imports internal unless said otherwise, and no warning left standing.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  // What is asynchronous runs where its caller is, so that a run that waits for nothing starts no thread.
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
]

/// For what computes for seconds under test, and in most runs of the program: optimised when built for debugging as well, with its
/// assertions. Tests of it take an eighth of the time then, which saves more than the slower compilation costs.
let optimized =
  settings + [.unsafeFlags(["-O", "-assert-config", "Debug"], .when(configuration: .debug))]

/// For what waits for the machine, a card or a person: the release is smaller, and no slower, where it is not unrolled.
let small = settings + [.unsafeFlags(["-Osize"], .when(configuration: .release))]

/// `FilePath`.
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")

/// A target of this package, with the common settings.
func layer(
  _ name: String, _ dependencies: [Target.Dependency] = [], _ settings: [SwiftSetting] = settings
) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// A built-in plugin: it lives in `Plugins/` and knows the core, and the library or format that it wraps, only.
func plugin(
  _ name: String, _ library: Target.Dependency..., settings: [SwiftSetting] = settings
) -> Target {
  .target(
    name: name, dependencies: ["Preflight"] + library, path: "Plugins/\(name)", swiftSettings: settings)
}

/// The tests of one target.
func tests(of name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.byName(name: name)] + dependencies,
    swiftSettings: settings)
}

let package = Package(
  name: "cps-preflight",
  products: [
    .executable(name: "cps-preflight", targets: ["cps-preflight"]),
    .executable(name: "cps-preflight-cryptoki", targets: ["cps-preflight-cryptoki"]),
    // For those who build a checker of another kind: `Engine`, with sources and checks of their own.
    .library(name: "Preflight", targets: ["Preflight"]),
    // Only for the tests, which load it as a module: a library that is loaded has to be a product.
    .library(name: "faulty-module", type: .dynamic, targets: ["FaultyModule"]),
    // Only for the tests, which have it loaded before the system's libraries.
    .library(name: "faulty-system", type: .dynamic, targets: ["FaultySystem"]),
  ],
  dependencies: [
    // The command line: parsing, help, completions.
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    // Child processes of the tests. The program's own run under a supervisor (`CSupervisor`).
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    // SHA-256 of the rule file, which every verdict carries, and the HMAC of signed verdicts.
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    // Paths: joined, split and normalised as the system understands them.
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
  ],
  targets: [
    // libyaml, bound directly for its marks: line and column of every key and value.
    // The program is linked with libyaml-0.so.2: without the package `libyaml-0-2` the loader stops
    // it with 127 before `main`.
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),

    // pcsc-lite, the PC/SC service of Linux: readers and cards. The program is linked with libpcsclite.so.1, of
    // the package `libpcsclite1`, as with libyaml.
    .systemLibrary(name: "CPCSC", pkgConfig: "libpcsclite", providers: [.apt(["libpcsclite-dev"])]),

    // p11-kit: the PKCS#11 header, and looking modules up and loading them. Only the isolated reader is linked with it.
    .systemLibrary(name: "CCryptoki", pkgConfig: "p11-kit-1", providers: [.apt(["libp11-kit-dev"])]),

    // PCRE2: the patterns of rules, matched under limits, which Swift's own `Regex` lacks. The program is linked with
    // libpcre2-8.so.0, of the package `libpcre2-8-0`, which every Debian has.
    .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),

    // What Swift does not import of prctl(2) and memfd_create(2).
    .systemLibrary(name: "CLinux"),

    // The process between this program and one that it runs, which ends exactly what descends from it. In C, as it is a fork
    // that goes on without execve(2), to cost no second start: there nothing of Swift's runtime may be called (signal-safety(7)).
    .target(name: "CSupervisor"),

    // The program's arguments, which Swift's runtime would search for under /proc at every start.
    .target(name: "CArguments"),

    // The core: facts, checks, rules, stages, verdict. It imports the standard library only.
    layer("Preflight", [], optimized),

    // The one way to run a program: supervised, under a deadline, with secrets in memory that is wiped; what may block for ever,
    // on a thread of its own; and who may write the files that are run, loaded or obeyed. For this program and the isolated reader.
    layer("Processes", ["Preflight", "CSupervisor", "CLinux"], small),
    // What is installed on a workstation, wherever its files are: INI files, package databases, the root that paths start from.
    layer("Installation", ["Preflight"], small),
    // JSON: a reader with places, which refuses what is not plainly JSON, and the one writer.
    layer("JSON", ["Preflight"], optimized),
    // The verdict as a document: written, signed, read back and held against what there is now; the line of the journal.
    layer(
      "VerdictFile", ["Preflight", "JSON", .product(name: "Crypto", package: "swift-crypto")], optimized),
    // What people do with rule files and are shown of them: lint, repair, tests, pages, schema, explanations. And the plugins
    // that `plugins new` writes, whose texts are in the program, so that nothing of them can be missing.
    .target(
      name: "RuleDesk", dependencies: ["Preflight", "JSON", "Reports", "RuleFile"],
      resources: [
        "json-in-sh", "manifest", "python", "readme-en", "readme-fr", "sh", "swift", "swift-build",
        "swift-check", "swift-ignored", "swift-package", "swift-source", "test",
      ].map { .embedInCode("PluginTemplates/Resources/\($0).template") }
        + [.embedInCode("Explanations/Resources/messages.yaml")],
      swiftSettings: optimized),

    // Rule files, from bytes to rules, and what is wrong with them.
    layer("RuleFile", ["Preflight", "JSON", "CYAML", system], optimized),
    // What is shown of verdicts and facts.
    layer("Reports", ["Preflight", "JSON", "VerdictFile"], optimized),
    // Programs from outside, asked in JSON, and the isolated reader of cards.
    layer(
      "PluginHost",
      ["Preflight", "Processes", "JSON", system], small),
    // Files, programs, clock and terminal of this machine.
    layer(
      "Workstation",
      ["Preflight", "PluginHost", "Processes", "CLinux", system], optimized),

    plugin("Billing"),
    plugin("Card", settings: optimized),
    plugin("Cryptoki", "Installation", "JSON", "Processes", settings: small),
    .executableTarget(
      name: "cps-preflight-cryptoki",
      dependencies: ["CArguments", "Preflight", "Cryptoki", "CCryptoki", "CLinux", "JSON", "Processes"],
      path: "Plugins/Isolated",
      swiftSettings: small),
    plugin("Cryptolib", "Installation", settings: small),
    // Of the doctor: what is plugged in, how the older reader interface is set up, and the workstation itself.
    plugin("USB", "Installation", settings: small),
    plugin("GALSS", "Installation", settings: small),
    plugin("Machine", "Installation", settings: small),
    plugin("FactsFile", "JSON", settings: optimized),
    plugin("AnyFact", "CPCRE2"),
    plugin("GestionnaireReport", settings: optimized),
    plugin("PCSC", "CPCSC", "Installation", "Processes", settings: small),

    .executableTarget(
      name: "cps-preflight",
      dependencies: [
        "CArguments", "Preflight", "RuleFile", "Reports", "RuleDesk", "Workstation", "Processes",
        "PluginHost", "Cryptoki", "VerdictFile", "JSON", "Billing", "Card", "Cryptolib", "FactsFile",
        "AnyFact", "GestionnaireReport", "PCSC", "USB", "GALSS", "Machine", system,
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      // The shipped rules are in the program as well: `extends: default` never misses them.
      resources: [.embedInCode("Resources/rules.yaml")],
      swiftSettings: optimized),

    // What the tests of cards play with: a pcscd of their own, a card in its virtual reader, and another program
    // that holds the card.
    .target(name: "CardStage", path: "Tests/CardStage", swiftSettings: optimized),
    .executableTarget(
      name: "card-holder", dependencies: ["CPCSC"], path: "Tests/CardHolder", swiftSettings: settings),

    // The same for scripts: benchmarks.
    .executableTarget(
      name: "card-desk", dependencies: ["CardStage"], path: "Tests/CardDesk", swiftSettings: settings),

    // Runs the program for tests of faults, and sees what it leaves behind.
    .executableTarget(name: "fault-runner", path: "Tests/FaultRunner"),

    .target(name: "FaultyModule", dependencies: ["CCryptoki"], path: "Tests/FaultyModule"),
    .target(name: "FaultySystem", path: "Tests/FaultySystem"),

    // Pseudo-random numbers that are the same in every run, for the tests of properties.
    .target(name: "SeededNumbers", path: "Tests/SeededNumbers", swiftSettings: optimized),

    tests(of: "Preflight", ["SeededNumbers"]),
    // Rules, a registry and the facts of the program, which tests share, and how those of plugins look at examinations.
    .target(
      name: "RuleStage",
      dependencies: ["Preflight", "AnyFact", "Card", "Cryptoki", "Cryptolib", "GestionnaireReport", "PCSC"],
      path: "Tests/RuleStage",
      swiftSettings: settings),

    tests(of: "RuleFile", ["Preflight", "RuleDesk", "RuleStage", "SeededNumbers"]),
    tests(
      of: "RuleDesk",
      [
        "Preflight", "RuleFile", "RuleStage", "SeededNumbers", "Billing", "Card", "Cryptolib", "AnyFact",
      ]),
    tests(of: "Card", ["Preflight"]),
    tests(of: "Billing", ["Preflight", "RuleStage", "SeededNumbers"]),
    tests(of: "Cryptoki", ["JSON", "Preflight", "Processes", "RuleStage", "SeededNumbers"]),
    tests(of: "Cryptolib", ["Preflight", "RuleStage", "Workstation"]),
    tests(of: "GALSS", ["Preflight", "RuleStage"]),
    tests(of: "Machine", ["Preflight", "RuleStage"]),
    tests(of: "USB", ["Preflight", "RuleStage"]),
    tests(of: "FactsFile", ["Preflight", "RuleStage", "SeededNumbers"]),
    tests(of: "AnyFact", ["Preflight", "RuleStage"]),
    tests(of: "GestionnaireReport", ["Preflight", "RuleStage"]),
    tests(of: "PCSC", ["Preflight", "RuleStage"]),
    tests(of: "PluginHost", ["Preflight", "RuleStage"]),
    tests(of: "Reports", ["Preflight", "VerdictFile"]),
    tests(of: "Workstation", ["Preflight"]),
    tests(of: "JSON", ["Preflight"]),
    tests(of: "VerdictFile", ["JSON", "Preflight"]),
    tests(of: "Processes", ["Preflight"]),
    .testTarget(
      name: "IsolatedTests", dependencies: ["cps-preflight-cryptoki"], swiftSettings: settings),
    tests(
      of: "cps-preflight",
      [
        "CardStage", "RuleDesk", "SeededNumbers", "card-holder", "cps-preflight-cryptoki", "fault-runner",
        system,
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Subprocess", package: "swift-subprocess"),
      ]),
  ]
)
