import Preflight

/// A card source that rule files may already name and that this version cannot read yet.
///
/// It says so of every fact, which makes what depends on them undecided (69): never a pass.
struct PendingSource: Source {
  let name: String
  let provides: Set<FactName>
  var answersAtOnce: Bool { true }

  func gather(
    _ wanted: Set<FactName>, within deadline: Duration, from workstation: any WorkstationAccess
  ) async -> [Fact] {
    let why = Unavailability(
      .service,
      LocalizedText(
        fr: "cette version ne lit pas encore la carte (source « \(name) ») ; fournir --facts ou --report",
        en: "this version does not read the card yet (source “\(name)”); give --facts or --report"))
    return wanted.map { Fact($0, unavailable: why, source: name) }
  }

  /// What the card holds, through the Cryptolib.
  static let cryptoki = declaration(
    "cryptoki", fr: "contenu de la carte, par la Cryptolib (PKCS#11)",
    en: "what the card holds, through the Cryptolib (PKCS#11)",
    provides: [
      .cardKind, .cardNumber, .cardTest, .cardIssuedOn, .cardExpiresOn, .cardPIN, .holderName,
      .billingDAM, .billingSituations, .cryptolibLibrary,
    ],
    options: [
      Parameter(
        "module", .string, fr: "nom connu de p11-kit, ou chemin", en: "a name that p11-kit knows, or a path")
    ])

  private static func declaration(
    _ name: String, fr: Text, en: Text, provides: Set<FactName>, options: [Parameter] = []
  ) -> SourceDeclaration {
    SourceDeclaration(
      name: name, summary: LocalizedText(fr: fr, en: en), options: options, readsCard: true
    ) { _ throws(ParameterError) -> any Source in PendingSource(name: name, provides: provides) }
  }
}
