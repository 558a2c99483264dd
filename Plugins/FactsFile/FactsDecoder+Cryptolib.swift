import Preflight
import JSON

/// The Cryptolibs of a workstation in a facts file; docs/facts.md.
extension FactsDecoder {
  /// Reads one entry of `cryptolib.versions`.
  func cryptolib(_ json: JSONValue, named name: @autoclosure () -> String) throws(Fault) -> InstalledCryptolib
  {
    var version: Version?
    var architecture: InstalledCryptolib.Architecture?
    var place: String?
    for member in try object(json, named: name()) {
      var field: String { "\(name()).\(member.name)" }
      switch member.name {
      case "version":
        let text = try string(member.value, named: field)
        guard let number = Version(text) else { throw wrongVersion(member.value, text, named: field) }
        version = number
      case "architecture":
        guard case .number(let digits) = member.value.content,
          let known = Int(digits).flatMap(InstalledCryptolib.Architecture.init(rawValue:))
        else {
          throw wrongType(
            member.value, named: field, expected: LocalizedText(fr: "64 ou 32", en: "64 or 32"))
        }
        architecture = known
      case "place": place = try string(member.value, named: field)
      default: throw unknown(member, among: ["version", "architecture", "place"])
      }
    }
    guard let version else { throw missing("\(name()).version", in: json) }
    guard let place else { throw missing("\(name()).place", in: json) }
    return InstalledCryptolib(version: version, architecture: architecture, place: place)
  }
}

extension FactsDecoder.Document {
  /// Adds the newest version if the file lists the Cryptolibs but does not say which version counts.
  mutating func addNewestCryptolib() {
    guard let listed = facts.first(where: { $0.name == .cryptolibVersions }),
      case .cryptolibs(let found)? = listed.value, let newest = found.map(\.version).max(),
      !facts.contains(where: { $0.name == .cryptolibVersion })
    else { return }
    facts.append(Fact(.cryptolibVersion, .version(newest), source: listed.source))
  }
}
