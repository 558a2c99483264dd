import CardStage
import FoundationEssentials
import Testing

/// A workstation made of files, and what the doctor says of it.
final class DoctorCase: Sendable {
  let folder: Folder
  /// The root of the workstation's files.
  var root: String { "\(folder.path)/root" }

  init(_ files: [String: String] = [:]) throws {
    folder = try Folder(["root/etc/hostname": "poste\n"])
    for (path, text) in files { try folder.write(text, to: "root/\(path)") }
  }

  /// What the doctor said.
  struct Said {
    let run: BuiltProgram.Run
    let findings: [Finding]

    init(_ run: BuiltProgram.Run) throws {
      self.run = run
      findings = try JSONDecoder().decode(Document.self, from: Data(run.output.utf8)).findings
    }

    /// The findings as `id sign case`, without those that are sound.
    var troubles: Set<String> {
      Set(findings.filter { $0.sign != "sound" }.map { "\($0.id) \($0.sign) \($0.case)" })
    }

    /// The findings of one examination.
    func of(_ id: String) -> [Finding] { findings.filter { $0.id == id } }
  }

  struct Finding: Decodable {
    let area: String
    let id: String
    let `case`: String
    let sign: String
    let message: String
    let meaning: String?
    let commands: [String]
    let advice: [String]
  }

  fileprivate struct Document: Decodable { let findings: [Finding] }

  /// Runs the doctor on these files, without a PC/SC service unless the environment names one.
  func doctor(_ arguments: String..., environment: [String: String] = [:]) async throws -> Said {
    let run = try await BuiltProgram.run(
      ["doctor", "--root", root, "--format", "json"] + (arguments.contains("--lang") ? [] : ["--lang", "en"])
        + arguments,
      environment: ["PCSCLITE_CSOCK_NAME": "\(folder.path)/none"].merging(environment) { $1 })
    #expect(run.code != 77)
    return try Said(run)
  }
}

/// Parts of trees.
enum DoctorFiles {
  /// Packages of a Debian, as dpkg records them.
  static func debian(_ packages: String...) -> [String: String] {
    var files = ["usr/bin/apt-get": "", "etc/os-release": "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n"]
    files["var/lib/dpkg/status"] = packages.map {
      """
      Package: \($0)
      Status: install ok installed
      Maintainer: Essai <essai@example.org>
      Architecture: amd64
      Version: 1.9.9-2
      Description: essai

      """
    }.joined(separator: "\n")
    for package in packages + ["dpkg"] { files["var/lib/dpkg/info/\(package).list"] = "/.\n" }
    return files
  }

  /// A device on the USB bus, with the class of its one interface.
  static func usb(
    _ device: String, _ vendor: String, _ product: String, _ name: String, class interface: String
  ) -> [String: String] {
    let folder = "sys/bus/usb/devices/\(device)"
    return [
      "\(folder)/idVendor": "\(vendor)\n", "\(folder)/idProduct": "\(product)\n",
      "\(folder)/product": "\(name)\n",
      "\(folder):1.0/bInterfaceClass": "\(interface)\n",
    ]
  }

  /// The free driver, which knows one reader.
  static let driver = [
    "usr/lib/pcsc/drivers/ifd-ccid.bundle/Contents/Info.plist": """
    <dict><key>ifdVendorID</key><array><string>0x08E6</string></array>
    <key>ifdProductID</key><array><string>0x3437</string></array>
    <key>ifdFriendlyName</key><array><string>Twin</string></array></dict>
    """
  ]
}
