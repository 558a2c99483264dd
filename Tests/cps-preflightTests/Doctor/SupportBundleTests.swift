import CardStage
import FoundationEssentials
import Glibc
import Testing

@Suite("The archive for support", .serialized)
struct SupportBundleTests {
  /// What must not be in it: the card's number, its holder's name, billing identifiers, a code porteur.
  private static let secrets = [
    "2800009017", "TESTARD", "692612344", "69261234", "49137268", "2790008017", "marchand",
  ]

  /// Every way in which a secret could be written.
  private static func forms(of secret: String) -> [[UInt8]] {
    let plain = Array(secret.utf8)
    let wide = Array(secret.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
    let big = Array(secret.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] })
    let hexadecimal = plain.map { String($0, radix: 16) }.joined()
    // The three ways in which text may stand in base64, without the characters that its neighbours share.
    let base64 = (0..<3).map { shift -> [UInt8] in
      let encoded = Data([UInt8](repeating: 0x20, count: shift) + plain).base64EncodedString().filter {
        $0 != "="
      }
      return Array(encoded.dropFirst(shift == 0 ? 0 : shift + 1).dropLast(1).utf8)
    }
    return [
      plain, Array(secret.lowercased().utf8), wide, big, Array(hexadecimal.utf8),
      Array(hexadecimal.uppercased().utf8),
    ]
      + base64.filter { $0.count >= 4 }
  }

  private static func contains(_ bytes: Data, _ form: [UInt8]) -> Bool {
    bytes.firstRange(of: Data(form)) != nil
  }

  @Test("It holds nothing that identifies anybody, is told before it is written, and is its owner's alone")
  func masked() async throws {
    let place = try Workplace()
    let card = try place.insert(Cards.cps3)
    let files = try DoctorCase()
    // The holder's name and a billing identifier are in paths and rules as well.
    let rules = try files.folder.write(
      """
      version: 1
      stages:
        - id: a
          rules:
            - { id: b, check: billing.identifier, with: { expected: "692612344", extra: "692612344" }, exit: 21 }
      """, to: "home/marchand/cabinet-testard-2790008017/rules.yaml")
    let module = "\(files.folder.path)/slot=Twin 00 00,slot=Twin 00 01.so"
    try FileManager.default.copyItem(atPath: BuiltProgram.beside("libfaulty-module.so"), toPath: module)
    let bundle = "\(files.folder.path)/bundle.tar"
    let run = try await BuiltProgram.run(
      [
        "doctor", "--root", files.root, "--rules", rules, "--module", module, "--bundle", bundle, "--lang",
        "en",
        "--timeout", "20s",
      ], environment: place.daemon.environment.merging(["CODE": "49137268"]) { $1 })
    #expect(run.code == 1, "\(run)")
    let bytes = try Data(contentsOf: URL(filePath: bundle))
    for secret in Self.secrets {
      for form in Self.forms(of: secret) { #expect(!Self.contains(bytes, form), "\(secret): \(form)") }
      #expect(
        !run.output.contains(secret) && !run.errors.contains(secret)
          || ["TESTARD", "marchand", "2790008017"].contains(secret))
    }
    // The facts about the card are there, masked: nothing was left out instead.
    #expect(Self.contains(bytes, Array("•••••••017".utf8)))
    let list = try await BuiltProgram.shell("tar -tf \(bundle)")
    let names = ["doctor.fr.txt", "doctor.en.txt", "doctor.json", "facts.json"]
    #expect(list.output.split(separator: "\n").map(String.init) == names, "\(list)")
    for name in names { #expect(run.errors.contains(name), "\(run.errors)") }
    var status = stat()
    #expect(stat(bundle, &status) == 0 && status.st_mode & 0o777 == 0o600)
    card.remove()
  }

  @Test("Its files are what they say")
  func contents() async throws {
    let files = try DoctorCase(DoctorFiles.debian())
    let run = try await BuiltProgram.shell(
      """
      $P doctor --root \(files.root) --bundle b.tar --lang fr > report; tar -xf b.tar
      diff report doctor.fr.txt && head -c 1 doctor.json facts.json
      """, in: files.folder.path,
      environment: ["PCSCLITE_CSOCK_NAME": "\(files.folder.path)/none", "COLUMNS": "80"])
    #expect(run.code == 0, "\(run)")
    let json = try String(contentsOf: URL(filePath: "\(files.folder.path)/doctor.json"), encoding: .utf8)
    #expect(try await SchemaValidator.faults(of: ["doctor.json": json], by: "doctor-1") == "")
  }

  @Test("Something of its name stays as it is, and a folder that is not there gives no part of it")
  func occupied() async throws {
    let files = try DoctorCase()
    let taken = try files.folder.write("mine", to: "taken.tar")
    for path in [taken, "\(files.folder.path)/none/b.tar"] {
      let run = try await BuiltProgram.run(
        ["doctor", "--root", files.root, "--bundle", path],
        environment: ["PCSCLITE_CSOCK_NAME": "\(files.folder.path)/none"])
      #expect(run.code == 74, "\(run)")
    }
    #expect(try String(contentsOf: URL(filePath: taken), encoding: .utf8) == "mine")
    let left = try FileManager.default.contentsOfDirectory(atPath: files.folder.path).sorted()
    #expect(left == ["root", "taken.tar"])
  }
}
