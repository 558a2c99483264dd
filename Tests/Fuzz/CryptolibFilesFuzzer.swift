import Installation
import Preflight

@testable import Cryptolib

/// What installers, administrators and package databases write: any of it is understood or passed over, and a version that is
/// found is one that is written there.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzCryptolibFiles(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard let start, count > 0 else { return 0 }
  let bytes = Harness.bytes(start + 1, count - 1)
  var workstation = FuzzedWorkstation()
  switch start[0] % 4 {
  case 0:
    workstation.files["/var/opt/santesocial/commun/adm/155.adm"] = bytes
    workstation.files["/usr/local/sesam/etc/adm/154.adm"] = bytes
    _ = try? ADMFile(bytes, of: .library)
  case 1:
    _ = INIFile(bytes)
    workstation.files["/etc/opt/santesocial/fsv/1.40.13/conf/SESAM.INI"] = bytes
    workstation.files["/adm/155.adm"] = Array("051000".utf8)
  case 2:
    workstation.files["/var/lib/rpm/rpmdb.sqlite"] = []
    workstation.output = ProgramOutput(text: String(decoding: bytes, as: UTF8.self), exitStatus: 0)
  default:
    workstation.files["/var/lib/dpkg/info/cryptolibcps.list"] = []
    workstation.output = ProgramOutput(text: String(decoding: bytes, as: UTF8.self), exitStatus: 0)
  }
  guard let source = try? CryptolibInstallation() else { fatalError("no source") }
  let facts = Harness.facts(of: source, on: workstation)
  Harness.demand(facts.count == source.provides.count, "\(facts)")
  for fact in facts {
    switch fact.state {
    case .known(let value):
      _ = LocalizedText(value).rendered(in: .french)
      Harness.demand(
        start[0] % 4 == 1 || bytes.contains { (0x30...0x39).contains($0) }, "a version of nothing: \(value)")
    case .absent: fatalError("\(fact.name) absent")
    case .unavailable(let why): _ = why.message.rendered(in: .english)
    }
  }
  return 0
}
