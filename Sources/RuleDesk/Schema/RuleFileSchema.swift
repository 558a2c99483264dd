import JSON
package import Preflight
import Reports

/// The JSON Schema (2020-12) of rule files, made from the registry, so that editors can complete and check them.
///
/// What a schema cannot express (unique ids, needs declared earlier) is left to `rules lint`.
package struct RuleFileSchema: Sendable {
  private let registry: Registry
  private let language: Language

  /// Makes the schema; descriptions are in that language.
  package init(_ registry: Registry, in language: Language) {
    self.registry = registry
    self.language = language
  }

  /// Returns the schema as JSON text.
  package func text() -> String { schema.jsonDocument }

  private var schema: JSONTree {
    object(
      file,
      [
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": .string(say(fr: "Règles de cps-preflight", en: "Rules of cps-preflight")),
        "required": ["version"],
        "anyOf": [["required": ["stages"]], ["required": ["extends"]], ["required": ["include"]]],
        "$defs": [
          "text": localizedText, "rule": rule(isWhole: true), "change": rule(isWhole: false), "stage": stage,
          "waiver": waiver, "message": message, "source": source,
          "plugin": plugin, "fact": fact,
        ],
      ])
  }

  // MARK: - The file

  private var file: [String: JSONTree] {
    [
      "version": described(["const": 1], fr: "la version du format", en: "the version of the format"),
      "extends": described(
        ["const": "default"], fr: "part des règles livrées", en: "starts from the shipped rules"),
      "include": described(
        list(of: .text), fr: "d'autres fichiers de règles, relatifs à celui-ci",
        en: "other rule files, relative to this one"),
      "facts": described(
        [
          "type": "object",
          "propertyNames": ["pattern": "^[a-z][a-z0-9-]{0,31}/[A-Za-z][A-Za-z0-9._-]{0,63}$"],
          "additionalProperties": reference("fact"),
        ],
        fr: "les faits qu'un fichier de faits peut donner, et que les règles comparent",
        en: "the facts that a facts file may give, and that rules compare"),
      "plugins": described(
        list(of: reference("plugin")),
        fr: "des programmes qui apportent sources et contrôles, relatifs à ce fichier",
        en: "programs that bring sources and checks, relative to this file"),
      "sources": described(
        list(of: reference("source")), fr: "d'où viennent les faits ; toutes sinon",
        en: "where facts come from; by default all"),
      "override": described(
        ["type": "object", "additionalProperties": reference("change")],
        fr: "change des règles étendues ou incluses, par identifiant",
        en: "changes rules that are extended or included, by id"),
      "disable": described(
        list(of: .text), fr: "retire des règles étendues ou incluses",
        en: "drops rules that are extended or included"),
      "stages": described(
        list(of: reference("stage")), fr: "les étapes, jugées dans l'ordre", en: "the stages, judged in order"
      ),
      "waivers": described(
        list(of: reference("waiver")), fr: "les dérogations : des échecs acceptés pour un temps",
        en: "waivers: failures that are accepted for a time"),
      "report": described(
        object(
          [
            "max_age": described(
              JSONTree(.duration), fr: "son âge le plus grand ; 30d sinon",
              en: "how old it may be; 30d without it")
          ]),
        fr: "ce qui est demandé du rapport du Gestionnaire", en: "what is asked of the Gestionnaire's report"),
      "messages": described(
        list(of: reference("message")), fr: "les messages d'autres logiciels que « explain » reconnaît",
        en: "the messages of other software that “explain” knows"),
    ]
  }

  private var stage: JSONTree {
    object(
      [
        "id": id, "title": reference("text"),
        "rules": list(of: reference("rule")),
      ], ["required": ["id", "rules"]])
  }

  private var waiver: JSONTree {
    object(
      [
        "rule": id, "reason": reference("text"), "until": JSONTree(.date),
        "max_days": described(
          JSONTree(.integer(1...3650)).with(["default": .integer(Waiver.usualMaxDays)]),
          fr: "de combien de jours la fin peut être éloignée", en: "how many days away the end may be"),
      ], ["required": ["rule", "reason", "until"]])
  }

  private var message: JSONTree {
    let code: JSONTree = [
      "anyOf": [
        ["type": "integer"],
        ["type": "string", "pattern": "^(0[xX])?[0-9A-Fa-f]{1,16}(-(0[xX])?[0-9A-Fa-f]{1,16})?$"],
      ]
    ]
    let texts: JSONTree = ["anyOf": [.text, list(of: .text).with(["minItems": 1])]]
    return object(
      [
        "text": described(
          texts, fr: "le message tel que ce logiciel l’écrit, ou plusieurs",
          en: "the message as that software words it, or several"),
        "codes": described(
          list(of: code).with(["minItems": 1]),
          fr:
            "ses codes\u{A0}: décimaux sans guillemets, hexadécimaux entre guillemets, \"F610-F63F\" pour une étendue",
          en: "its codes: decimal without quotes, hexadecimal in quotes, \"F610-F63F\" for a range"),
        "rule": described(id, fr: "la règle qui l’explique", en: "the rule that explains it"),
        "cause": described(
          reference("text"), fr: "ce qu’il signifie, sans « rule »", en: "what it means, without “rule”"),
        "remedy": described(
          reference("text"), fr: "que faire, sans « rule »", en: "what to do, without “rule”"),
        "links": links,
        "origin": described(
          ["enum": .array(KnownMessage.Origin.allCases.map { .string($0.rawValue) })],
          fr: "où est le problème", en: "where the trouble is"),
        "source": described(
          reference("text"), fr: "d’où cela est connu, et de quand",
          en: "where that is known from, and how old it is"),
      ],
      [
        "allOf": [
          ["anyOf": [["required": ["text"]], ["required": ["codes"]]]],
          [
            "oneOf": [
              [
                "required": ["rule"],
                "not": ["anyOf": [["required": ["cause"]], ["required": ["remedy"]]]],
              ],
              ["required": ["cause", "remedy"], "not": ["required": ["rule"]]],
            ]
          ],
        ]
      ])
  }

  private var plugin: JSONTree {
    let variables = described(
      list(of: ["type": ["string", "boolean"], "pattern": "^[A-Za-z_][A-Za-z0-9_]*$"]),
      fr: "les variables d'environnement qu'il peut voir",
      en: "the variables of the environment that it may see")
    let folders = described(
      list(of: .text), fr: "les seuls dossiers où il peut écrire",
      en: "the only folders in which it may write")
    return [
      "anyOf": [
        .text,
        object(["path": .text, "environment": variables, "writes": folders], ["required": ["path"]]),
      ]
    ]
  }

  private var fact: JSONTree {
    object(
      [
        "type": described(
          ["enum": .array(OutsideType.allCases.map { .string($0.rawValue) })], fr: "son type", en: "its type"),
        "personal": described(
          ["type": "boolean", "default": false], fr: "masqué dans toute sortie", en: "masked in every output"),
        "title": described(
          reference("text"), fr: "ce qu'il dit, en quelques mots", en: "what it says, in a few words"),
      ], ["required": ["type"]])
  }

  private var source: JSONTree {
    let names = JSONTree.array(registry.sources.map { .string($0.name) })
    let withOptions = registry.sources.map { source in
      object(
        [source.name: described(parameters(source.publicOptions), source.summary)],
        ["required": [.string(source.name)]])
    }
    return ["anyOf": .array([["enum": names]] + withOptions)]
  }

  // MARK: - Rules

  private func rule(isWhole: Bool) -> JSONTree {
    var properties: [String: JSONTree] = [
      "title": reference("text"),
      "check": [
        "enum": .array(registry.checks.map { .string($0.description.id) }),
        "description": .string(say(fr: "le contrôle", en: "the check")),
      ],
      "with": ["type": "object"],
      "severity": described(
        ["enum": .array(Severity.allCases.map { .string($0.rawValue) }), "default": "blocking"],
        fr: "bloquante, ou simple avertissement", en: "blocking, or a mere warning"),
      "exit": described(
        JSONTree(.integer(ExitCode.ofRules)), fr: "le code de sortie, unique", en: "the exit code, unique"),
      "for": described(
        list(of: ["enum": .array(Use.allCases.map { .string($0.rawValue) })]).with(["minItems": 1]),
        fr: "les usages concernés ; tous sinon", en: "the uses it is for; by default all"),
      "needs": described(
        list(of: id), fr: "des règles déclarées avant, sans lesquelles elle n'est pas jugée",
        en: "earlier rules; it is skipped unless they passed"),
      "timeout": described(
        JSONTree(.wait), fr: "combien de temps elle attend ses faits",
        en: "how long it waits for its facts"),
      "remedy": described(reference("text"), fr: "que faire si elle échoue", en: "what to do if it fails"),
      "remedies": described(
        ["type": "object"], fr: "que faire, par cas du contrôle", en: "what to do, by case of the check"),
      "links": links,
    ]
    if isWhole { properties["id"] = id }
    let conditions = registry.checks.map { condition($0.description, isWhole: isWhole) }
    var more: [String: JSONTree] = ["allOf": .array(conditions)]
    if isWhole { more["required"] = ["id", "check"] }
    return object(properties, more)
  }

  /// The schema of `with` for a rule with that check.
  private func condition(_ check: CheckDescription, isWhole: Bool) -> JSONTree {
    let required = check.parameters.filter(\.isRequired).map { JSONTree.string($0.name) }
    var with = parameters(check.parameters, isWhole: isWhole)
    var then: [String: JSONTree] = [:]
    if isWhole, !required.isEmpty {
      with = with.with(["required": .array(required)])
      then["required"] = ["with"]
    }
    then["properties"] = [
      "with": with, "remedies": remedies(check.cases, isWhole: isWhole),
      "check": ["description": .string(words(check.summary) + ". " + words(check.rationale))],
    ]
    return [
      "if": ["properties": ["check": ["const": .string(check.id)]], "required": ["check"]],
      "then": .object(then),
    ]
  }

  /// The schema of remedies for the cases of a check.
  private func remedies(_ cases: [CheckCase], isWhole: Bool) -> JSONTree {
    object(
      Dictionary(
        cases.map { found in
          let names = found.variables.map { "{\($0.name)}" }.joined(separator: ", ")
          let text: JSONTree =
            isWhole ? reference("text") : Self.orNull(reference("text"))
          return (
            found.name,
            text.with(["description": .string(words(found.summary) + (names.isEmpty ? "" : ". " + names))])
          )
        }, uniquingKeysWith: { first, _ in first }))
  }

  /// - Parameter isWhole: whether the parameters are complete; a change of a rule may remove one with `null`.
  private func parameters(_ parameters: [Parameter], isWhole: Bool = true) -> JSONTree {
    object(
      Dictionary(
        parameters.map { parameter in
          let schema = JSONTree(parameter, in: language)
          guard !isWhole else { return (parameter.name, schema) }
          var change = schema
          if case .map(let keys, let values) = parameter.type {
            change = schema.with([
              "propertyNames": JSONTree(keys), "additionalProperties": Self.orNull(JSONTree(values)),
            ])
          }
          return (parameter.name, Self.orNull(change))
        }, uniquingKeysWith: { first, _ in first }))
  }

  private static func orNull(_ schema: JSONTree) -> JSONTree { ["anyOf": [schema, ["type": "null"]]] }

  // MARK: - Parts

  private var links: JSONTree { list(of: ["type": "string", "pattern": "^https?://\\S+$"]) }

  private var localizedText: JSONTree {
    let languages = Language.allCases.map { ($0.rawValue, JSONTree.text) }
    return [
      "anyOf": [
        .text,
        object(Dictionary(uniqueKeysWithValues: languages), ["minProperties": 1]),
      ]
    ]
  }

  /// The schema of an id. A letter with its marks counts as one, however it is encoded.
  private var id: JSONTree {
    .text(like: "^([\\p{L}\\p{N}][\\p{M}\\u200C\\u200D]*|[._-]){1,64}$")
  }

  private func object(_ properties: [String: JSONTree], _ more: [String: JSONTree] = [:]) -> JSONTree {
    JSONTree.object(["type": "object", "properties": .object(properties), "additionalProperties": false])
      .with(more)
  }

  private func list(of items: JSONTree) -> JSONTree { ["type": "array", "items": items] }

  private func reference(_ name: String) -> JSONTree { ["$ref": .string("#/$defs/\(name)")] }

  private func described(_ schema: JSONTree, fr: Text, en: Text) -> JSONTree {
    schema.with(["description": .string(say(fr: fr, en: en))])
  }

  private func described(_ schema: JSONTree, _ words: LocalizedText) -> JSONTree {
    schema.with(["description": .string(self.words(words))])
  }

  private func words(_ text: LocalizedText) -> String { text.rendered(in: language) }

  private func say(fr: Text, en: Text) -> String { words(LocalizedText(fr: fr, en: en)) }
}
