import AnyFact
import Billing
import Card
import Cryptolib
import FoundationEssentials
import Preflight
import RuleFile
import Testing

@testable import RuleDesk

/// The files of this repository that the tests read.
enum Repository {
  static func text(_ path: String) throws -> String {
    let root = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
    return try String(contentsOf: URL(filePath: "\(root)/\(path)"), encoding: .utf8)
  }
}

/// What the shipped rules and messages explain.
private enum Shipped {
  static let messages = ShippedMessages.read()
  static let french = explanation(in: .french)
  static let english = explanation(in: .english)

  private static func explanation(in language: Language) -> Explanation? {
    let registry = Registry([.card, .billing, .cryptolib, .anyFact])
    guard let text = try? Repository.text("rules.yaml") else { return nil }
    let file = RuleFile(Array(text.utf8), name: "rules.yaml", registry: registry)
    return file.ruleSet.map { rules in
      Explanation(rules, registry, in: language, messages: messages.messages) { file.place(ofRule: $0) }
    }
  }
}

@Suite("explain recognises what people paste")
struct PastedTextsTests {
  @Test(
    "A pasted text, and what its explanation begins with or holds",
    arguments: [
      // Codes of the reader software, decimal and hexadecimal, with or without a prefix.
      ("F001", ["F001 (61441) (certain)", "Vitale card is in its place"]),
      ("f004", ["F004 (61444) (certain)"]),
      ("0xF004", ["F004 (61444) (certain)"]), ("F004h", ["F004 (61444) (certain)"]),
      ("&HF004", ["F004 (61444) (certain)"]), ("61444", ["F004 (61444) (certain)", "Cryptolib"]),
      ("V F101", ["F101 (61697) (certain)"]), ("VF101", ["F101 (61697) (certain)"]),
      ("erreur F026", ["test card", "F026"]), ("Erreur n° 61478 lors de la signature du lot", ["F026"]),
      ("erreur F026 le 12/03/2026 à 12:31:07", ["F026"]), ("F001 / 61441", ["F001 (61441) (certain)"]),
      ("61457", ["F011", "Vitale"]), ("F015", ["withdrawn"]), ("0001", ["0001 (1)", "GALSS"]),
      ("GALSS : erreur 0002", ["0002 (2)", "Too many sessions"]), ("0004", ["0004 (4) (certain)"]),
      ("0010", ["held by another program"]), ("512", ["0200 (512)", "code porteur again"]),
      ("0200", ["0200 (512)"]), ("1024", ["0400 (1024)", "galss.ini"]), ("0800", ["already open"]),
      ("32769", ["8001 (32769)", "GALSS.INI"]), ("8002", ["8002 (32770)"]),
      ("8007", ["section of galss.ini"]),
      ("800c", ["io_comm.ini"]), ("32782", ["800E (32782)", "do not go together"]),
      ("F100", ["does not match galss.ini"]),
      ("FF21", ["lost the code porteur"]), ("F620", ["SSV table"]), ("63039", ["F63F (63039)", "SSV table"]),
      ("63104", ["RepertoireTable"]), ("code retour SSV : F6F2", ["RepertoireTravail"]),
      // Constants of PC/SC and PKCS#11, by name and by number.
      ("[0x8010000B]", ["SCARD_E_SHARING_VIOLATION, 0x8010000B (certain)", "Find who holds it"]),
      ("-2146435061", ["SCARD_E_SHARING_VIOLATION"]), ("2148532235", ["SCARD_E_SHARING_VIOLATION"]),
      ("0xFFFFFFFF8010000B", ["SCARD_E_SHARING_VIOLATION"]),
      ("18446744071563116555", ["SCARD_E_SHARING_VIOLATION"]),
      ("SCardConnect failed: 0x80100069 (Card was removed.)", ["SCARD_W_REMOVED_CARD"]),
      ("8010001D", ["pcscd.socket"]), ("scard_e_no_service", ["pcscd.socket"]),
      ("SCardEstablishContext: Service not available.", ["pcscd.socket"]),
      ("C_Login failed: CKR_PIN_LOCKED (0x000000a4)", ["CKR_PIN_LOCKED (certain)", "unlock code"]),
      ("error CKR_GENERAL_ERROR", ["CKR_GENERAL_ERROR", "no DAM"]),
      ("0xA0", ["CKR_PIN_INCORRECT", "three wrong codes"]),
      ("0xFFFFFFFF80000001", ["not finished"]), ("0x80000001", ["not finished"]),
      ("CKR_VENDOR_DEFINED + 1", ["not finished"]), ("-2147483647", ["not finished"]),
      // Bare numbers: an exit code first, then a code of the reader software.
      ("64", ["Exit code of cps-preflight (likely)", "wrong command line", "0040 (64)", "abandoned"]),
      ("1", ["without a code of its own", "0001 (1)"]), ("16", ["0010 (16)"]),
      ("0", ["every blocking rule passed"]),
      ("40", ["[cryptolib-a-jour]", "This rule checks that the installed Cryptolib"]),
      ("exit status 75", ["retry", "(certain)"]), ("126", ["chmod +x"]), ("127", ["shared library"]),
      ("la commande a fini avec le code de sortie 137", ["SIGKILL"]), ("zsh: exit 139", ["SIGSEGV"]),
      ("143", ["SIGTERM"]), ("159", ["SIGSYS"]),
      // Texts, however they were copied.
      ("La CPS n'a pas de DAM", ["Cryptolib 5.2.2 or later", "[dam-present]", "[cryptolib-a-jour]"]),
      (
        "<p>Carte du Professionnel de Sant&eacute; est non valide ou inexploitable par le Logiciel Lecteur.<br/>La CPS n&#39;a pas de DAM</p>",
        ["Cryptolib 5.2.2 or later", "[dam-present]"]
      ),
      ("LE CHEMIN DES TABLES BINAIRES\r\nDES SSV EST ABSENT\r\nDU FICHIER SESAM.INI", ["RepertoireTable"]),
      ("Section MGC absente, ou clé RepertoireConfigTrace absente", ["[MGC]"]),
      ("Erreur: carte cps ABSENTE !", ["slots swapped"]),
      ("Lecteurs de cartes introuvables", ["DMP connector"]),
      ("siram_40", ["change nothing here", "(certain)"]),
      ("Erreur SIRAM 40 : service indisponible", ["change nothing here"]),
      ("FASIBEN", ["change nothing here"]), ("Anomalie MOWD, réessayez", ["change nothing here"]),
      ("Problème d’initialisation de la Cryptolib CPS", ["missing on this workstation"]),
      ("impossible de lire&nbsp;le certificat CPS", ["certificate could not be read"]),
      ("Carte CPS expirée", ["0 809 40 00 82"]),
      ("Une carte CPS de TEST ne doit pas être utilisée en environnement réel", ["[carte-de-test]", "F026"]),
      (
        "00000012 auth.c:143:IsClientAuthorized() Process 1234 (user: 1000) is NOT authorized for action: access_pcsc",
        ["access_card"]
      ),
      ("winscard.c:355:Rejected unauthorized PC/SC client", ["access_card"]),
      ("ccid_usb.c:672:OpenUSBByName() NOT a CCID/ICCD device", ["EI96S"]),
      ("Waiting for the first reader...", ["EI96S"]),
      (
        "cps-preflight: error while loading shared libraries: libpcsclite.so.1: cannot open shared object file: No such file or directory",
        ["libpcsclite1"]
      ),
      // Diagnostics, terms.
      (
        "rules.yaml:16:22: error: unknown check “card.presnt” [unknown-check]",
        ["unknown-check", "not known"]
      ),
      ("wrong-type", ["wrong type"]), ("C'est quoi un DAM ?", ["DAM: Domaine Assurance Maladie"]),
      ("numero am", ["numéro AM: The billing identifier"]), ("CPE", ["Carte de Personnel d'Établissement"]),
      ("what is a FSE", ["Feuille de soins"]), ("les lots", ["A bundle of FSE"]),
      ("code porteur", ["four digits"]),
    ])
  func pasted(text: String, words: [String]) throws {
    let explanation = try #require(Shipped.english?.text(of: text), "\(text)")
    for words in words { #expect(explanation.contains(words), "\(text): \(explanation)") }
  }

  @Test(
    "Parts of longer numbers, telephone numbers, dates, identifiers and codes of persons are no codes",
    arguments: [
      "0 806 800 213", "0806800213", "01 44 78 12 31", "+33 1 44 78 12 31", "12/03/2026",
      "2026-11-26 12:31:40",
      "12:31:07", "692 612 345", "692612345", "2800 0090 17", "161444", "614441", "F0041", "1F004", "0xF0041",
      "F004_X",
      "code porteur 0004", "PIN code 0004", "version 5.2.2", "192.168.0.64", "8f3a-F004-99ab", "0B00:0090",
      "page 31",
      "il y a 64 cartes", "à 12h",
    ])
  func noCodes(text: String) throws {
    let explanation = try #require(Shipped.english).text(of: text)
    #expect(explanation == nil, "\(text): \(explanation ?? "")")
  }

  @Test(
    "What nothing is known of leads to the three nearest",
    arguments: [
      ("F002", ["F001", "F003", "F004"]), ("code-porteur-utilisble", ["code-porteur-utilisable"]),
      ("47", ["40"]),
      ("CKR_PIN_INCORECT", ["CKR_PIN_INCORRECT"]),
      ("La carte du patient est non valide", ["Carte du Professionnel"]),
      ("…", ["cryptolib-a-jour"]), ("imprimante hors ligne", []),
    ])
  func nearest(text: String, expected: [String]) throws {
    let explanation = try #require(Shipped.french)
    #expect(explanation.text(of: text) == nil)
    let nearest = explanation.nearest(to: text)
    #expect(nearest.count == 3)
    for words in expected { #expect(nearest.contains { $0.contains(words) }, "\(nearest)") }
  }

  @Test("Rules, origins and certainty in French")
  func french() throws {
    let explanation = try #require(Shipped.french)
    #expect(
      explanation.text(of: "carte-presente")?.contains(
        "Cette règle vérifie qu’une carte est dans le lecteur.") == true)
    #expect(
      explanation.text(of: "dam-present")?.contains("Cette règle vérifie que la carte a un DAM") == true)
    #expect(explanation.text(of: "FASIBEN")?.contains("ne rien changer sur ce poste") == true)
    #expect(explanation.text(of: "F004")?.contains("de 2005") == true)
    #expect(explanation.text(of: "64")?.contains("(probable)") == true)
    #expect(explanation.text(of: "lot")?.contains("Un paquet de FSE") == true)
  }

  @Test("What was pasted is not repeated: a number of somebody is in no explanation")
  func personal() throws {
    let explanation = try #require(Shipped.french)
    let pasted = "Erreur F004 pour TESTARD ALBAN, AM 692612345, carte 2800009017"
    let text = try #require(explanation.text(of: pasted))
    for word in ["692612345", "2800009017", "TESTARD"] { #expect(!text.contains(word)) }
    for name in explanation.nearest(to: "TESTARD 692612345") { #expect(!name.contains("6926")) }
  }

  @Test("However much is pasted, no more words are compared than the limit says")
  func bounded() {
    let matching = MessageMatching(Shipped.messages.messages)
    for words in ["carte ", "F004 ", "&eacute;<b", "1 2 ", "CKR_PIN_LOCKED ", "<"] {
      let pasted = PastedText(String(repeating: words, count: 20_000))
      #expect(matching.search(pasted).comparisons <= MessageMatching.comparisonLimit)
      #expect(QuotedCode.codes(in: pasted.folded).count <= 64)
    }
  }
}

@Suite("The messages that come with the program")
struct ShippedMessagesTests {
  private let file = Shipped.messages

  @Test("They are read without a diagnostic, and each says where the trouble is and how that is known")
  func sound() {
    #expect(file.diagnostics.isEmpty, "\(file.diagnostics)")
    for message in file.messages {
      #expect(message.origin != nil, "\(message.texts)")
      let source = message.source?.rendered(in: .french) ?? ""
      #expect(source.contains("20"), "its age: \(source)")
      guard case .told(let cause, let remedy) = message.meaning else { continue }
      for text in [cause, remedy] {
        let french = text.rendered(in: .french)
        #expect(french != text.rendered(in: .english))
        #expect(!french.contains("'"), "\(french)")
        for sign in [" :", " ;", " !", " ?", "« ", " »"] { #expect(!french.contains(sign), "\(french)") }
      }
    }
  }

  @Test("Every constant of PC/SC and PKCS#11 is known by its name and its number")
  func constants() {
    let symbols = file.messages.compactMap(\.symbol)
    #expect(symbols.count { $0.hasPrefix("SCARD_") } >= 60)
    #expect(symbols.count { $0.hasPrefix("CKR_") } >= 95)
    for message in file.messages where message.symbol?.contains("_") == true && message.origin != .remote {
      #expect(!message.codes.isEmpty, "\(message.texts)")
    }
  }

  @Test("Remote trouble says that nothing is to be changed here")
  func remote() {
    let remote = file.messages.filter { $0.origin == .remote }
    #expect(remote.count == 3)
    for message in remote {
      guard case .told(_, let remedy) = message.meaning else { continue }
      #expect(remedy.rendered(in: .french).contains("Ne rien changer sur ce poste"))
      #expect(remedy.rendered(in: .english).contains("Change nothing here"))
    }
  }
}

@Suite("The glossary")
struct GlossaryTests {
  @Test(
    "Its pages have the same words",
    arguments: [("docs/glossary.md", Language.english), ("docs/glossary.fr.md", .french)])
  func page(path: String, language: Language) throws {
    let rows = try Repository.text(path).split(separator: "\n").filter { $0.hasPrefix("| ") }
      .dropFirst().map { row in
        // Without what Markdown adds: code, emphasis, the targets of links.
        var plain = ""
        var isTarget = false
        for sign in row where !"`*[".contains(sign) {
          if sign == "]" { isTarget = true } else if !isTarget { plain.append(sign) }
          if isTarget, sign == ")" { isTarget = false }
        }
        return plain
      }
    let terms = Glossary.terms.map {
      "| \($0.name.rendered(in: language)) | \($0.meaning.rendered(in: language)) |"
    }
    // Each page is in the order of its language.
    #expect(Set(rows).symmetricDifference(terms) == [])
    #expect(rows.count == terms.count)
  }

  @Test("Every term is in French as well, with the signs of French")
  func french() {
    for term in Glossary.terms {
      let french = term.meaning.rendered(in: .french)
      #expect(french != term.meaning.rendered(in: .english))
      for sign in ["'", " :", " ;", "« ", " »"] { #expect(!french.contains(sign), "\(french)") }
    }
  }
}
