import Glibc
import Preflight
import Reports
import Workstation

/// Where the result of a command goes.
struct Output {
  /// A file; standard output where `nil`.
  var path: String?

  /// Writes the result, whole. Throws a failure (74) where that cannot be done.
  func write(_ text: String) throws(Failure) {
    do throws(WriteFault) {
      if let path {
        try FileWriting.replace(path, with: text)
      } else {
        try FileWriting.write(text, to: STDOUT_FILENO)
      }
    } catch {
      throw Failure(error, writing: path)
    }
  }
}

extension OutputOptions {
  /// The language of results.
  var language: Language { lang ?? Surroundings.language }

  /// How reports are to be written.
  func reportOptions(verbose: Bool = false, to output: Output = Output()) -> ReportOptions {
    ReportOptions(
      language: language, disclosure: reveal ? .revealed : .masked,
      colour: output.path == nil && Surroundings.wantsColour(on: STDOUT_FILENO), verbose: verbose)
  }
}
