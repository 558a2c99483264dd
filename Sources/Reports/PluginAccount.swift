package import Preflight

/// What there is to say about a plugin, built in or from outside.
package struct PluginAccount: Sendable {
  /// A source, and what it may say.
  package struct Source: Sendable {
    package let name: String
    package let summary: LocalizedText
    package let options: [Parameter]
    package let facts: [FactDeclaration]
    package let needs: [String]

    package init(
      name: String, summary: LocalizedText, options: [Parameter], facts: [FactDeclaration] = [],
      needs: [String] = []
    ) {
      self.name = name
      self.summary = summary
      self.options = options
      self.facts = facts
      self.needs = needs
    }
  }

  /// A check, and what it judges.
  package struct Check: Sendable {
    package let description: CheckDescription
    package let facts: [String]

    package init(_ description: CheckDescription, facts: [String] = []) {
      self.description = description
      self.facts = facts
    }
  }

  package let name: String
  package let version: String
  package let summary: LocalizedText?
  /// Its file; nothing where it is built in.
  package let path: String?
  package let sources: [Source]
  package let checks: [Check]
  package let environment: [String]

  package init(
    name: String, version: String, summary: LocalizedText? = nil, path: String? = nil, sources: [Source],
    checks: [Check], environment: [String] = []
  ) {
    self.name = name
    self.version = version
    self.summary = summary
    self.path = path
    self.sources = sources
    self.checks = checks
    self.environment = environment
  }
}

/// A plugin as documentation for whoever writes rules.
package struct PluginPage: Sendable {
  private let options: ReportOptions

  package init(_ options: ReportOptions) { self.options = options }

  /// The page, with its line ends.
  package func text(of plugin: PluginAccount) -> String {
    let place = plugin.path ?? options.say(fr: "intégré au programme", en: "built in")
    var lines = [options.paint("\(plugin.name) \(plugin.version)", .bold) + " – \(place)"]
    if let summary = plugin.summary { lines.append("  " + options.words(summary)) }
    for source in plugin.sources {
      lines += ["", title(options.say(fr: "source", en: "source"), source.name, source.summary)]
      lines += source.options.map { parameter($0, options.say(fr: "option", en: "option")) }
      if !source.needs.isEmpty {
        lines.append(
          "    " + options.say(fr: "reçoit ", en: "is told ") + source.needs.joined(separator: ", "))
      }
      lines += source.facts.map(fact)
    }
    for check in plugin.checks {
      lines += [
        "", title(options.say(fr: "contrôle", en: "check"), check.description.id, check.description.summary),
      ]
      lines += check.description.parameters.map {
        parameter($0, options.say(fr: "paramètre", en: "parameter"))
      }
      if !check.facts.isEmpty {
        lines.append("    " + options.say(fr: "juge ", en: "judges ") + check.facts.joined(separator: ", "))
      }
    }
    if !plugin.environment.isEmpty {
      let names = plugin.environment.joined(separator: ", ")
      lines += ["", options.say(fr: "demande les variables \(names)", en: "asks for the variables \(names)")]
    }
    return lines.map { printable($0) + "\n" }.joined()
  }

  private func title(_ kind: String, _ name: String, _ summary: LocalizedText) -> String {
    "  \(kind) \(name) – \(options.words(summary))"
  }

  private func parameter(_ parameter: Parameter, _ kind: String) -> String {
    var type = options.words(parameter.type.name)
    if parameter.isRequired { type += options.say(fr: ", obligatoire", en: ", required") }
    if let fallback = parameter.fallback {
      type += options.say(fr: ", sinon \(fallback)", en: ", otherwise \(fallback)")
    }
    return "    \(kind) \(parameter.name) (\(type)) – \(options.words(parameter.summary))"
  }

  private func fact(_ fact: FactDeclaration) -> String {
    let type = options.words(fact.type.name)
    let personal = fact.visibility == .personal ? options.say(fr: ", personnel", en: ", personal") : ""
    let kind = options.say(fr: "fait", en: "fact")
    return "    \(kind) \(fact.name) (\(type)\(personal)) – \(options.words(fact.summary))"
  }
}
