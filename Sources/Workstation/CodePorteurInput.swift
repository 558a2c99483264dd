import Glibc
package import Preflight
package import Processes

/// Where the code porteur comes from: never from an argument or the environment, which others can read.
package enum CodePorteurInput {
  /// A place that was named.
  package enum Place: Sendable, Hashable {
    case descriptor(Int32)
    case file(String)
  }

  /// Why there is no code.
  package enum Fault: Error, Sendable {
    /// It is not four to eight digits.
    case malformed
    /// The descriptor or the file cannot be read, in the system's words.
    case unreadable(String)
    /// Whoever is to write it has not, in that time.
    case timeout(Duration)
    /// Others may read the file, or it is none; or the memory for the code cannot be protected.
    case unsafe(LocalizedText)
  }

  /// How many digits a code may have.
  private static let digits = 4...8

  /// Reads the code from where it was named.
  ///
  /// - Parameter patience: how long whoever is to write it may take.
  package static func read(_ place: Place, within patience: Duration) throws(Fault) -> SecretBytes {
    switch place {
    case .descriptor(let descriptor):
      guard fcntl(descriptor, F_GETFD) >= 0 else { throw .unreadable(String(cString: strerror(errno))) }
      return try code(from: descriptor, within: patience)
    case .file(let path): return try read(path, within: patience)
    }
  }

  /// Asks whoever sits at the terminal, without echo; nothing where nobody does, or nothing is typed.
  package static func ask(in language: Language) throws(Fault) -> SecretBytes? {
    guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else { return nil }
    guard Interruption.hideInput(asking: language) else { return nil }
    defer { Interruption.showInput() }
    let code: SecretBytes
    do throws(SecretBytes.Fault) {
      code = try SecretBytes(from: STDIN_FILENO, within: nil)
    } catch {
      if case .unprotected(let code) = error { throw .unprotected(code) }
      // A terminal that went away types nothing.
      return nil
    }
    guard code.count > 0 else { return nil }
    guard code.isDigits(digits) else { throw .malformed }
    return code
  }

  private static func read(_ path: String, within patience: Duration) throws(Fault) -> SecretBytes {
    let descriptor: Int32
    do throws(OwnerOnlyFile.Fault) {
      descriptor = try OwnerOnlyFile.open(path)
    } catch {
      switch error {
      case .unreadable(_, let words): throw .unreadable(words)
      case .unsafe(let words): throw .unsafe(words)
      }
    }
    defer { close(descriptor) }
    return try code(from: descriptor, within: patience)
  }

  private static func code(
    from descriptor: Int32, within patience: Duration
  ) throws(Fault) -> SecretBytes {
    let code: SecretBytes
    do throws(SecretBytes.Fault) {
      code = try SecretBytes(from: descriptor, within: patience)
    } catch {
      switch error {
      case .unprotected(let code): throw .unprotected(code)
      case .noMemory: throw .unreadable(String(cString: strerror(ENOMEM)))
      case .timeout: throw .timeout(patience)
      case .unreadable(let code): throw .unreadable(String(cString: strerror(code)))
      }
    }
    guard code.isDigits(digits) else { throw .malformed }
    return code
  }
}

extension CodePorteurInput.Fault {
  /// The system does not allow memory that is never swapped, nor dumped; its error number.
  fileprivate static func unprotected(_ code: Int32) -> Self {
    let words = String(cString: strerror(code))
    return .unsafe(
      LocalizedText(
        fr: """
          le code porteur n'est pas lu : la mémoire où il serait gardé ne peut pas être verrouillée, et pourrait être \
          écrite sur le disque (\(words)) ; permettre au lot au moins 64 Kio de mémoire verrouillée (ulimit -l, ou \
          LimitMEMLOCK= dans une unité systemd)
          """,
        en: """
          the code porteur is not read: the memory in which it would be kept cannot be locked, and might be written to \
          disk (\(words)); allow the batch at least 64 KiB of locked memory (ulimit -l, or LimitMEMLOCK= in a unit of \
          systemd)
          """))
  }
}
