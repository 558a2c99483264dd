import Installation
import Preflight

/// What a `SESAM.INI` says about the SSV, and how much of that exists.
struct SesamSettings: Sendable {
  private let path: String
  private let root: Root
  private let workstation: any WorkstationAccess
  private let contents: Result<INIFile, FileFault>

  init(_ path: String, under root: Root, of workstation: any WorkstationAccess) {
    self.path = path
    self.root = root
    self.workstation = workstation
    do throws(FileFault) {
      contents = .success(INIFile(try workstation.contents(of: path, limit: INIFile.sizeLimit)))
    } catch {
      contents = .failure(error)
    }
  }

  /// The file as the fact holds it.
  var plain: PlainValue {
    switch contents {
    case .failure(let fault): .map(["path": .text(path), "fault": .words(fault.message)])
    case .success(let ini): plain(of: ini)
    }
  }

  private func plain(of ini: INIFile) -> PlainValue {
    let tables =
      ini.values(of: "repertoiretable", in: "ssv").first
      ?? ini.values(of: "repertoiretable", in: "commun").first
    let traces = ini.values(of: "repertoireconfigtrace", in: "mgc").first
    let work = ini.values(of: "repertoiretravail", in: "commun").first
    let workStatus = work.flatMap(status)
    return .map([
      "path": .text(path), "tables": tables.map { .text($0) },
      "tablesThere": tables.map { .boolean(status($0)?.kind == .folder) },
      "tablesEmpty": tables.map { .boolean(names(in: $0).isEmpty) },
      "mgc": .boolean(ini.sections.contains("mgc")), "traces": traces.map { .text($0) },
      "tracesThere": traces.map { .boolean(names(in: $0).contains { $0.lowercased() == "log4crc.xml" }) },
      "work": work.map { .text($0) }, "workThere": work.map { _ in .boolean(workStatus?.kind == .folder) },
      "workWritable": work.map { _ in .boolean(workStatus?.isWritable == true) },
      "admLocked": work.map { .text(lockedFiles(in: $0).joined(separator: ", ")) },
    ])
  }

  /// The ADM files of the folder that the user may not write to.
  private func lockedFiles(in folder: String) -> [String] {
    names(in: folder).filter {
      $0.lowercased().hasSuffix(".adm") && status("\(folder)/\($0)")?.isWritable == false
    }
  }

  /// A relative path would depend on the working folder: nothing is there.
  private func status(_ path: String) -> FileStatus? {
    absolute(path).flatMap { try? workstation.status(of: root.path($0)) }
  }

  private func names(in folder: String) -> [String] {
    absolute(folder).flatMap { try? workstation.names(in: root.path($0)) } ?? []
  }
}
