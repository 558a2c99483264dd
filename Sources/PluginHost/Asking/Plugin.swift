import Preflight

/// A plugin that was found, is trusted and has described itself.
package struct Plugin: Sendable {
  /// The plugin's description of itself.
  package let manifest: PluginManifest
  /// The program that is run to ask it.
  package let program: PluginProgram
  /// The language of the messages that are requested.
  private let language: Language

  init(_ manifest: PluginManifest, _ program: PluginProgram, in language: Language) {
    self.manifest = manifest
    self.program = program
    self.language = language
  }

  ///
  /// - Throws: `Unavailability` if there is no valid answer.
  func gather(
    _ source: PluginManifest.OfferedSource, options: Parameters, knowing known: Facts,
    within deadline: Duration
  ) async throws(Unavailability) -> [Fact] {
    let request = PluginRequest(
      settings: .options(options.plain(source.options)), facts: source.needs, known: known,
      deadline: deadline,
      language: language)
    let confidences = Concealment(request.confidences)
    let bytes = try await answer(
      ["gather", source.name], to: request.bytes, concealing: confidences, within: deadline)
    do throws(ProtocolMistake) {
      return try PluginAnswer.facts(
        in: bytes, declared: source.facts, plugin: manifest.name, source: manifest.fullName(of: source.name),
        confidences: confidences)
    } catch {
      throw senseless(error)
    }
  }

  /// Asks checks for their judgements. Several are asked in a single process.
  func judge(
    _ questions: [OutsideCheck], knowing known: Facts, within deadline: Duration
  ) async throws(Unavailability) -> [PluginAnswer.Judged] {
    let isBatch = questions.count > 1
    let requests = questions.enumerated().map { index, question in
      PluginRequest(
        settings: .parameters(question.parameters.plain(question.check.parameters)),
        facts: question.check.facts,
        known: known, deadline: deadline, language: language,
        batch: isBatch ? (question.check.name, index) : nil)
    }
    let arguments = isBatch ? ["check"] : ["check"] + questions.map(\.check.name)
    let confidences = Concealment(requests.flatMap(\.confidences))
    let bytes = try await answer(
      arguments, to: requests.flatMap(\.bytes), concealing: confidences, within: deadline)
    do throws(ProtocolMistake) {
      if isBatch {
        return try PluginAnswer.judged(inBatch: bytes, of: questions.count, confidences: confidences)
      }
      return [try PluginAnswer.judged(in: bytes, confidences: confidences)]
    } catch {
      throw senseless(error)
    }
  }

  private func answer(
    _ arguments: [String], to request: [UInt8], concealing confidences: Concealment, within deadline: Duration
  ) async throws(Unavailability) -> [UInt8] {
    guard request.count <= PluginProtocol.sizeLimit else {
      throw Unavailability(
        .malformed,
        LocalizedText(
          fr: "plugin \(manifest.name) : les faits à lui donner dépassent 1 Mio",
          en: "plugin \(manifest.name): the facts to pass on exceed 1 MiB"))
    }
    do throws(PluginFault) {
      return try await program.answer(arguments, to: request, concealing: confidences, within: deadline)
    } catch {
      if case .failed(.timeout, _) = error.reason {
        let time = deadline.milliseconds
        throw Unavailability(
          .timeout,
          LocalizedText(
            fr: "plugin \(manifest.name) : pas de réponse en \(time) ms",
            en: "plugin \(manifest.name): no answer within \(time) ms"))
      }
      throw error.unavailability
    }
  }

  private func senseless(_ mistake: ProtocolMistake) -> Unavailability {
    Unavailability(
      .service,
      LocalizedText(
        fr:
          "plugin \(manifest.name) : réponse inutilisable, \(mistake.text.french) ; à corriger dans le plugin",
        en:
          "plugin \(manifest.name): its answer cannot be used, \(mistake.text.english); the plugin has to be corrected"
      ), by: .plugin)
  }
}
