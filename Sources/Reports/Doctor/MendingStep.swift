package import Preflight

extension SystemAtHand {
  /// A step as people take it.
  package enum Step: Sendable, Hashable {
    /// A line for a shell.
    case command(String)
    case words(LocalizedText)
  }

  /// Returns the step that does the mending on this system.
  package func step(for mending: Mending) -> Step {
    switch mending {
    case .command(let line): .command(line)
    case .asRoot(let line): .command(rooted(line))
    case .advice(let words): .words(words)
    case .start(let unit, let program):
      .command(rooted(hasSystemd ? "systemctl enable --now \(unit)" : program))
    case .restart(let unit, let program):
      .command(
        hasSystemd
          ? rooted("systemctl restart \(unit)")
          : "\(rooted("pkill -x \(program)")); \(rooted(program))")
    case .install(let debian, let rpm):
      switch packager {
      case .apt: .command(rooted("apt-get install \(debian)"))
      case .dnf, .yum, .zypper: .command(rooted("\(packager?.rawValue ?? "") install \(rpm)"))
      case nil:
        .words(
          LocalizedText(
            fr: "Installer le paquet \(debian) (Debian, Ubuntu) ou \(rpm) (RHEL, Fedora, SUSE).",
            en: "Install the package \(debian) (Debian, Ubuntu) or \(rpm) (RHEL, Fedora, SUSE)."))
      }
    }
  }

  private func rooted(_ line: String) -> String { isRoot ? line : "sudo \(line)" }
}
