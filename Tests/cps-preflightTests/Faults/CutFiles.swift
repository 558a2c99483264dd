import FoundationEssentials

/// Files that end too early, at each byte.
enum CutFiles {
  /// - Parameter step: cuts after each so manieth byte.
  static func cases(step: Int) throws -> [FaultCase] {
    let gate = try GateCase()
    let rules = Array(try gate.text(of: "rules.yaml").utf8)
    let facts = Array(try gate.text(of: "ready.json").utf8)
    let small = max(1, step / 16)
    return stride(from: 0, to: rules.count, by: step).map { self.rules(rules.prefix($0)) }
      + stride(from: 0, to: facts.count, by: small).map { self.facts(facts.prefix($0)) }
      + stride(from: 0, to: report.utf8.count, by: small).map { self.report(Array(report.utf8).prefix($0)) }
      + stride(from: 0, to: 3000, by: step).map(verdict(after:))
      + stride(from: 0, to: 400, by: small * 4).map(journal(after:))
  }

  private static func rules(_ left: ArraySlice<UInt8>) -> FaultCase {
    FaultCase(
      "the rule file is cut", "after \(left.count) bytes",
      harmless: "what is left is a whole rule file, with fewer rules: its digest is in the verdict"
    ) { runner in
      let gate = try GateCase()
      try gate.folder.write(Array(left), to: "rules.yaml")
      let run = try await runner.shell(
        "$RUN check \(GateCase.options(.ready)) --format json", in: gate.folder)
      // Only what the desk finds no fault with may be a rule file.
      let desk = try await gate.shell("$P rules lint --rules rules.yaml")
      return run.code == 0 && desk.code != 0 ? run.ended(in: FaultRun.wronglyReady) : run
    }
  }

  private static func facts(_ left: ArraySlice<UInt8>) -> FaultCase {
    FaultCase("the facts file is cut", "after \(left.count) bytes") { runner in
      let gate = try GateCase()
      try gate.folder.write(Array(left), to: "ready.json")
      return try await runner.shell("$RUN check \(GateCase.options(.ready)) --format json", in: gate.folder)
    }
  }

  /// A report that lets the lot go, with what no report says beside it.
  private static let report = """
    *** Situations d'exercice et de facturation

    Facturation

    Identifiant : 692612344

    Autorisations de signature

    - autorisé à signer les FSE
    - autorisé à signer les lots

    """
  private static let besides =
    "--with card.kind=cps --with card.issuedOn=2025-09-10 --with card.expiresOn=2028-09-30 --with cryptolib.version=5.2.4"

  private static func report(_ left: ArraySlice<UInt8>) -> FaultCase {
    let said = String(decoding: left, as: UTF8.self)
    return FaultCase(
      "the report is cut", "after \(left.count) bytes",
      harmless: said.contains("signer les lots") ? "only the end of the last line is missing" : nil
    ) { runner in
      let folder = try Folder()
      try folder.write(Array(left), to: "CPS-INFO.TXT")
      return try await runner.shell(
        "$RUN check --rules \(BuiltProgram.root)/rules.yaml --report CPS-INFO.TXT --on 2026-03-15 \(besides) --format json",
        in: folder)
    }
  }

  private static func verdict(after count: Int) -> FaultCase {
    FaultCase(
      "the verdict file is cut", "after \(count) bytes", harmless: "it has no more bytes: it is not cut"
    ) { runner in
      let gate = try GateCase()
      let line = """
        head -c 32 /dev/urandom >key; chmod 600 key
        $P check \(GateCase.options(.ready)) --format json --key key --output whole.json
        head -c \(count) whole.json >v.json
        $RUN verdict verify --rules rules.yaml --facts ready.json v.json --key key
        """
      let run = try await runner.shell(line, in: gate.folder)
      let isCut = try gate.text(of: "whole.json").utf8.count > count
      return run.code == 0 && isCut ? run.ended(in: FaultRun.wronglyReady) : run
    }
  }

  private static func journal(after count: Int) -> FaultCase {
    FaultCase(
      "the last line of the journal is torn", "after \(count) bytes",
      harmless: "the run adds a whole line, on a line of its own"
    ) { runner in
      let gate = try GateCase()
      let line = """
        $P check \(GateCase.options(.ready)) --journal whole >/dev/null
        head -c \(count) whole >j
        $RUN check \(GateCase.options(.ready)) --format json --journal j
        """
      let run = try await runner.shell(line, in: gate.folder)
      // It may be torn in the middle of a character.
      let lines = String(
        decoding: try Data(contentsOf: URL(filePath: "\(gate.folder.path)/j")), as: UTF8.self)
      let last = lines.split(separator: "\n").last ?? ""
      let isWhole = last.hasPrefix("{") && last.hasSuffix("}") && last.contains("exitCode")
      return isWhole ? run : run.ended(in: FaultRun.wronglyReady)
    }
  }
}
