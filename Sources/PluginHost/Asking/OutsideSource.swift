package import Preflight

/// A source of an outside plugin.
struct OutsideSource: Source {
  let plugin: Plugin
  let source: PluginManifest.OfferedSource
  let options: Parameters

  var name: String { plugin.manifest.fullName(of: source.name) }
  var provides: Set<FactName> { Set(source.facts.map(\.name)) }
  var follows: Set<FactName> { Set(source.needs) }

  func gather(
    _ wanted: Set<FactName>, knowing known: Facts, within deadline: Duration,
    from workstation: any WorkstationAccess
  ) async -> [Fact] {
    do throws(Unavailability) {
      return try await plugin.gather(source, options: options, knowing: known, within: deadline)
        .filter { wanted.contains($0.name) }
    } catch {
      return wanted.map { Fact($0, unavailable: error, source: name) }
    }
  }
}

/// A check of an outside plugin, set up for a rule.
///
/// The plugin is asked like a source, once all the facts that it judges are known. Its answer is a fact, and this
/// check reads only that.
package struct OutsideCheck: Judge {
  let plugin: Plugin
  let check: PluginManifest.OfferedCheck
  let parameters: Parameters
  /// The fact that holds the plugin's answer.
  let answer: FactName

  init(_ check: PluginManifest.OfferedCheck, of plugin: Plugin, _ parameters: Parameters, rule: String) {
    self.plugin = plugin
    self.check = check
    self.parameters = parameters
    answer = .answer(of: plugin.manifest.fullName(of: check.name), to: rule)
  }

  /// The plugin's answer to this rule.
  package var facts: Set<FactName> { [answer] }
  /// The facts that the plugin judges.
  package var evidence: Set<FactName> { Set(check.facts) }

  package func judge(_ facts: Facts) throws(Unavailability) -> Judgement {
    guard case .judgement(let judgement) = try facts.value(answer) else {
      throw Unavailability(
        .malformed,
        LocalizedText(fr: "ce n'est pas une réponse de plugin", en: "this is not a plugin's answer"))
    }
    return judgement
  }

  /// Returns the sources that ask the plugins of these checks: one for each plugin that accepts several checks at
  /// once, otherwise one for each check.
  package static func sources(asking judges: [any Judge]) -> [any Source] {
    var sources: [AnswerSource] = []
    for check in judges.compactMap({ $0 as? OutsideCheck }) {
      if check.plugin.manifest.takesBatches,
        let index = sources.firstIndex(where: { $0.plugin.program.file == check.plugin.program.file })
      {
        sources[index].checks.append(check)
      } else {
        sources.append(AnswerSource(plugin: check.plugin, checks: [check]))
      }
    }
    return sources
  }
}

/// The source that asks a plugin to judge.
private struct AnswerSource: Source {
  let plugin: Plugin
  var checks: [OutsideCheck]

  var name: String { plugin.manifest.name }
  var provides: Set<FactName> { Set(checks.map(\.answer)) }
  /// Its own facts are among them, as a file may give an answer in the plugin's place.
  var follows: Set<FactName> { checks.reduce(into: provides) { $0.formUnion($1.evidence) } }

  func gather(
    _ wanted: Set<FactName>, knowing known: Facts, within deadline: Duration,
    from workstation: any WorkstationAccess
  ) async -> [Fact] {
    let asked = checks.filter { wanted.contains($0.answer) && known[$0.answer].value == nil }
    guard !asked.isEmpty else { return [] }
    do throws(Unavailability) {
      let answers = try await plugin.judge(asked, knowing: known, within: deadline)
      return zip(asked, answers).map { check, answer in
        switch answer {
        case .judgement(let judgement): Fact(check.answer, .judgement(judgement), source: name)
        case .unknown(let why): Fact(check.answer, unavailable: why, source: name)
        }
      }
    } catch {
      return asked.map { Fact($0.answer, unavailable: error, source: name) }
    }
  }
}
