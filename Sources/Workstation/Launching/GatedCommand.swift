import Glibc
package import Preflight

/// A command and its arguments, as the bytes that the system gave to this program: they need not be valid UTF-8.
package struct GatedCommand: Sendable {
  /// The number of this program's arguments that form the command, at least one.
  private let count: Int

  /// Creates the command from the last `count` arguments of this program. Returns nil if there are not so many.
  package init?(last count: Int) {
    guard (1..<Int(CommandLine.argc)).contains(count) else { return nil }
    self.count = count
  }

  /// The name of the command, for messages.
  @MainActor
  package var shownName: String {
    String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Finds the command's file.
  ///
  /// - Throws: `CommandFault` if it cannot be executed.
  @MainActor
  package func find() throws(CommandFault) -> CommandFile { try CommandFile.find(name) }

  /// The paths that are tried, in order.
  @MainActor
  package var candidates: [String] {
    CommandFile.candidates(name).map { path in
      String(decoding: path.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }

  /// The arguments, beginning with the command's name and terminated by nil.
  @MainActor
  var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> {
    CommandLine.unsafeArgv + (Int(CommandLine.argc) - count)
  }

  /// The name, terminated by NUL.
  @MainActor
  private var name: [CChar] {
    guard let name = arguments[0] else { return [0] }
    return Array(UnsafeBufferPointer(start: name, count: strlen(name) + 1))
  }
}

/// Why a command cannot be started.
package struct CommandFault: Error, Sendable {
  /// The kinds of faults, which decide the exit code.
  package enum Kind: Sendable {
    /// The file or its interpreter was not found; shells exit with 127.
    case notFound
    /// The file was found but cannot be executed; shells exit with 126.
    case notExecutable
  }

  /// The kind of fault.
  package let kind: Kind
  /// The reason, in one sentence.
  package let message: LocalizedText

  init(_ kind: Kind, fr: Text, en: Text) {
    self.kind = kind
    message = LocalizedText(fr: fr, en: en)
  }

  /// Creates the fault for the error number of execve(2).
  init(executing code: Int32) {
    let words = String(cString: strerror(code))
    self.init(
      code == ENOENT || code == ENOTDIR ? .notFound : .notExecutable,
      fr: "ne peut pas être exécuté : \(words)", en: "cannot be executed: \(words)")
  }
}

/// The file of a command, as execvp(3) finds it.
///
/// The path is kept as bytes, because it may be in an encoding such as Latin-1.
package struct CommandFile: Sendable {
  /// The path, terminated by NUL.
  let path: [CChar]

  /// Finds the file.
  ///
  /// - Throws: `CommandFault` if it cannot be executed, as far as that can be known in advance.
  static func find(_ name: [CChar]) throws(CommandFault) -> CommandFile {
    if name.contains(slash) { return try CommandFile(at: name) }
    var fault: CommandFault?
    for path in candidates(name) {
      do throws(CommandFault) {
        return try CommandFile(at: path)
      } catch {
        // A later folder may have an executable one; otherwise the first file found is reported.
        if error.kind == .notExecutable { fault = fault ?? error }
      }
    }
    throw fault
      ?? CommandFault(
        .notFound, fr: "commande introuvable ; vérifier son nom et PATH",
        en: "command not found; check its name and PATH")
  }

  /// Returns the paths to try, in order.
  static func candidates(_ name: [CChar]) -> [[CChar]] {
    if name.contains(slash) { return [name] }
    // An empty folder in `PATH` means the working folder.
    return name.count > 1 ? searchPath.map { $0.isEmpty ? name : $0 + [slash] + name } : []
  }

  private static let slash = CChar(bitPattern: UInt8(ascii: "/"))

  /// The files that may be executed to interpret this one: those that its first line (`#!`) names, and those that
  /// their first lines name.
  ///
  /// All words of the line are considered, because programs like `env` start a program that a word names, found
  /// through `PATH`.
  package var interpreters: [String] {
    var found: [[CChar]] = []
    var examined = [path]
    // As many levels as the kernel follows (execve(2)), and one `env` for each.
    for _ in 0..<Self.deepest {
      let named = examined.compactMap { InterpreterLine(of: $0) }.flatMap(\.files).filter {
        !found.contains($0)
      }
      found += named
      examined = named
    }
    return found.map { path in
      String(decoding: path.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }

  private static let deepest = 10

  private init(at path: [CChar]) throws(CommandFault) {
    var status = stat()
    guard stat(path, &status) == 0 else { throw CommandFault(executing: errno) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw CommandFault(
        .notExecutable, fr: "n'est pas un fichier, et ne peut donc pas être exécuté",
        en: "is not a file, so it cannot be executed")
    }
    guard faccessat(AT_FDCWD, path, X_OK, AT_EACCESS) == 0 else {
      throw CommandFault(
        .notExecutable, fr: "n'est pas exécutable ; chmod +x", en: "is not executable; chmod +x")
    }
    self.path = path
    try findInterpreter()
  }

  /// - Throws: `CommandFault` if the program in the file's first line was not found.
  private func findInterpreter() throws(CommandFault) {
    guard let name = InterpreterLine(of: path)?.program else { return }
    let interpreter = name.map { CChar(bitPattern: $0) } + [0]
    guard faccessat(AT_FDCWD, interpreter, X_OK, AT_EACCESS) != 0 else { return }
    let isMissing = errno == ENOENT || errno == ENOTDIR
    let shown = String(decoding: name, as: UTF8.self)
    throw CommandFault(
      isMissing ? .notFound : .notExecutable,
      fr: "son interpréteur « \(shown) » manque ou n'est pas exécutable",
      en: "its interpreter “\(shown)” is missing or not executable")
  }

  /// The folders of `PATH`, or those of execvp(3) if it is not set.
  private static var searchPath: [[CChar]] {
    let value = getenv("PATH").map { Array(UnsafeBufferPointer(start: $0, count: strlen($0))) }
    return (value ?? "/bin:/usr/bin".utf8.map { CChar(bitPattern: $0) })
      .split(separator: CChar(bitPattern: UInt8(ascii: ":")), omittingEmptySubsequences: false)
      .map(Array.init)
  }
}

/// The first line of a script: `#!` and what follows.
struct InterpreterLine {
  /// The program that the kernel executes, as bytes.
  let program: [UInt8]
  private let line: ArraySlice<UInt8>

  /// Reads the part of the line that the kernel reads (execve(2)). Returns nil if the file is not a script or its
  /// program cannot be determined.
  ///
  /// - Parameter path: the path, terminated by NUL.
  init?(of path: [CChar]) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 256)
    let count = read(descriptor, &bytes, bytes.count)
    guard count > 2, bytes.starts(with: "#!".utf8) else { return nil }
    line = bytes[2..<count].prefix { $0 != UInt8(ascii: "\n") }
    let blanks: [UInt8] = [UInt8(ascii: " "), UInt8(ascii: "\t")]
    let name = line.drop { blanks.contains($0) }.prefix { !blanks.contains($0) && $0 != 0 }
    guard !name.isEmpty, name.endIndex < count else { return nil }
    program = Array(name)
  }

  /// The files that the words may name, each terminated by NUL. Files that are not used do no harm.
  var files: [[CChar]] {
    var files = [program.map { CChar(bitPattern: $0) } + [0]]
    for word in words {
      files += CommandFile.candidates(word.map { CChar(bitPattern: $0) } + [0])
    }
    return files
  }

  /// The words that `env` may take as a program: those of `-S`, quoted or not, with their variables (env(1)).
  private var words: [[UInt8]] {
    var words: [[UInt8]] = [[]]
    var rest = line[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: " "), 0x09...0x0D, UInt8(ascii: "="): words.append([])
      case UInt8(ascii: "'"), UInt8(ascii: "\""): continue
      case UInt8(ascii: "\\"):
        guard let next = rest.popFirst() else { break }
        // `\_` and similar escapes separate words.
        if "_tnrfv".utf8.contains(next) { words.append([]) } else { words[words.count - 1].append(next) }
      case UInt8(ascii: "$") where rest.first == UInt8(ascii: "{"):
        let name = rest.dropFirst().prefix { $0 != UInt8(ascii: "}") }
        rest = rest[name.endIndex...].dropFirst()
        if let value = getenv(String(decoding: name, as: UTF8.self)) {
          words[words.count - 1] += String(cString: value).utf8
        }
      default: words[words.count - 1].append(byte)
      }
    }
    // The forms `-SNAME` and `-ivSNAME`.
    let attached = words.filter { $0.first == UInt8(ascii: "-") }.compactMap { word in
      word.firstIndex(of: UInt8(ascii: "S")).map { Array(word[($0 + 1)...]) }
    }
    return (words + attached).filter { !$0.isEmpty && !$0.contains(0) }
  }
}
