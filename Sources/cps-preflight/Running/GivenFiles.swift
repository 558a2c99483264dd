import FactsFile
import GestionnaireReport
import Preflight
import Workstation

/// The input files of the command line, read, and the facts that it gives itself.
struct GivenFiles {
  /// The facts files, and what `--with` gives, which counts as one of them.
  private let facts: [FactsFile]
  private let report: GestionnaireReport?

  /// Reads the facts files and the report.
  ///
  /// - Parameter reportMaxAge: the greatest age of a report according to the rule file; the command line takes
  ///   precedence.
  /// - Throws: ``Failure``: 66 if a file is missing, 65 if it is malformed, 64 if a fact of the command line is.
  init(
    _ options: Inputs, _ catalogue: FactCatalogue, reportMaxAge: Duration?, language: Language
  ) throws(Failure) {
    let announce = LocalWorkstation(language: language).announce
    let written = try Self.writtenFacts(options.with, catalogue)
    facts =
      try options.facts.map { path throws(Failure) in try Self.factsFile(path, options, catalogue, announce) }
      + [written].compactMap(\.self)
    report = try options.report.map { path throws(Failure) in
      try Self.report(path, options, maxAge: options.reportMaxAge ?? reportMaxAge, announce)
    }
    let paths = options.facts + [written?.name, options.report].compactMap(\.self)
    guard paths.count > 1 || report != nil else { return }
    do throws(FactsFileFault) {
      try FactsFile.refuseContradictions(among: facts.flatMap(\.facts) + (report?.facts ?? []))
    } catch {
      throw Failure(.malformedInput, at: paths.joined(separator: ", "), error.message)
    }
  }

  /// The files as sources, all equally trusted.
  var sources: [any Source] { facts + [report].compactMap(\.self) }

  /// Whether one of them stands in for the card: a report, or a facts file with facts about a card or a reader.
  var takeTheCardsPlace: Bool { report != nil || facts.contains(where: \.speaksOfCard) }

  /// Whether a facts file gives the day.
  var sayTheDay: Bool { facts.contains { $0.facts.contains { $0.name == .today } } }

  private static func factsFile(
    _ path: String, _ options: Inputs, _ catalogue: FactCatalogue, _ announce: (LocalizedText) -> Void
  ) throws(Failure) -> FactsFile {
    let contents = try contents(of: path, limit: FactsFile.sizeLimit, within: options.timeout, announce)
    do throws(FactsFileFault) {
      return try FactsFile(contents: contents, origin: path, catalogue: catalogue)
    } catch {
      throw Failure(.malformedInput, at: place(path, error.place), error.message)
    }
  }

  private static func writtenFacts(
    _ written: [WrittenFact], _ catalogue: FactCatalogue
  ) throws(Failure) -> FactsFile? {
    guard !written.isEmpty else { return nil }
    do throws(FactsFileFault) {
      return try FactsFile(written, catalogue: catalogue)
    } catch {
      throw Failure(.usage, at: FactsFile.optionName, error.message)
    }
  }

  private static func report(
    _ path: String, _ options: Inputs, maxAge: Duration?, _ announce: (LocalizedText) -> Void
  ) throws(Failure) -> GestionnaireReport {
    let contents: [UInt8]
    do throws(FileFault) {
      contents = try bytes(of: path, limit: FactsFile.sizeLimit, within: options.timeout, announce)
    } catch .missing {
      throw Failure(noReportAt: path)
    } catch {
      throw Failure(error, of: path)
    }
    do throws(ReportFault) {
      return try GestionnaireReport(
        contents: contents, origin: path, maxAge: maxAge.map { ReportAge($0) } ?? .usual)
    } catch {
      let place_ = error.line.map { Place(line: $0, column: error.column ?? 1) }
      throw Failure(.malformedInput, at: place(path, place_), error.message)
    }
  }

  private static func bytes(
    of path: String, limit: Int, within time: Duration, _ announce: (LocalizedText) -> Void
  ) throws(FileFault) -> [UInt8] {
    if path == "-" {
      return try FileReading.standardInput(limit: limit, within: time, announcing: announce)
    }
    return try FileReading.contents(of: path, limit: limit, kinds: .anyButFolders, within: time)
  }

  private static func contents(
    of path: String, limit: Int, within time: Duration, _ announce: (LocalizedText) -> Void
  ) throws(Failure) -> [UInt8] {
    do throws(FileFault) {
      return try bytes(of: path, limit: limit, within: time, announce)
    } catch {
      throw Failure(error, of: path)
    }
  }

  private static func place(_ path: String, _ place: Place?) -> String {
    place.map { "\(path):\($0.line):\($0.column)" } ?? path
  }
}

extension Failure {
  /// Makes the failure for a report that is not where the command line says.
  fileprivate init(noReportAt path: String) {
    self.init(
      .missingInput, at: path,
      LocalizedText(
        fr:
          "n'existe pas ; vérifier le chemin donné, ou faire le rapport : \(GestionnaireSteps.situations.french)",
        en:
          "does not exist; check the path that was given, or make the report: \(GestionnaireSteps.situations.english)"
      ))
  }
}
