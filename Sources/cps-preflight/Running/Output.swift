import Glibc
import Preflight
import Reports
import Workstation

/// Where the result of a command goes.
struct Output {
  /// A file; the descriptor if `nil`.
  var path: String?
  /// Standard output, or standard error.
  var descriptor = STDOUT_FILENO
  /// Whether nobody else may read the file if it is new: personal data are in it.
  var isOwnersAlone = false

  /// Writes the result, whole.
  ///
  /// - Throws: ``Failure`` (74) if that cannot be done.
  func write(_ text: String) throws(Failure) {
    do throws(WriteFault) {
      if let path {
        try FileWriting.replace(path, with: text, isOwnersAlone: isOwnersAlone)
      } else {
        try FileWriting.write(text, to: descriptor)
      }
    } catch {
      throw Failure(error, writing: path)
    }
  }
}

extension Output {
  /// Whether that path is a name of standard output.
  static func isStandardOutput(_ path: String) -> Bool {
    var named = stat()
    var ours = stat()
    var nothing = stat()
    guard stat(path, &named) == 0, fstat(STDOUT_FILENO, &ours) == 0 else { return false }
    // What goes there is nobody's.
    if stat("/dev/null", &nothing) == 0, named.st_rdev == nothing.st_rdev, named.st_mode == nothing.st_mode {
      return false
    }
    return named.st_dev == ours.st_dev && named.st_ino == ours.st_ino
  }

  /// The path of a regular file from the root on; `nil` if it is none.
  static func absolutePath(_ path: String) -> String? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, let real = realpath(path, nil) else {
      return nil
    }
    defer { free(real) }
    return String(cString: real)
  }

  /// How reports that go there are to be written.
  func reportOptions(_ language: Language?, reveal: Bool, verbose: Bool = false) -> ReportOptions {
    ReportOptions(
      language: language ?? Surroundings.language, disclosure: reveal ? .revealed : .masked,
      colour: path == nil && Surroundings.wantsColour(on: descriptor), verbose: verbose)
  }
}

extension OutputOptions {
  /// The language of results.
  var language: Language { Self.language(lang) }

  /// The language that was asked for, else that of the locale.
  static func language(_ asked: Language?) -> Language { asked ?? Surroundings.language }

  /// How reports are to be written to standard output.
  var reportOptions: ReportOptions { Output().reportOptions(lang, reveal: reveal) }
}
