import Glibc

/// The first line of a script, `#!` and what follows.
struct InterpreterLine {
  /// The program that the kernel executes, in bytes.
  let program: [UInt8]
  private let line: ArraySlice<UInt8>

  /// Reads it, as much as the kernel looks at (execve(2)); nil where the file is no script, or its program cannot be told.
  ///
  /// - Parameter path: with the NUL at its end.
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

  /// The files that its words may be, each with the NUL at its end: one too many does no harm.
  var files: [[CChar]] {
    var files = [program.map { CChar(bitPattern: $0) } + [0]]
    for word in words {
      files += CommandFile.candidates(word.map { CChar(bitPattern: $0) } + [0])
    }
    return files
  }

  /// What `env` may take for a program: the words of `-S`, in quotes or not, with their variables (env(1)).
  private var words: [[UInt8]] {
    var words: [[UInt8]] = [[]]
    var rest = line[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: " "), 0x09...0x0D, UInt8(ascii: "="): words.append([])
      case UInt8(ascii: "'"), UInt8(ascii: "\""): continue
      case UInt8(ascii: "\\"):
        guard let next = rest.popFirst() else { break }
        // `\_` and the like separate words.
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
    // `-SNAME`, `-ivSNAME`.
    let attached = words.filter { $0.first == UInt8(ascii: "-") }.compactMap { word in
      word.firstIndex(of: UInt8(ascii: "S")).map { Array(word[($0 + 1)...]) }
    }
    return (words + attached).filter { !$0.isEmpty && !$0.contains(0) }
  }
}
