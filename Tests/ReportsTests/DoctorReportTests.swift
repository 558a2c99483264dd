import Preflight
import Reports
import Testing

@Suite("The doctor's report")
struct DoctorReportTests {
  private static func report(_ language: Language, colour: Bool = false) -> DoctorReport {
    let fact = FactName("a.b")
    let examinations = [
      Examination("pcsc.service", .pcsc, [fact]) { _ in
        [
          Observation(
            .fault, "not_installed",
            LocalizedText(fr: "Le service n'est pas là.", en: "The service is not there."),
            meaning: LocalizedText(
              fr:
                "Sans ce service, aucun lecteur ni aucune carte n'est vu, et rien ne peut être lu ni signé ici.",
              en:
                "Without this service no reader and no card is seen, and nothing can be read or signed here."),
            mending: [
              .install(debian: "pcscd libccid", rpm: "pcsc-lite"),
              .advice(LocalizedText(fr: "Puis rebrancher le lecteur.", en: "Then plug the reader in again.")),
            ])
        ]
      },
      Examination("machine.clock", .machine, []) { _ in
        [.sound(fr: "L'heure est bonne.", en: "The time is right.")]
      },
      Examination("usb.readers", .readers, [fact]) { facts throws(Unavailability) in
        _ = try facts.value(fact)
        return []
      },
    ]
    let system = SystemAtHand(packager: .apt, hasSystemd: false, isRoot: false)
    return DoctorReport(
      Diagnosis(examinations, of: Facts(), on: system), version: "1",
      ReportOptions(language: language, disclosure: .masked, colour: colour))
  }

  @Test("Part by part, each finding with what it means and what mends it; a command is never broken")
  func text() {
    let french = """
      Service PC/SC
        ✗ Le service n’est pas là.
            Sans ce service, aucun lecteur ni aucune carte n’est vu, et rien ne peut
            être lu ni signé ici.
            $ sudo apt-get install pcscd libccid
            → Puis rebrancher le lecteur.
      Lecteurs
        ? a.b n’est pas connu\u{A0}: aucune source ne le donne.
      Poste
        ✓ L’heure est bonne.

      1 problème ✗, 0 remarque\u{A0}!, 1 non vu\u{A0}? (code 1)

      """
    #expect(Self.report(.french).text == french)
    #expect(Self.report(.english).text.hasSuffix("\n\n1 problem ✗, 0 remarks !, 1 not seen ? (code 1)\n"))
  }

  @Test("Signs and headings have colours where a terminal takes them, and nothing else changes")
  func colours() {
    let coloured = Self.report(.english, colour: true).text
    #expect(coloured.contains("  \u{1B}[31m✗\u{1B}[0m The service is not there.\n"))
    let plain = coloured.replacing(try! Regex("\u{1B}\\[[0-9]*m"), with: "")
    #expect(plain == Self.report(.english).text)
  }
}
