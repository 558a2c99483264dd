/// What a card was issued for. The raw values are the codes of ANS's table TRE_G01, in hexadecimal; there is no
/// `81`.
package enum CardCategory: String, Sendable, CaseIterable {
  case cardInUse = "00"
  case securityModule = "02"
  case softwareCertificate = "03"
  case testCard = "80"
  case testSecurityModule = "82"
  case testSoftwareCertificate = "83"

  /// Creates the category from the byte on the card. Returns nil if the table does not have it.
  package init?(byte: UInt8) {
    self.init(rawValue: (byte < 0x10 ? "0" : "") + String(byte, radix: 16))
  }

  /// Whether cards of this category are only for tests.
  package var isTest: Bool {
    switch self {
    case .testCard, .testSecurityModule, .testSoftwareCertificate: true
    case .cardInUse, .securityModule, .softwareCertificate: false
    }
  }

  /// The name in the table.
  package var name: LocalizedText {
    switch self {
    case .cardInUse: LocalizedText(fr: "carte en service", en: "a card in use")
    case .securityModule: LocalizedText(fr: "module de sécurité", en: "a security module")
    case .softwareCertificate: LocalizedText(fr: "certificat logiciel", en: "a software certificate")
    case .testCard: LocalizedText(fr: "carte de test", en: "a test card")
    case .testSecurityModule: LocalizedText(fr: "module de sécurité de test", en: "a test security module")
    case .testSoftwareCertificate:
      LocalizedText(fr: "certificat logiciel de test", en: "a test software certificate")
    }
  }
}
