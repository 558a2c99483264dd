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

extension Output {
  /// How reports that go there are to be written.
  func reportOptions(_ language: Language?, reveal: Bool, verbose: Bool = false) -> ReportOptions {
    ReportOptions(
      language: language ?? Surroundings.language, disclosure: reveal ? .revealed : .masked,
      colour: path == nil && Surroundings.wantsColour(on: STDOUT_FILENO), verbose: verbose)
  }
}

extension OutputOptions {
  /// The language of results.
  var language: Language { lang ?? Surroundings.language }

  /// How reports are to be written to standard output.
  var reportOptions: ReportOptions { Output().reportOptions(lang, reveal: reveal) }
}
