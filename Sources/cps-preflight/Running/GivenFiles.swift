import FactsFile
import GestionnaireReport
import Preflight
import Workstation

/// The files that take the place of the card, read.
enum GivenFiles {
  /// The sources that the command line names as files; the report is believed no more than the facts.
  ///
  /// - Parameter reportMaxAge: how old a report may be by the rule file; the command line goes before it.
  /// - Throws: a failure, 66 where a file is missing, 65 where it is malformed.
  static func sources(
    _ options: Inputs, _ catalogue: FactCatalogue, reportMaxAge: Duration?
  ) throws(Failure) -> [any Source] {
    var sources: [any Source] = []
    if let path = options.facts {
      let contents = try contents(of: path, limit: FactsFile.sizeLimit, within: options.timeout)
      do throws(FactsFileFault) {
        sources.append(try FactsFile(contents: contents, origin: path, catalogue: catalogue))
      } catch {
        throw Failure(.malformedInput, at: place(path, error.place), error.message)
      }
    }
    if let path = options.report {
      let contents = try contents(of: path, limit: FactsFile.sizeLimit, within: options.timeout)
      do throws(ReportFault) {
        let maxAge = options.reportMaxAge ?? reportMaxAge ?? GestionnaireReport.usualMaxAge
        sources.append(try GestionnaireReport(contents: contents, origin: path, maxAge: maxAge))
      } catch {
        let place_ = error.line.map { Place(line: $0, column: error.column ?? 1) }
        throw Failure(.malformedInput, at: place(path, place_), error.message)
      }
    }
    return sources
  }

  private static func contents(of path: String, limit: Int, within time: Duration) throws(Failure) -> [UInt8]
  {
    do throws(FileFault) {
      if path == "-" { return try FileReading.standardInput(limit: limit, within: time) }
      return try FileReading.contents(of: path, limit: limit, kinds: .anyButFolders, within: time)
    } catch {
      throw Failure(error, of: path)
    }
  }

  private static func place(_ path: String, _ place: Place?) -> String {
    place.map { "\(path):\($0.line):\($0.column)" } ?? path
  }
}
