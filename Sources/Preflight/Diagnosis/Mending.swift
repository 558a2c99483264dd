/// A step that repairs something, before it is known which commands do that on the system at hand.
package enum Mending: Sendable, Hashable {
  /// Install packages, which Debian and RPM distributions name differently.
  case install(debian: String, rpm: String)
  /// Have a service of systemd started now and at every start of the computer. Without systemd, run the program.
  case start(unit: String, program: String)
  /// Restart a service.
  case restart(unit: String, program: String)
  /// Run a command that only root may run.
  case asRoot(String)
  /// Run a command as the user.
  case command(String)
  /// Do something that no command does.
  case advice(LocalizedText)
}

/// The system of the workstation, as far as commands depend on it.
package struct SystemAtHand: Sendable, Hashable {
  /// The programs that install packages.
  package enum Packager: String, Sendable, CaseIterable {
    case apt, dnf, yum, zypper
  }

  /// What installs packages. Nil if none of the known programs is there.
  package let packager: Packager?
  /// Whether systemd runs the services.
  package let hasSystemd: Bool
  /// Whether the user is root.
  package let isRoot: Bool

  package init(packager: Packager?, hasSystemd: Bool, isRoot: Bool) {
    self.packager = packager
    self.hasSystemd = hasSystemd
    self.isRoot = isRoot
  }
}

/// Returns the word in a form that a shell takes literally: in single quotes if it has characters other than
/// those of plain paths.
package func shellWord(_ text: String) -> String {
  let isPlain = text.utf8.allSatisfy { byte in
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2C, 0x2D, 0x2E, 0x2F, 0x3A, 0x40, 0x5F: true
    default: false
    }
  }
  guard !isPlain || text.isEmpty else { return text }
  return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
}
