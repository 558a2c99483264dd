import Glibc
package import Preflight
package import Processes

/// Reads the code porteur. It is never an argument or an environment variable, because other users can read those.
package enum CodePorteurInput {
  /// A place that the command line names.
  package enum Place: Sendable, Hashable {
    case descriptor(Int32)
    case file(String)
  }

  /// Why no code could be read.
  package enum Fault: Error, Sendable {
    /// It does not consist of four to eight digits.
    case malformed
    /// The descriptor or the file cannot be read, in the system's words.
    case unreadable(String)
    /// It was not written within that time.
    case timeout(Duration)
    /// The file is not a regular one or others may read it, or the memory for the code cannot be protected.
    case unsafe(LocalizedText)
  }

  /// The allowed numbers of digits.
  private static let digits = 4...8

  /// Reads the code from the place that the command line names.
  ///
  /// - Parameters:
  ///   - patience: how long to wait for the code to be written.
  ///   - announce: called with what is waited for, if the code is not there yet.
  /// - Throws: `Fault` if there is no usable code.
  package static func read(
    _ place: Place, within patience: Duration, announcing announce: (LocalizedText) -> Void = { _ in }
  ) throws(Fault) -> SecretBytes {
    switch place {
    case .descriptor(let descriptor):
      guard fcntl(descriptor, F_GETFD) >= 0 else { throw .unreadable(String(cString: strerror(errno))) }
      var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      if poll(&request, 1, 0) == 0 {
        let seconds = (patience.milliseconds + 999) / 1000
        announce(
          LocalizedText(
            fr: "En attente du code porteur (encore \(seconds) s) : sur le descripteur \(Int(descriptor))",
            en: "Waiting for the code porteur (\(seconds) s left): on descriptor \(Int(descriptor))"))
      }
      return try code(from: descriptor, within: patience)
    case .file(let path): return try read(path, within: patience)
    }
  }

  /// Asks the person at the terminal for the code, without showing it. Returns nil if there is no terminal or
  /// nothing is entered.
  ///
  /// - Throws: `Fault` if what is entered is not a code, or cannot be kept safely.
  package static func ask(in language: Language) throws(Fault) -> SecretBytes? {
    guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else { return nil }
    guard Interruption.hideInput(asking: language) else { return nil }
    defer { Interruption.showInput() }
    let code: SecretBytes
    do throws(SecretBytes.Fault) {
      code = try SecretBytes(from: STDIN_FILENO, within: nil)
    } catch {
      if case .unprotected(let code) = error { throw .unprotected(code) }
      // The terminal was closed, so nothing can be entered.
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
  /// The system refuses memory that is never swapped or dumped. The value is its error number.
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
