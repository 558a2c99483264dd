package import Preflight
import JSON

/// Tests whether a program follows the protocol, with valid and invalid requests of every kind.
package struct PluginConformance: Sendable {
  /// The result of one test.
  package struct Finding: Sendable {
    /// What was tested, in a few words.
    package let what: LocalizedText
    /// What is wrong. Nil if the test passed.
    package let fault: LocalizedText?
  }

  let program: PluginProgram
  let catalogue: FactCatalogue
  let deadline: Duration
  var findings: [Finding] = []

  /// Tests the program at `path` and returns the results in order.
  ///
  /// - Parameter catalogue: the facts that exist without the plugin.
  /// - Throws: `PluginFault` if other users could have written the file. It is not run then.
  package static func findings(
    of path: String, knowing catalogue: FactCatalogue, within deadline: Duration
  ) async throws(PluginFault) -> [Finding] {
    let what = LocalizedText(fr: "le fichier peut être lancé", en: "the file may be run")
    let file: PluginFile
    do throws(PluginFault) {
      file = try PluginFile(path)
    } catch {
      if error.isUnsafe { throw error }
      return [Finding(what: what, fault: error.message)]
    }
    var suite = PluginConformance(program: PluginProgram(file), catalogue: catalogue, deadline: deadline)
    suite.add(what, nil)
    await suite.tryAll()
    return suite.findings
  }

  private mutating func tryAll() async {
    guard let manifest = await tryDescribing() else { return }
    await tryUnknownNames()
    for source in manifest.sources { await tryGathering(source, manifest) }
    for check in manifest.checks { await tryJudging(check, manifest) }
    if manifest.takesBatches, let check = manifest.checks.first { await tryBatch(of: check, manifest) }
  }

  // MARK: - Describing

  private mutating func tryDescribing() async -> PluginManifest? {
    let what = LocalizedText(fr: "describe : un manifeste", en: "describe: a manifest")
    let first: [UInt8]
    switch await answer(["describe"], to: []) {
    case .success(let bytes): first = bytes
    case .failure(let fault):
      add(what, fault.message)
      return nil
    }
    var decoder = ManifestDecoder(knowing: catalogue)
    let manifest = decoder.manifest(in: first)
    for mistake in decoder.mistakes { add(what, mistake.text) }
    guard let manifest else { return nil }
    add(what, nil)
    let keys = LocalizedText(fr: "describe : des clés connues", en: "describe: known keys")
    for remark in decoder.remarks { add(keys, remark.text) }
    if decoder.remarks.isEmpty { add(keys, nil) }
    let again = await answer(["describe"], to: Array("{}\n".utf8))
    let isSame = if case .success(let second) = again { isSame(first, second) } else { false }
    add(
      LocalizedText(fr: "describe : toujours le même", en: "describe: always the same"),
      isSame
        ? nil : LocalizedText(fr: "une autre réponse la deuxième fois", en: "another answer the second time"))
    return manifest
  }

  private mutating func tryUnknownNames() async {
    for arguments in [["no-such-command"], ["gather", "no-such-source"], ["check", "no-such-check"]] {
      let words = arguments.joined(separator: " ")
      let what = LocalizedText(fr: "\(words) : refusé", en: "\(words): refused")
      let request = PlainValue.map([
        .init("protocol", .number("1")), .init("options", .map([])), .init("parameters", .map([])),
        .init("facts", .map([])), .init("deadlineMs", .number("1000")), .init("language", .text("en")),
      ])
      switch await answer(arguments, to: Array((request.json + "\n").utf8)) {
      case .success:
        add(what, LocalizedText(fr: "fini avec le code 0", en: "ended with status 0"))
      case .failure(let fault):
        if case .failed(.ended, _) = fault.reason { add(what, nil) } else { add(what, fault.message) }
      }
    }
  }

  // MARK: - Sources

  private mutating func tryGathering(
    _ source: PluginManifest.OfferedSource, _ manifest: PluginManifest
  ) async {
    let request = PluginRequest(
      settings: .options(ConformanceSamples.settings(source.options)), facts: source.needs,
      known: ConformanceSamples.facts(source.needs, of: manifest, among: catalogue), deadline: deadline,
      language: .english)
    await tryRequests(["gather", source.name], request) { bytes throws(ProtocolMistake) in
      _ = try PluginAnswer.facts(
        in: bytes, declared: source.facts, plugin: manifest.name, source: source.name, confidences: [])
    }
  }

  // MARK: - Checks

  private mutating func tryJudging(_ check: PluginManifest.OfferedCheck, _ manifest: PluginManifest) async {
    let request = self.request(check, manifest)
    await tryRequests(["check", check.name], request) { bytes throws(ProtocolMistake) in
      _ = try PluginAnswer.judged(in: bytes, confidences: [])
    }
    let what = LocalizedText(
      fr: "check \(check.name) : la même réponse à la même question",
      en: "check \(check.name): the same answer to the same question")
    var answers: [[UInt8]] = []
    for _ in 0..<2 {
      if case .success(let bytes) = await answer(["check", check.name], to: request.bytes) {
        answers.append(bytes)
      }
    }
    add(
      what,
      answers.count == 2 && isSame(answers[0], answers[1])
        ? nil : LocalizedText(fr: "deux réponses différentes", en: "two different answers"))
  }

  /// Returns whether two answers have the same meaning, regardless of spaces and the order of members.
  private func isSame(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    guard let first = try? JSONReader.read(one), let second = try? JSONReader.read(other) else {
      return one == other
    }
    return first.means(second)
  }

  private mutating func tryBatch(of check: PluginManifest.OfferedCheck, _ manifest: PluginManifest) async {
    let what = LocalizedText(
      fr: "check : plusieurs demandes à la fois", en: "check: several requests at once")
    var bytes: [UInt8] = []
    for id in 0..<3 {
      var request = self.request(check, manifest)
      request.batch = (check.name, id)
      bytes += request.bytes
    }
    add(
      what,
      fault(await answer(["check"], to: bytes)) { bytes throws(ProtocolMistake) in
        _ = try PluginAnswer.judged(inBatch: bytes, of: 3, confidences: [])
      })
  }

  private func request(
    _ check: PluginManifest.OfferedCheck, _ manifest: PluginManifest
  ) -> PluginRequest {
    PluginRequest(
      settings: .parameters(ConformanceSamples.settings(check.parameters)), facts: check.facts,
      known: ConformanceSamples.facts(check.facts, of: manifest, among: catalogue), deadline: deadline,
      language: .english)
  }
}
