import JSON
package import Preflight

/// The test file that new integrators start from, beside their rule file.
package enum RuleTestTemplate {
  /// Returns a file with one test, which the shipped rules pass.
  ///
  /// - Parameters:
  ///   - rules: the rule file, relative to the test file.
  ///   - name: the test file, as a command names it.
  package static func text(of rules: String, named name: String, in language: Language) -> String {
    let french = language == .french
    let heading =
      french
      ? """
      # Les essais de \(rules). Après un changement : cps-preflight rules test \(name)
      # Un essai tiré de la carte qui est dans le lecteur : cps-preflight rules test --from-card
      """
      : """
      # The tests of \(rules). After a change: cps-preflight rules test \(name)
      # A test made from the card in the reader: cps-preflight rules test --from-card
      """
    return """
      \(heading)
      version: 1
      rules: \(PlainValue.text(rules).json)
      on: 2026-03-15

      tests:
        - name: \(french ? "une carte en règle peut partir" : "a card that is in order may send")
          facts:
            card.present: true
            card.kind: cps
            card.contactless: false
            card.test: false
            card.issuedOn: 2025-09-10
            card.expiresOn: 2028-09-30
            card.pin: ok
            billing.dam: true
            billing.situations: [{ identifier: "692612344", signFSE: true, signLots: true }]
            cryptolib.version: "5.2.4"
          expect: { exit: 0 }

      """
  }
}
