import ArgumentParser
import Preflight
import Testing

@testable import cps_preflight

@Suite("A mistake on the command line is told in the reader's language")
struct UsageMistakeTests {
  /// Returns the first words about the command line, and what is said after them.
  private static func told(_ arguments: [String], in language: Language) throws -> (
    code: Int32, words: String
  ) {
    do {
      _ = try Invocation.command(arguments)
      return (0, "")
    } catch let failure as Failure {
      return (failure.code.rawValue, failure.text(in: language))
    } catch let unparsed as Unparsed {
      let words = RootCommand.fullMessage(for: unparsed.error, columns: 80)
      return (unparsed.ending.rawValue, language == .french ? FrenchMistakes.text(words) : words)
    }
  }

  /// A mistake, and what is said of it first.
  private static let parsed: [(arguments: [String], english: String, french: String)] = [
    (
      ["check", "--rule", "r"], "Error: Unknown option '--rule'.",
      "Erreur : option inconnue « --rule » ; peut-être « --rules » ?"
    ),
    (
      ["check", "--nothing"], "Error: Unknown option '--nothing'", "Erreur : option inconnue « --nothing »\n"
    ),
    (["check", "-x"], "Error: Unknown option '-x'", "Erreur : option inconnue « -x »\n"),
    (
      ["check", "--rules"], "Error: Missing value for '--rules <file>'",
      "Erreur : il manque la valeur de « --rules <fichier> »\nAide :  --rules <fichier>  Le fichier de règles ; par"
    ),
    (
      ["check", "--offline=yes"], "Error: The option '--offline' does not take any value",
      "Erreur : l’option « --offline » ne prend pas de valeur : retirer « yes »"
    ),
    (["check", "more"], "Error: Unexpected argument 'more'", "Erreur : argument inattendu « more »"),
    (["check", "a", "b"], "Error: 2 unexpected", "Erreur : 2 arguments inattendus : « a », « b »"),
    (
      ["plugins", "new", "--language", "sh"], "Error: Missing expected argument '<name>'",
      "Erreur : il manque l’argument « <nom> »\nAide :  <nom>  Des minuscules"
    ),
    (
      ["check", "--for", "x"], "Error: The value 'x' is invalid for '--for <use>'. Please",
      "Erreur : la valeur « x » n’est pas valable pour « --for <usage> » ; donner « signature », « adri » ou « teletransmission ».\nAide :  --for <usage>  Ce à quoi"
    ),
    (
      ["check", "--lang", "de"], "Error: The value 'de'",
      "Erreur : la valeur « de » n’est pas valable pour « --lang <langue> » ; donner « fr » et « en »."
    ),
    (
      ["check", "--format", "pdf"], "Error: The value 'pdf'",
      "Erreur : la valeur « pdf » n’est pas valable pour « --format <format> » ; donner l’une de celles-ci :\n  - text"
    ),
    (
      ["check", "--on", "x"], "Error: The value 'x'",
      "Erreur : la valeur « x » n’est pas valable pour « --on <date> »\nAide :"
    ),
    (
      ["--generate-completion-script", "csh"], "Error: Can't generate",
      "Erreur : il n’y a pas de complétion pour « csh » ; donner --generate-completion-script=<shell> avec l’un de ceux-ci :\n"
    ),
    (
      ["rules"], "Error: Name a command.\nUsage",
      "Erreur : nommer une commande.\nUsage : cps-preflight <commande>"
    ),
    ([], "Error: Name a command.", "Erreur : nommer une commande."),
  ]

  @Test("What ArgumentParser finds", arguments: parsed)
  func parser(arguments: [String], english: String, french: String) throws {
    let plain = try Self.told(arguments, in: .english)
    #expect(plain.code == 64 && plain.words.hasPrefix(english), "\(plain)")
    let told = try Self.told(arguments, in: .french)
    let words = FrenchPrint.typed(told.words)
    #expect(told.code == 64 && words.hasPrefix(FrenchPrint.typed(french)), "\(words)")
    // Nothing of the frame around it is left in English.
    for word in ["Error:", "Usage: ", "Help: ", "for more information", "<file>"] {
      #expect(!told.words.contains(word), "\(told.words)")
    }
  }

  /// Options that do not go together, one line for each way to say so.
  private static let combined: [(arguments: String, french: String)] = [
    ("check --nagios-exit", "--nagios-exit va avec --format nagios"),
    ("check --output=-", "--output prend le chemin d’un fichier"),
    ("check --journal-size 10MiB", "--journal-size va avec --journal"),
    ("check --label a=1 --label a=2", "--label donne chaque nom une seule fois, 20 noms au plus"),
    ("check --am 1 --situation 1", "--am et --situation s’excluent"),
    ("check --situation 0", "--situation compte à partir de 1"),
    ("check --am x", "--am prend un identifiant de facturation"),
    ("check --key k", "--key signe des verdicts"),
    ("check --all-readers --reader r", "--all-readers et --reader s’excluent"),
    ("check --all-readers --offline", "--all-readers regarde les lecteurs"),
    ("check --all-readers --wait 1s", "--all-readers juge les cartes présentes"),
    ("check --all-readers --pin-fd 3", "--all-readers ne présente aucun code porteur"),
    ("check --all-readers --am 1", "--am et --situation parlent d’une seule carte"),
    ("check --all-readers --key k", "--key signe un seul verdict"),
    ("check --all-readers --format html", "--all-readers écrit text ou json"),
    ("check --facts - --report -", "--facts et --report ne peuvent pas être toutes deux l’entrée standard"),
    ("check --facts - --facts -", "--facts ne peut être l’entrée standard qu’une fois"),
    ("check --pin-fd 3 --pin-file f", "--pin-fd et --pin-file s’excluent"),
    ("check --pin-fd=-1", "--pin-fd prend le numéro d’un descripteur ouvert"),
    ("facts --pin-fd 1", "--pin-fd prend un descripteur à lire"),
    ("facts --pin-fd 0 --facts -", "--pin-fd 0 et un fichier de l’entrée standard s’excluent"),
    ("run --offline", "nommer une commande après --"),
    ("run --all-readers -- true", "--all-readers est pour check"),
    ("run --nagios-exit --format nagios -- true", "--nagios-exit est pour check"),
    ("evaluate --jobs 0", "--jobs prend un nombre de 1 à 1024"),
    ("readers --watch --format json", "--watch est pour les personnes"),
    ("doctor --root x", "--root prend un chemin absolu"),
    ("doctor --bundle -", "--bundle prend le chemin d’un fichier"),
    ("verdict verify v --any-card --reader r", "--any-card et --reader s’excluent"),
    ("verdict verify v --any-card --module m", "--any-card ne demande aucune carte"),
    ("rules lint a --rules b", "nommer le fichier de règles une seule fois"),
    ("rules lint --diff --format json", "--diff est un texte à part"),
    ("check --reader a --reader b", "--reader est donné plusieurs fois"),
    ("check --help --version", "--help ne va avec rien d’autre"),
  ]

  @Test("Options that do not go together", arguments: combined)
  func together(line: String, french: String) throws {
    let arguments = line.split(separator: " ").map(String.init)
    let told = try Self.told(arguments, in: .french)
    #expect(told.code == 64 && told.words.contains("error: \(french)"), "\(told)")
  }

  @Test("The program itself: on standard error, with what may be personal hidden", arguments: ["fr", "en"])
  func told(language: String) async throws {
    let run = try await BuiltProgram.run(["check", "--for", "Monsieur TESTARD", "--lang", language])
    #expect(run.code == 64 && run.output == "" && !run.errors.contains("TESTARD"), "\(run)")
    #expect(run.errors.hasPrefix(language == "fr" ? "Erreur\u{A0}: la valeur" : "Error: The value"), "\(run)")
  }

  @Test(
    "A word that is not UTF-8 names no file: another one would be read or written",
    arguments: [
      #"check --facts facts.json --output "$o" --format json"#, #"check --facts "$o""#, #"explain "$o""#,
      #"run --facts "$o" -- true"#, #"evaluate --rules "$o""#,
    ])
  func encoding(line: String) async throws {
    let folder = try Folder(["facts.json": Sample().json])
    let run = try await BuiltProgram.shell(
      "o=$(printf 'z\\351'); echo old >\"$o\"; LC_ALL=en_GB.UTF-8 $P \(line) </dev/null; echo $?; ls | wc -l; cat \"$o\"",
      in: folder.path)
    #expect(run.output == "64\n2\nold\n", "\(run)")
    #expect(run.errors.contains("of the command line is not UTF-8"), "\(run)")
  }
}
