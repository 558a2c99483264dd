import Preflight
import SeededNumbers

/// Facts that are drawn for the shipped rules: sound ones mostly, so that one of them often decides.
struct DrawnFacts {
  private static let days = [
    "2020-01-31", "2025-06-30", "2025-09-10", "2026-03-14", "2026-04-10", "2028-09-30",
  ]
  .compactMap { CivilDate($0) }.map { FactValue.date($0) }
  private static let versions = [Version(4, 9), Version(5, 0, 0), Version(5, 2, 1), Version(5, 2, 4)]

  /// The values of each fact, the sound one first.
  private static let values: [(name: FactName, values: [FactValue])] = [
    (.today, [.date(CivilDate(daysSince1970: 20527))]),
    (.cardPresent, [.boolean(true), .boolean(false)]),
    (.cardKind, [.text("cps"), .text("cpe"), .text("cpf"), .text("vitale")]),
    (.cardGeneration, [.text("cps3"), .text("cps4")]),
    (.cardContactless, [.boolean(false), .boolean(true)]),
    (.cardTest, [.boolean(false), .boolean(true)]),
    (.cardIssuedOn, [days[2]] + days),
    (.cardExpiresOn, [days[5]] + days),
    (.cardPIN, [.text("ok"), .text("low"), .text("final"), .text("blocked")]),
    (.billingDAM, [.boolean(true), .boolean(false)]),
    (
      .billingSituations,
      [("692612344", true), ("692612344", false), ("", true), ("000000000", nil)].map { identifier, may in
        .situations([
          BillingSituation(
            identifier: .written(Personal(identifier, as: .identifier)), signFSE: may, signLots: may)
        ])
      } + [.situations([])]
    ),
    (.cryptolibVersion, versions.reversed().map { .version($0) }),
    (
      .cryptolibVersions,
      [[3], [2, 3], [3, 0]].map {
        .cryptolibs($0.map { InstalledCryptolib(version: versions[$0], place: "adm") })
      }
    ),
  ]

  static func some(_ numbers: inout SeededNumbers) -> [Fact] {
    values.compactMap { name, values in
      switch Int.random(in: 0..<24, using: &numbers) {
      case 0 where name != .today: nil
      case 1 where name != .today: Fact(absent: name, source: "drawn")
      case 2:
        Fact(
          name,
          unavailable: Unavailability(
            Unavailability.Reason.allCases.randomElement(using: &numbers) ?? .service,
            LocalizedText(everywhere: "drawn")), source: "drawn")
      case 3...6: values.randomElement(using: &numbers).map { Fact(name, $0, source: "drawn") }
      default: Fact(name, values[0], source: "drawn")
      }
    }
  }
}
