import Preflight

/// Sample values of each type, for requests to plugins.
enum ConformanceSamples {
  /// Returns the options of a source or the parameters of a check: those that are required, and those with
  /// defaults.
  static func settings(_ declared: [Parameter]) -> PlainValue {
    .map(
      declared.compactMap { parameter in
        let value = parameter.fallbackValue ?? (parameter.isRequired ? value(of: parameter.type) : nil)
        return value.map { PlainValue.Entry(parameter.name, $0) }
      })
  }

  /// Returns known facts of these names. Facts of other plugins are left out, since their types are not known here.
  static func facts(_ names: [FactName], of manifest: PluginManifest, among catalogue: FactCatalogue) -> Facts
  {
    let catalogue = catalogue.adding(manifest.sources.flatMap(\.facts))
    return Facts(
      names.compactMap { name in
        catalogue[name].map { Fact(name, value(of: $0.type), source: "sample") }
      })
  }

  private static func value(of type: FactType) -> FactValue {
    switch type {
    case .boolean: .boolean(true)
    case .integer: .integer(1)
    case .text: .text("sample")
    case .choice(let words): .text(words.first ?? "sample")
    case .personal(let kind): .personal(Personal("692612344", as: kind))
    case .date: .date(CivilDate(daysSince1970: 20_000))
    case .version: .version(Version(1, 2, 3))
    case .duration: .duration(.seconds(3))
    case .texts: .texts(["sample"])
    case .list: .list([.text("sample")])
    case .map: .map([.init("name", .text("sample"))])
    case .situations:
      .situations([
        BillingSituation(
          identifier: .written(Personal("692612344", as: .identifier)), signFSE: true, signLots: true)
      ])
    case .cryptolibs:
      .cryptolibs([.init(version: Version(1, 2, 3), architecture: .bits64, place: "sample")])
    case .concealed(let type): .concealed(value(of: type))
    case .judgement: .judgement(.pass(fr: "essai", en: "sample"))
    }
  }

  private static func value(of type: ParameterType) -> PlainValue {
    switch type {
    case .orFact(let type): value(of: type)
    case .boolean: .boolean(true)
    case .integer: .number("1")
    case .string, .scalar: .text("sample")
    case .choice(let words): .text(words.first ?? "sample")
    case .date: .text("2026-01-15")
    case .version: .text("1.2.3")
    case .duration, .wait: .text("3s")
    case .list: .list([.text("sample")])
    case .map: .map([.init("name", .text("sample"))])
    }
  }
}
