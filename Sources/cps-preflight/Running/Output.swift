import Glibc
import Preflight
import Reports
import Workstation

/// The destination of a command's result.
struct Output {
  /// The path of the file; the descriptor is used if `nil`.
  var path: String?
  /// The descriptor of standard output or standard error.
  var descriptor = STDOUT_FILENO
  /// Whether a new file is readable by its owner only, because it holds personal data.
  var isOwnersAlone = false

  /// Writes the whole result.
  ///
  /// - Throws: ``Failure`` (74) if it cannot be written.
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
    // Output to `/dev/null` goes nowhere.
    if stat("/dev/null", &nothing) == 0, named.st_rdev == nothing.st_rdev, named.st_mode == nothing.st_mode {
      return false
    }
    return named.st_dev == ours.st_dev && named.st_ino == ours.st_ino
  }

  /// The absolute path of a regular file; `nil` if it is not one.
  static func absolutePath(_ path: String) -> String? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, let real = realpath(path, nil) else {
      return nil
    }
    defer { free(real) }
    return String(cString: real)
  }

  /// How lines are broken: at the width of the terminal. A file has none, and is read anywhere.
  private var wrapping: Wrapping {
    guard path == nil, let width = Surroundings.width(of: descriptor) else { return Wrapping() }
    return Wrapping(width: width)
  }

  /// Returns the options for reports to this destination.
  func reportOptions(_ language: Language?, reveal: Bool, verbose: Bool = false) -> ReportOptions {
    ReportOptions(
      language: language ?? Surroundings.language, disclosure: reveal ? .revealed : .masked,
      colour: path == nil && Surroundings.wantsColour(on: descriptor), verbose: verbose, wrapping: wrapping)
  }
}

extension OutputOptions {
  /// The language of results.
  var language: Language { Self.language(lang) }

  /// Returns the requested language, otherwise that of the locale.
  static func language(_ asked: Language?) -> Language { asked ?? Surroundings.language }

  /// The options for reports to standard output.
  var reportOptions: ReportOptions { Output().reportOptions(lang, reveal: reveal) }
}
