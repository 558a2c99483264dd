package import Preflight

/// The description of a plugin, built in or outside, for listings and documentation.
package struct PluginAccount: Sendable {
  /// A source of the plugin, with the facts that it may provide.
  package struct Source: Sendable {
    /// The name under `sources:`, with the plugin's prefix.
    package let name: String
    /// One line about where its facts come from.
    package let summary: LocalizedText
    /// The options that a rule file may give.
    package let options: [Parameter]
    /// The facts that it may provide.
    package let facts: [FactDeclaration]
    /// The names of the facts that it needs first.
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

  /// A check of the plugin, with the facts that it judges.
  package struct Check: Sendable {
    /// The documentation of the check.
    package let description: CheckDescription
    /// The names of the facts that it judges.
    package let facts: [String]

    package init(_ description: CheckDescription, facts: [String] = []) {
      self.description = description
      self.facts = facts
    }
  }

  /// The name of the plugin, such as `erp`.
  package let name: String
  /// The version, as the plugin writes it.
  package let version: String
  /// One line about the plugin. Nil if it gives none.
  package let summary: LocalizedText?
  /// The path of its file. Nil if it is built in.
  package let path: String?
  /// The sources, in declared order.
  package let sources: [Source]
  /// The checks, in declared order.
  package let checks: [Check]
  /// The environment variables that it asks for.
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

/// The documentation of a plugin for authors of rule files.
package struct PluginPage: Sendable {
  private let options: ReportOptions

  package init(_ options: ReportOptions) { self.options = options }

  /// Returns the page, including line breaks.
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
