import Cryptolib
import Preflight
import Testing

/// What the source finds on a workstation, as text.
struct Found: Equatable {
  var version: String?
  var note: String?
  var unavailable: String?
  var reason: Unavailability.Reason?
}

/// Makes the source `cryptolib` with that root and architecture.
private func source(_ root: String?, _ architecture: String?) throws -> any Source {
  var options: [String: ParameterValue] = [:]
  options["root"] = root.map { .string($0) }
  options["architecture"] = architecture.map { .string($0) }
  return try CryptolibInstallation.declaration.make(Parameters(options))
}

/// Returns what the source lists, in English.
func list(on workstation: MemoryWorkstation, architecture: String? = nil) async throws -> [String] {
  let facts = try await source(nil, architecture).gather(
    [.cryptolibVersions], knowing: Facts(), within: .seconds(20), from: workstation)
  #expect(facts.map(\.name) == [.cryptolibVersions])
  guard case .cryptolibs(let found)? = facts.first?.value else { return [] }
  return found.map { $0.words.rendered(in: .english) }
}

/// Returns why the source lists no Cryptolibs; nil if it does.
func unlisted(
  on workstation: MemoryWorkstation, architecture: String? = nil
) async throws -> Unavailability? {
  let facts = try await source(nil, architecture).gather(
    [.cryptolibVersions], knowing: Facts(), within: .seconds(20), from: workstation)
  if case .unavailable(let why)? = facts.first?.state { return why }
  return nil
}

/// Asks the source `cryptolib` with that root and architecture.
func find(
  on workstation: MemoryWorkstation, root: String? = nil, architecture: String? = nil
) async throws -> Found {
  let asked = try source(root, architecture)
  let facts = await asked.gather(
    [.cryptolibVersion], knowing: Facts(), within: .seconds(20), from: workstation)
  let fact = try #require(facts.first)
  #expect(facts.count == 1)
  #expect(fact.name == .cryptolibVersion)
  #expect(fact.source == "cryptolib")
  switch fact.state {
  case .known(let value):
    return Found(
      version: LocalizedText(value).rendered(in: .french), note: fact.note?.rendered(in: .french))
  case .absent: return Found(unavailable: fact.absence.rendered(in: .french))
  case .unavailable(let why):
    return Found(unavailable: why.message.rendered(in: .french), reason: why.reason)
  }
}

/// The paths used by the tests.
enum Path {
  static let installed = "/var/opt/santesocial/commun/adm/155.adm"
  static let installed32 = "/var/opt/santesocial/commun/adm/154.adm"
  static let older = "/usr/local/sesam/etc/adm/155.adm"
  static let older32 = "/usr/local/sesam/etc/adm/154.adm"
  static let ini = "/etc/opt/santesocial/fsv/1.40.13/conf/SESAM.INI"
  static let rpmDatabase = "/var/lib/rpm/rpmdb.sqlite"
  static let debianList = "/var/lib/dpkg/info/cryptolibcps.list"
}
