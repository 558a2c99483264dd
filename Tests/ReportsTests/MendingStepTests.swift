import Preflight
import Reports
import Testing

@Suite("The commands of the doctor")
struct MendingStepTests {
  private static let debian = SystemAtHand(packager: .apt, hasSystemd: true, isRoot: false)
  private static let fedora = SystemAtHand(packager: .dnf, hasSystemd: true, isRoot: true)
  private static let bare = SystemAtHand(packager: nil, hasSystemd: false, isRoot: true)

  @Test(
    "The commands are those of the system at hand",
    arguments: [
      (Mending.install(debian: "pcscd", rpm: "pcsc-lite"), debian, "sudo apt-get install pcscd"),
      (.install(debian: "pcscd", rpm: "pcsc-lite"), fedora, "dnf install pcsc-lite"),
      (.start(unit: "pcscd.socket", program: "pcscd"), debian, "sudo systemctl enable --now pcscd.socket"),
      (.start(unit: "pcscd.socket", program: "pcscd"), bare, "pcscd"),
      (.restart(unit: "pcscd.socket", program: "pcscd"), fedora, "systemctl restart pcscd.socket"),
      (.restart(unit: "pcscd.socket", program: "pcscd"), bare, "pkill -x pcscd; pcscd"),
      (.asRoot("chmod 755 /a"), debian, "sudo chmod 755 /a"), (.asRoot("chmod 755 /a"), bare, "chmod 755 /a"),
      (.command("date"), debian, "date"),
    ])
  func commands(mending: Mending, system: SystemAtHand, line: String) {
    #expect(system.step(for: mending) == .command(line))
  }

  @Test("Where nothing installs packages, both names are told in words")
  func noPackager() {
    guard case .words(let words) = Self.bare.step(for: .install(debian: "pcscd", rpm: "pcsc-lite")) else {
      Issue.record("a command")
      return
    }
    let text = words.rendered(in: .english)
    #expect(text.contains("pcscd (Debian") && text.contains("pcsc-lite (RHEL"))
  }
}
