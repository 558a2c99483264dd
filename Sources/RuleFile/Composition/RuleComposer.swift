import Preflight

/// Reads a rule file and the files that it builds on, and puts their rules together.
///
/// First what the file extends, then what it includes, then its own: it changes and disables what it got from
/// others, and adds its own stages. A file that is named twice counts once.
struct RuleComposer: NodeReading {
  /// More files than anybody maintains by hand.
  static let fileLimit = 32

  private(set) var files: [ReadFile] = []
  private(set) var documents: [YAMLDocument] = []
  var composed = ComposedRules()
  /// Whether a file could not be read, so that what seems missing may be in it.
  private(set) var isIncomplete = false
  var findings: [Finding] = []
  var names = NameSearch()

  private let access: any RuleFileAccess
  /// The files that are being read, each because the one before names it.
  private var chain: [String] = []
  private var seen: Set<String> = []
  /// Which files each file includes, by their identities.
  private var included: [String: Set<String>] = [:]
  /// The number of the shipped file, once it was read.
  private var shippedFile: Int?
  private static let shipped = "default"

  init(access: any RuleFileAccess) { self.access = access }

  /// Reads a file, and all that it builds on.
  mutating func add(_ file: ReadFile) {
    let identity = RelativePath.normalized(file.name)
    chain.append(identity)
    seen.insert(identity)
    read(file)
    chain.removeLast()
  }

  private mutating func read(_ file: ReadFile) {
    let isFirst = files.isEmpty
    let number = files.count
    files.append(file)
    // Whatever ends the reading, what this file said has been taken by then.
    defer { composed.order.append(number) }
    let document = YAMLDocument(file.bytes, file: number)
    documents.append(document)
    guard let root = document.root else { return }
    let buildsOnOthers = root["extends"] != nil || root["include"] != nil
    let what = LocalizedText(fr: "le fichier de règles", en: "the rule file")
    guard
      let keys = mapping(
        root, keys: RuleFileKey.ofFile, required: buildsOnOthers ? ["version"] : ["version", "stages"],
        what: what)
    else {
      isIncomplete = true
      return
    }
    if !buildsOnOthers, keys["stages"]?.items == nil { isIncomplete = true }
    if isFirst { composed.span = keys.entries["stages"]?.key.span ?? keys.span }
    if let node = keys["version"] { readVersion(node) }
    if let node = keys["extends"] { extend(node) }
    if let node = keys["include"] { include(node, from: file.name) }
    if let node = keys["facts"] { addFacts(node) }
    if let node = keys["plugins"] { addPlugins(node, from: file.name) }
    if let node = keys["override"] { override(node, unless: keys["stages"]) }
    if let node = keys["disable"] { disable(node, unless: keys["stages"]) }
    if let node = keys["sources"] { composed.sources = node }
    if let node = keys["report"] { composed.report = composed.report?.overridden(by: node.entries) ?? node }
    if let node = keys["stages"] { addStages(node) }
    composed.waivers += items("waivers", in: keys)
    composed.messages += items("messages", in: keys)
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
      // A file for another program may mean something else by the same words.
      proposal: .write("1", at: node.span, isOnly: false))
  }

  /// Whether every file was read to its end.
  var isWhole: Bool { !isIncomplete && documents.allSatisfy { $0.root != nil && !$0.isPartial } }

  /// Whether what is found in the rules can be believed, or may only come of what could not be read.
  ///
  /// - Parameter isWhole: whether ``isWhole``, which is not to be asked again for each.
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
      let identity = RelativePath.normalized(file.name)
      // It may have been included by its path before.
      shippedFile = files.firstIndex { RelativePath.normalized($0.name) == identity } ?? files.count
      guard !seen.contains(identity) else { return }
      add(file)
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
    let identity = RelativePath.normalized(path)
    if let start = chain.firstIndex(of: identity) {
      let circle = (chain[start...] + [identity]).joined(separator: " → ")
      report(
        .includeCycle, span,
        LocalizedText(
          fr: "ces fichiers s'incluent en rond : \(circle)", en: "these files include each other: \(circle)"))
      return
    }
    if let includer = chain.last { included[includer, default: []].insert(identity) }
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
      add(ReadFile(name: path, bytes: try access.contents(of: path)))
    } catch {
      isIncomplete = true
      report(
        .badInclude, span,
        LocalizedText(fr: "\(path) \(error.message.french)", en: "\(path) \(error.message.english)"))
    }
  }

  // MARK: - The file's own stages

  /// Adds stages; one that has the id of a stage of another file adds its rules to that one.
  private mutating func addStages(_ node: YAMLNode) {
    guard let nodes = list(node, what: LocalizedText(everywhere: "stages")) else { return }
    let inherited = Dictionary(
      composed.stages.enumerated().compactMap { index, stage in stage["id"]?.text.map { ($0, index) } }
    ) { first, _ in first }
    for stage in nodes {
      guard case .mapping(let entries) = stage.content,
        let index = stage["id"]?.text.flatMap({ inherited[$0] }),
        let rules = stage["rules"]?.items
      else {
        composed.stages.append(stage)
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
      composed.replaceRule(entry.key.text ?? "", with: changed(rule, by: changes))
    }
  }

  private mutating func disable(_ node: YAMLNode, unless own: YAMLNode?) {
    let others = Others(own: own, ids: composed.ruleIDs)
    var dropped: Set<String> = []
    for item in list(node, what: LocalizedText(everywhere: "disable")) ?? [] {
      guard inherited(item, among: others, dropped: dropped) != nil, let id = item.text else { continue }
      composed.disabled[id] = item.span
      dropped.insert(id)
    }
    composed.removeRules(dropped)
  }

  /// The rules among which one of another file is looked for.
  private struct Others {
    /// The ids of the file's own rules.
    let own: Set<String>
    /// The ids of those of other files.
    let ids: [String]

    init(own: YAMLNode?, ids: [String]) {
      let rules = (own?.items ?? []).flatMap { $0["rules"]?.items ?? [] }
      self.own = Set(rules.compactMap { $0["id"]?.text })
      self.ids = ids
    }
  }

  /// Whether the file that is being read may change the rules of that one: its own, those of the files that it includes,
  /// and those of the shipped file, whoever extends it.
  private func mayChange(rulesOf number: Int) -> Bool {
    guard number != shippedFile, let reader = chain.last else { return true }
    let owner = RelativePath.normalized(files[number].name)
    var reached: Set<String> = [reader]
    var rest = [reader]
    while let file = rest.popLast() {
      for next in included[file] ?? [] where reached.insert(next).inserted { rest.append(next) }
    }
    return reached.contains(owner)
  }

  /// The rule of another file that is named; reports where there is none that may be changed.
  private mutating func inherited(
    _ node: YAMLNode, among others: Others, dropped: Set<String> = []
  ) -> YAMLNode? {
    guard let id = text(node, what: LocalizedText(fr: "une règle", en: "a rule")) else { return nil }
    if !dropped.contains(id), let rule = composed.rule(id) {
      guard let declared = rule["id"]?.span, !mayChange(rulesOf: declared.file) else { return rule }
      report(
        .foreignRule, node.span,
        LocalizedText(
          fr: "« \(id) » est déclarée dans \(files[declared.file].name), que ce fichier n'inclut pas",
          en: "“\(id)” is declared in \(files[declared.file].name), which this file does not include"),
        proposal: Proposal(
          LocalizedText(
            fr: "l'inclure ici (« include »), ou déplacer ce changement dans le fichier qui inclut les deux",
            en: "include it here (“include”), or move this change to the file that includes both")))
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
