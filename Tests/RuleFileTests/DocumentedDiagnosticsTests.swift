import FoundationEssentials
import Testing

@testable import RuleFile

@Suite("Every diagnostic and every key of rule files is documented")
struct DocumentedDiagnosticsTests {
  private let page = {
    let root = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
    return try? String(contentsOf: URL(filePath: "\(root)/docs/rule-file.md"), encoding: .utf8)
  }()

  @Test("The ids of diagnostics", arguments: DiagnosticID.allCases)
  func diagnostic(id: DiagnosticID) {
    #expect(page?.contains("`\(id.rawValue)`") == true)
  }

  @Test("The keys", arguments: RuleFileKey.all.sorted())
  func key(name: String) {
    #expect(page?.contains("`\(name)`") == true || page?.contains(" \(name): ") == true)
  }
}
