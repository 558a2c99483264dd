import FoundationEssentials
import Testing

@Suite("The page for the person at the counter")
struct HTMLTests {
  /// The pages are also well-formed XML, which shows that no text broke out of its element or attribute.
  private func query(_ path: String, in html: String) async throws -> String {
    let folder = try Folder(["page.html": html])
    let run = try await BuiltProgram.shell(
      "\(TestTool.xmllint) --nonet --xpath '\(path)' page.html", in: folder.path)
    #expect(run.code == 0, "\(path): \(run.errors)\(html)")
    return String(run.output.dropLast())
  }

  @Test(
    "It is well-formed, and has one of each landmark and one title", arguments: VerdictCase.all, ["fr", "en"])
  func landmarks(one: VerdictCase, language: String) async throws {
    let run = try await one.report("--format", "html", "--verbose", language: language)
    #expect(run.code == one.code)
    #expect(run.output.hasPrefix("<!DOCTYPE html>\n<html lang=\"\(language)\">"))
    let counts = try await query(
      "concat(count(//main), count(//header), count(//footer), count(//h1), count(//title))", in: run.output)
    #expect(counts == "11111")
  }

  @Test(
    "Nothing is loaded, run or sent: only its own style, which the policy names", arguments: VerdictCase.all)
  func selfContained(one: VerdictCase) async throws {
    let html = try await one.report("--format", "html", "--verbose").output
    let elements = "//script|//link|//img|//iframe|//object|//embed|//form|//base|//svg"
    #expect(
      try await query(
        "concat(count(\(elements)), count(//@src), count(//@style), count(//@*[starts-with(name(), \"on\")]))",
        in: html) == "0000")
    let style = try #require(html.split(separator: "<style>").last?.split(separator: "</style>").first)
    #expect(!style.contains("url(") && !style.contains("@import"))
    let digest = try await BuiltProgram.shell("printf %s '\(style)' | sha256sum")
    let bytes = digest.output.prefix(64).split(by: 2).compactMap { UInt8($0, radix: 16) }
    let policy = try await query("string(//meta[@http-equiv=\"Content-Security-Policy\"]/@content)", in: html)
    #expect(
      policy == "default-src 'none'; style-src 'sha256-\(Data(bytes).base64EncodedString())'; "
        + "base-uri 'none'; form-action 'none'")
  }

  @Test("Headings never skip a level, and what is labelled by another has it", arguments: VerdictCase.all)
  func structure(one: VerdictCase) async throws {
    let html = try await one.report("--format", "html", "--verbose").output
    let levels = html.matches(of: /<h([1-6])/).compactMap { Int($0.1) }
    #expect(levels.first == 1)
    #expect(zip(levels, levels.dropFirst()).allSatisfy { $1 <= $0 + 1 }, "\(levels)")
    #expect(
      try await query(
        "concat(count(//@aria-labelledby[not(. = //@id)]), count(//@id[. = ../following::*/@id]), "
          + "count(//details[not(*[1][self::summary])]), count(//*[@class=\"sign\"][not(@aria-hidden)]))",
        in: html)
        == "0000")
  }

  @Test("What failed, what to do and whom to call")
  func words() async throws {
    let html = try await VerdictCase.blocked.report("--format", "html").output
    for part in [
      "BLOQUÉ, ne pas envoyer</h1>",
      "<p class=\"cause\">Carte périmée\u{A0}: son dernier jour était le 10/03/2026",
      "<h2>Ce qui bloque l’envoi</h2>", "<h4>Que faire</h4>",
      "<p class=\"remedy\">Appeler le 0\u{A0}809\u{A0}40\u{A0}00\u{A0}82.</p>", "<h4>Qui appeler</h4>",
      "<a href=\"tel:0809400082\">0 809 40 00 82</a>",
      "<a href=\"https://esante.gouv.fr/\" rel=\"noreferrer\">https://esante.gouv.fr/</a>",
      "appeler le support de votre logiciel et donner le code 30.",
    ] {
      #expect(html.contains(part), "\(part) in \(html)")
    }
    // The sign beside it is for sighted readers; the word is for screen readers.
    #expect(html.contains("<p>Échec\u{A0}: carte périmée"))
    let waived = try await VerdictCase.waived.report("--format", "html", language: "en").output
    #expect(waived.contains("<h2>Waivers in force</h2>") && waived.contains("WAIVED until 2026-04-01"))
    let ready = try await VerdictCase.ready.report("--format", "html", language: "en").output
    #expect(ready.contains("<p class=\"cause\">There is nothing to do.</p>"))
    let unjudged = try await VerdictCase.unjudged.report("--format", "html", language: "en").output
    #expect(
      unjudged.contains("UNDECIDED, do not send</h1>\n<p class=\"cause\">No blocking rule was judged.</p>"))
  }

  @Test("On paper a line stands for the rules that say nothing of their own, and each is on the screen")
  func paper() async throws {
    let sample = Sample().with("cryptolib.version", "\"5.0.0\"")
    let folder = try Folder(["facts.json": sample.json])
    let run = try await BuiltProgram.run(
      [
        "check", "--rules", "\(BuiltProgram.root)/rules.yaml", "--facts", "facts.json", "--offline", "--on",
        Sample.day, "--format", "html", "--lang", "en",
      ], in: folder.path)
    #expect(run.code == 40, "\(run)")
    // Ten that were not judged, and the one that is told above.
    let counts = try await query(
      "concat(count(//li), \" \", count(//li[@class=\"folded\"]), \" \", //p[@class=\"paper\"])",
      in: run.output)
    #expect(counts == "11 11 10 rules were not judged.")
    #expect(
      run.output.contains(".folded { display: none }") && run.output.contains(".paper { display: block }"))
    #expect(run.output.contains("Began (Paris time)</th><td>20"))
  }

  @Test("The page of the rules is of the same make")
  func rulePage() async throws {
    let run = try await BuiltProgram.run(["rules", "docs", "--format", "html", "--lang", "fr"])
    #expect(run.code == 0)
    #expect(try await query("concat(count(//main), count(//h1), count(//script))", in: run.output) == "110")
    #expect(run.output.contains("Content-Security-Policy"))
  }

  @Test(
    "A browser takes the style, runs nothing and refuses nothing",
    .enabled(if: FileManager.default.isExecutableFile(atPath: TestTool.chromium)), .timeLimit(.minutes(2)),
    arguments: [VerdictCase.hostile, .blocked])
  func browser(one: VerdictCase) async throws {
    let html = try await one.report("--format", "html").output
    let folder = try Folder(["page.html": html])
    let run = try await BuiltProgram.shell(
      """
      timeout 100 \(TestTool.chromium) --headless=new --no-sandbox --disable-gpu --user-data-dir=profile \
        --enable-logging=stderr --dump-dom "file://$PWD/page.html"
      """, in: folder.path)
    #expect(run.code == 0, "\(run.errors)")
    #expect(!run.errors.contains("CONSOLE"), "\(run.errors)")
    #expect(run.output.contains("<title>BLOQUÉ, ne pas envoyer – Vérification avant envoi</title>"))
    #expect(!run.output.contains("<script"))
  }
}

extension StringProtocol {
  /// Splits the text into pieces of that length.
  fileprivate func split(by length: Int) -> [String] {
    stride(from: 0, to: count, by: length).map { String(dropFirst($0).prefix(length)) }
  }
}
