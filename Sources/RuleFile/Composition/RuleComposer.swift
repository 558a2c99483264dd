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

  private let access: any RuleFileAccess
  /// The files that are being read, each because the one before names it.
  private var chain: [String] = []
  private var seen: Set<String> = []
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
    files.append(file)
    let document = YAMLDocument(file.bytes, file: files.count - 1)
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
    if let node = keys["plugins"] { addPlugins(node, from: file.name) }
    if let node = keys["override"] { override(node, unless: keys["stages"]) }
    if let node = keys["disable"] { disable(node, unless: keys["stages"]) }
    if let node = keys["sources"] { composed.sources = node }
    if let node = keys["report"] { composed.report = composed.report?.overridden(by: node.entries) ?? node }
    if let node = keys["stages"] { addStages(node) }
    composed.waivers += items("waivers", in: keys)
    composed.messages += items("messages", in: keys)
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
      proposal: .write("1", at: node.span))
  }

  /// Whether what is found in the rules can be believed, or may only come of what could not be read.
  func supports(_ finding: Finding) -> Bool {
    let isWhole = !isIncomplete && documents.allSatisfy { $0.root != nil && !$0.isPartial }
    return (isWhole || !finding.id.isAboutRulesAnywhere) && documents[finding.span.file].supports(finding)
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
      guard !seen.contains(RelativePath.normalized(file.name)) else { return }
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
    let inherited = composed.stages.count
    for stage in nodes {
      guard case .mapping(let entries) = stage.content,
        let index = composed.stages.prefix(inherited).firstIndex(where: {
          $0["id"]?.text == stage["id"]?.text && stage["id"]?.text != nil
        }),
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
    for entry in entries {
      guard let rule = inherited(entry.key, unless: own) else { continue }
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
      composed.replaceRule(entry.key.text ?? "", with: rule.changed(by: changes))
    }
  }

  private mutating func disable(_ node: YAMLNode, unless own: YAMLNode?) {
    for item in list(node, what: LocalizedText(everywhere: "disable")) ?? [] {
      guard inherited(item, unless: own) != nil, let id = item.text else { continue }
      composed.replaceRule(id, with: nil)
      composed.disabled[id] = item.span
    }
  }

  /// The rule of another file that is named; reports where there is none.
  private mutating func inherited(_ node: YAMLNode, unless own: YAMLNode?) -> YAMLNode? {
    guard let id = text(node, what: LocalizedText(fr: "une règle", en: "a rule")) else { return nil }
    if let rule = composed.rule(id) { return rule }
    let isOwn = (own?.items ?? []).contains { stage in
      (stage["rules"]?.items ?? []).contains { $0["id"]?.text == id }
    }
    if isOwn {
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
        .unknownRule, id, at: node.span, among: composed.ruleIDs,
        message: LocalizedText(
          fr: "aucune règle étendue ou incluse ne s'appelle « \(id) »",
          en: "no rule that is extended or included is called “\(id)”"))
    }
    return nil
  }
}

extension YAMLNode {
  /// The rule with those of its keys changed; parameters are changed one by one as long as the check stays.
  fileprivate func changed(by changes: [Entry]) -> YAMLNode {
    let keepsCheck = !changes.contains { $0.key.text == "check" }
    let merged = changes.map { change in
      guard keepsCheck, change.key.text == "with", case .mapping(let parameters) = change.value.content,
        let before = self["with"], case .mapping = before.content
      else { return change }
      return Entry(key: change.key, value: before.overridden(by: parameters))
    }
    let rule = overridden(by: merged)
    guard !keepsCheck, !changes.contains(where: { $0.key.text == "with" }),
      case .mapping(let entries) = rule.content
    else { return rule }
    // The parameters were those of another check.
    return YAMLNode(.mapping(entries.filter { $0.key.text != "with" }), rule.span)
  }
}
