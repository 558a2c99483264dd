import FoundationEssentials
import Glibc
import Testing

/// `make slow-test` makes the tree with debootstrap(8), and names it.
@Suite("The doctor on a bare Debian, as debootstrap lays it down")
struct BareDebianTests {
  private static let tree = getenv("CPS_PREFLIGHT_BARE_DEBIAN").map { String(cString: $0) }

  @Test(
    "It says all that is missing, with the commands of Debian, and nothing is missed for another reason",
    .enabled(if: tree != nil, "make slow-test makes the tree"))
  func bare() async throws {
    let tree = try #require(Self.tree)
    let folder = try Folder()
    let environment = ["PCSCLITE_CSOCK_NAME": "\(folder.path)/none"]
    let text = try await BuiltProgram.run(
      ["doctor", "--root", tree, "--lang", "en"], environment: environment)
    #expect(text.code == 1)
    for line in [
      "The PC/SC service (pcscd) is not installed.", "apt-get install pcscd libccid",
      "The Cryptolib's PKCS#11 module was not found.", "GALSS is not installed", "No sesam.ini",
      "System: Debian GNU/Linux", "p11-kit knows no PKCS#11 module",
    ] {
      #expect(text.output.contains(line), "\(line): \(text.output)")
    }
    #expect(!text.output.contains("systemctl"), "no systemd runs in it: \(text.output)")
    let json = try await BuiltProgram.run(
      ["doctor", "--root", tree, "--format", "json"], environment: environment)
    #expect(try await SchemaValidator.faults(of: ["bare.json": json.output], by: "doctor-1") == "")
  }
}
