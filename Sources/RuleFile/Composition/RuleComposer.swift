import Preflight

/// Reads a rule file and the files that it builds on, and composes their rules.
///
/// First what the file extends, then what it includes, then its own: it changes and disables what it got from
/// others, and adds its own stages. A file that is named twice counts once.
package struct RuleComposer: NodeReading {
  /// The most files in one composition: more than anyone maintains by hand.
  static let fileLimit = 32

  package private(set) var files: [ReadFile] = []
  package private(set) var documents: [YAMLDocument] = []
  package var composed = ComposedRules()
  /// Whether a file could not be read, so that what seems missing may be in it.
  private(set) var isIncomplete = false
  package var findings: [Finding] = []
  package var names = NameSearch()

  let access: any RuleFileAccess
  /// The files that are being read; each is named by the one before.
  private var chain: [FileMark] = []
  private var seen: Set<String> = []
  /// The identities of the files, by their numbers.
  private var identities: [String] = []
  /// The files that each file includes, by identity.
  private var included: [String: Set<String>] = [:]
  /// The changes that files made to the rules of others, and the disagreements among files that do not include each
  /// other.
  var changes = InheritedChanges()
  /// The number of the shipped file, once it is read.
  private var shippedFile: Int?
  private static let shipped = "default"

  init(access: any RuleFileAccess) { self.access = access }

  /// A file that is being read: its identity, and its name for people.
  private struct FileMark: Sendable {
    let identity: String
    let name: String
  }

  /// Reads a file and all files that it builds on.
  mutating func compose(_ file: ReadFile) {
    add(file, identity(of: file))
    requireOwnWaivers()
    composed.disagreements = disagreements
  }

  private mutating func add(_ file: ReadFile, _ identity: String) {
    chain.append(FileMark(identity: identity, name: RelativePath.normalized(file.name)))
    seen.insert(identity)
    identities.append(identity)
    read(file)
    chain.removeLast()
  }

  private func identity(of file: ReadFile) -> String {
    file.isBuiltIn ? "built-in" : access.identity(of: file.name)
  }

  private mutating func read(_ file: ReadFile) {
    let isFirst = files.isEmpty
    let number = files.count
    files.append(file)
    // Whatever ends the reading, the content of this file has been taken by then.
    defer { composed.order.append(number) }
    let document = YAMLDocument(file.bytes, file: number)
    documents.append(document)
    guard var root = document.root else { return }
    let hasLooseRules = takeLooseRules(from: &root)
    let buildsOnOthers = root["extends"] != nil || root["include"] != nil
    let what = LocalizedText(fr: "le fichier de règles", en: "the rule file")
    guard
      let keys = mapping(
        root, keys: RuleFileKey.ofFile,
        required: buildsOnOthers || hasLooseRules ? ["version"] : ["version", "stages"],
        what: what)
    else {
      isIncomplete = true
      return
    }
    if !buildsOnOthers, keys["stages"]?.items == nil { isIncomplete = true }
    if isFirst { composed.span = keys.entry("stages")?.key.span ?? keys.span }
    if let node = keys["version"] { readVersion(node) }
    if let node = keys["extends"] { extend(node) }
    if let node = keys["include"] { include(node, from: file.name) }
    if let node = keys["facts"] { addFacts(node) }
    if let node = keys["plugins"] { addPlugins(node, from: file.name) }
    if let node = keys["override"] { override(node, unless: keys["stages"]) }
    if let node = keys["disable"] { disable(node, unless: keys["stages"], changing: keys["override"]) }
    if let node = keys["sources"] {
      compare(node, as: ["sources"])
      composed.sources = node
    }
    if let node = keys["report"] {
      for entry in node.entries { compare(entry.value, as: ["report", entry.key.text ?? ""]) }
      composed.report = composed.report?.overridden(by: node.entries) ?? node
    }
    if let node = keys["stages"] { addStages(node) }
    composed.waivers += items("waivers", in: keys)
    composed.messages += items("messages", in: keys)
  }

  /// Reports rules that stand at the top of the file, and takes them out.
  private mutating func takeLooseRules(from root: inout YAMLNode) -> Bool {
    guard let entry = root.entries.first(where: { $0.key.text == "rules" }) else { return false }
    root = YAMLNode(.mapping(root.entries.filter { $0.key.text != "rules" }), root.span)
    isIncomplete = true
    report(
      .unknownKey, entry.key.span,
      LocalizedText(
        fr: "« rules » est au premier niveau du fichier : une règle fait toujours partie d'une étape",
        en: "“rules” stands at the top of the file: a rule is always part of a stage"),
      proposal: Proposal(
        LocalizedText(
          fr:
            "écrire « stages: », sous elle « - id: poste », et ces règles sous le « rules: » de cette étape",
          en: "write “stages:”, under it “- id: poste”, and these rules under the “rules:” of that stage")))
    return true
  }

  private mutating func addFacts(_ node: YAMLNode) {
    guard case .mapping(let entries) = node.content else {
      reportType(node, expected: ParameterType.mapName, for: LocalizedText(everywhere: "facts"))
      return
    }
    composed.facts += entries
  }

  private mutating func items(_ key: String, in keys: KnownMapping) -> [YAMLNode] {
    keys[key].flatMap { list($0, what: LocalizedText(everywhere: Text(key))) } ?? []
  }

  private mutating func readVersion(_ node: YAMLNode) {
    guard let version = integer(node, what: LocalizedText(everywhere: "version")), version != 1 else {
      return
    }
    report(
      .unsupportedVersion, node.span,
      LocalizedText(
        fr: "version \(version) inconnue ; cette version du programme lit la version 1",
        en: "version \(version) is not known; this program reads version 1"),
      // In a file for another program, the same words may mean something else.
      proposal: .write("1", at: node.span, isOnly: false))
  }

  /// Whether every file was read to its end.
  var isWhole: Bool { !isIncomplete && documents.allSatisfy { $0.root != nil && !$0.isPartial } }

  /// Whether a finding can be trusted, or may only result from something that could not be read.
  ///
  /// - Parameter isWhole: the value of ``isWhole``, computed once for all findings.
  func supports(_ finding: Finding, isWhole: Bool) -> Bool {
    (isWhole || !finding.id.isAboutRulesAnywhere) && documents[finding.span.file].supports(finding)
  }

  // MARK: - Other files

  private mutating func extend(_ node: YAMLNode) {
    if let items = node.items, items.count == 1, items[0].text == Self.shipped {
      reportType(
        node, expected: LocalizedText(fr: "un texte", en: "a string"),
        for: LocalizedText(everywhere: "extends"),
        proposal: .write(Self.shipped, at: node.span))
      return
    }
    guard let name = text(node, what: LocalizedText(everywhere: "extends")) else { return }
    guard name == Self.shipped else {
      reportUnknown(
        .unknownValue, name, at: node.span, among: [Self.shipped],
        message: LocalizedText(
          fr: "« extends » ne connaît que « default » ; un autre fichier se nomme sous « include »",
          en: "“extends” knows “default” only; another file is named under “include”"))
      return
    }
    do throws(FileFault) {
      let file = try access.shippedRules()
      let identity = identity(of: file)
      // It may already have been included by its path.
      shippedFile = identities.firstIndex(of: identity) ?? files.count
      guard !seen.contains(identity) else { return }
      add(file, identity)
    } catch {
      isIncomplete = true
      report(
        .badInclude, node.span,
        LocalizedText(
          fr: "le fichier de règles livré \(error.message.french)",
          en: "the shipped rule file \(error.message.english)"))
    }
  }

  private mutating func include(_ node: YAMLNode, from file: String) {
    for item in list(node, what: LocalizedText(everywhere: "include")) ?? [] {
      guard let name = text(item, what: LocalizedText(everywhere: "include")) else { continue }
      guard !name.hasPrefix("/") else {
        report(
          .badInclude, item.span,
          LocalizedText(
            fr: "« \(name) » doit être relatif au fichier qui l'inclut",
            en: "“\(name)” must be relative to the file that includes it"))
        continue
      }
      include(RelativePath.path(name, besides: file), at: item.span)
    }
  }

  private mutating func include(_ path: String, at span: Span) {
    let identity = access.identity(of: path)
    if let start = chain.firstIndex(where: { $0.identity == identity }) {
      let circle = (chain[start...].map(\.name) + [RelativePath.normalized(path)]).joined(separator: " → ")
      report(
        .includeCycle, span,
        LocalizedText(
          fr: "ces fichiers s'incluent en cercle : \(circle)", en: "these files include each other: \(circle)"
        ))
      return
    }
    if let includer = chain.last?.identity { included[includer, default: []].insert(identity) }
    guard !seen.contains(identity) else { return }
    guard files.count < Self.fileLimit else {
      isIncomplete = true
      report(
        .tooLarge, span,
        LocalizedText(
          fr: "plus de \(Self.fileLimit) fichiers de règles", en: "more than \(Self.fileLimit) rule files"))
      return
    }
    do throws(FileFault) {
      add(ReadFile(name: path, bytes: try access.contents(of: path)), identity)
    } catch {
      isIncomplete = true
      report(
        .badInclude, span,
        LocalizedText(fr: "\(path) \(error.message.french)", en: "\(path) \(error.message.english)"))
    }
  }

  // MARK: - The file's own stages

  /// Adds stages. A stage with the id of a stage in another file adds its rules to that stage.
  private mutating func addStages(_ node: YAMLNode) {
    guard let nodes = list(node, what: LocalizedText(everywhere: "stages")) else { return }
    let inherited = Dictionary(
      composed.stages.enumerated().compactMap { index, stage in stage["id"]?.text.map { ($0, index) } }
    ) { first, _ in first }
    for stage in nodes {
      guard case .mapping(let entries) = stage.content,
        let index = stage["id"]?.text.flatMap({ inherited[$0] })
      else {
        composed.stages.append(stage)
        continue
      }
      guard let rules = stage["rules"]?.items else {
        // It is not a second stage with that id, and the rules that it would add are unknown.
        isIncomplete = true
        let what = LocalizedText(fr: "une étape", en: "a stage")
        let keys = mapping(stage, keys: RuleFileKey.ofStage, required: ["id", "rules"], what: what)
        if let node = keys?["rules"] { _ = list(node, what: LocalizedText(everywhere: "rules")) }
        continue
      }
      let before = composed.stages[index]
      let others = entries.filter { !["id", "rules"].contains($0.key.text) }
      composed.stages[index] = before.overridden(by: others)
        .setting("rules", to: .sequence((before["rules"]?.items ?? []) + rules))
    }
  }

  // MARK: - Changes to the rules of others

  private mutating func override(_ node: YAMLNode, unless own: YAMLNode?) {
    let what = LocalizedText(everywhere: "override")
    guard case .mapping(let entries) = node.content else {
      reportType(node, expected: ParameterType.mapName, for: what)
      return
    }
    let others = Others(own: own, ids: composed.ruleIDs)
    for entry in entries {
      guard let rule = inherited(entry.key, among: others) else { continue }
      guard case .mapping(let changes) = entry.value.content else {
        reportType(entry.value, expected: ParameterType.mapName, for: what)
        continue
      }
      if let id = changes.first(where: { $0.key.text == "id" }) {
        report(
          .unknownKey, id.key.span,
          LocalizedText(
            fr: "l'identifiant d'une règle ne se change pas : la désactiver et en déclarer une autre",
            en: "the id of a rule cannot be changed: disable it and declare another"))
        continue
      }
      compare(changes, of: entry.key.text ?? "")
      composed.replaceRule(entry.key.text ?? "", with: changed(rule, by: changes))
    }
  }

  private mutating func disable(_ node: YAMLNode, unless own: YAMLNode?, changing overrides: YAMLNode?) {
    let others = Others(own: own, ids: composed.ruleIDs)
    let changed = Dictionary(
      (overrides?.entries ?? []).map { ($0.key.text ?? "", $0.key.span) }
    ) { first, _ in first }
    var dropped: Set<String> = []
    for item in list(node, what: LocalizedText(everywhere: "disable")) ?? [] {
      guard inherited(item, among: others, dropped: dropped) != nil, let id = item.text else { continue }
      if let place = changed[id] {
        report(
          .disabledOverride, item.span,
          LocalizedText(
            fr: "« \(id) » est désactivée ici et changée sous « override » ligne \(place.start.line)",
            en: "“\(id)” is disabled here and changed under “override” on line \(place.start.line)"),
          proposal: Proposal(
            LocalizedText(
              fr: "la retirer de « disable », ou ce changement de « override »",
              en: "take it out of “disable”, or that change out of “override”")))
      } else {
        compareDisabling(of: id, at: item.span)
      }
      composed.disabled[id] = item.span
      dropped.insert(id)
    }
    composed.removeRules(dropped)
  }

  /// The rules to search for a rule of another file.
  private struct Others {
    /// The ids of the file's own rules.
    let own: Set<String>
    /// The ids of the other files' rules.
    let ids: [String]

    init(own: YAMLNode?, ids: [String]) {
      let rules = (own?.items ?? []).flatMap { $0["rules"]?.items ?? [] }
      self.own = Set(rules.compactMap { $0["id"]?.text })
      self.ids = ids
    }
  }

  /// Whether the file that is being read may change the rules of the file with that number: its own, those of files
  /// that it includes, and those of the shipped file, whichever file extends it.
  private func mayChange(rulesOf number: Int) -> Bool {
    guard let reader = chain.last?.identity else { return true }
    return number == shippedFile || reaches(identities[number], from: reader)
  }

  /// Whether `start` is that file, or includes it directly or indirectly.
  private func reaches(_ file: String, from start: String) -> Bool {
    var reached: Set<String> = [start]
    var rest = [start]
    while let file = rest.popLast() {
      for next in included[file] ?? [] where reached.insert(next).inserted { rest.append(next) }
    }
    return reached.contains(file)
  }

  /// Whether the file that is being read builds on the file with that number, and so knows its content.
  func isBuilt(on number: Int) -> Bool {
    chain.last.map { reaches(identities[number], from: $0.identity) } ?? true
  }

  /// Reports waivers of rules that the waiver's own file neither declares nor includes, as the other file never agreed
  /// to the waiver.
  private mutating func requireOwnWaivers() {
    for waiver in composed.waivers {
      guard let node = waiver["rule"], let id = node.text, let rule = composed.rule(id),
        let declared = rule["id"]?.span.file, declared != shippedFile,
        !reaches(identities[declared], from: identities[node.span.file])
      else { continue }
      reportForeign(id, declaredIn: declared, at: node.span)
    }
  }

  private mutating func reportForeign(_ id: String, declaredIn file: Int, at span: Span) {
    report(
      .foreignRule, span,
      LocalizedText(
        fr: "« \(id) » est déclarée dans \(files[file].name), que ce fichier n'inclut pas",
        en: "“\(id)” is declared in \(files[file].name), which this file does not include"),
      proposal: Proposal(
        LocalizedText(
          fr: "l'inclure ici (« include »), ou déplacer ceci dans le fichier qui la déclare ou l'inclut",
          en: "include it here (“include”), or move this to the file that declares or includes it")))
  }

  /// Returns the named rule of another file, and reports if there is none that may be changed.
  private mutating func inherited(
    _ node: YAMLNode, among others: Others, dropped: Set<String> = []
  ) -> YAMLNode? {
    guard let id = text(node, what: LocalizedText(fr: "une règle", en: "a rule")) else { return nil }
    if !dropped.contains(id), let rule = composed.rule(id) {
      guard let declared = rule["id"]?.span, !mayChange(rulesOf: declared.file) else { return rule }
      reportForeign(id, declaredIn: declared.file, at: node.span)
      return nil
    }
    if others.own.contains(id) {
      report(
        .unknownRule, node.span,
        LocalizedText(
          fr: "« \(id) » est déclarée dans ce fichier même : l'y changer",
          en: "“\(id)” is declared in this very file: change it there"))
    } else if composed.disabled[id] != nil {
      report(
        .unknownRule, node.span,
        LocalizedText(fr: "« \(id) » est déjà désactivée", en: "“\(id)” is already disabled"))
    } else {
      reportUnknown(
        .unknownRule, id, at: node.span, among: others.ids,
        message: LocalizedText(
          fr: "aucune règle étendue ou incluse ne s'appelle « \(id) »",
          en: "no rule that is extended or included is called “\(id)”"))
    }
    return nil
  }
}
