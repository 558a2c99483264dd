import FoundationEssentials
import Testing

/// The plugins of `Plugins/Examples`.
enum ExamplePlugin: String, CaseIterable, CustomTestStringConvertible {
  case expectedAM = "expected-am"
  case workstation
  case certificate

  var testDescription: String { rawValue }
  var folder: String { "\(BuiltProgram.root)/Plugins/Examples/\(rawValue)" }

  /// Where Swift builds, with what is built there already.
  private static let scratch = "\(BuiltProgram.root)/.build/examples/certificate"

  /// The plugin itself; the one in Swift is built where `make test` builds it.
  var executable: String {
    switch self {
    case .certificate: "\(Self.scratch)/debug/cps-preflight-certificate"
    default: "\(folder)/cps-preflight-\(rawValue)"
    }
  }

  /// What became of its own tests, which build it where that is needed: once, whoever asks.
  func test() async throws -> BuiltProgram.Run {
    guard self == .certificate else { return try await runTests() }
    return try await Self.testOfCertificate.value
  }

  private static let testOfCertificate = Task { try await certificate.runTests() }

  private func runTests() async throws -> BuiltProgram.Run {
    let arguments = self == .certificate ? "--scratch-path \(Self.scratch)" : ""
    return try await BuiltProgram.shell("./test \(arguments)", in: folder, environment: Self.swift)
  }

  /// What programs need that call Swift: where it is, and where its caches are.
  static var swift: [String: String] {
    ProcessInfo.processInfo.environment.filter { ["PATH", "HOME"].contains($0.key) }
  }

  /// Asks it something.
  func ask(_ arguments: String, _ request: String = "") async throws -> String {
    let folder = try Folder(["request": request])
    let run = try await BuiltProgram.shell("\(executable) \(arguments) <\(folder.path)/request")
    try #require(run.code == 0 && run.errors == "", "\(run)")
    return run.output
  }
}

@Suite("The plugins of Plugins/Examples work")
struct ExamplePluginTests {
  @Test("Each passes the tests in its folder", arguments: ExamplePlugin.allCases)
  func tests(plugin: ExamplePlugin) async throws {
    let run = try await plugin.test()
    #expect(run.code == 0, "\(run.output)\(run.errors)")
  }

  @Test("`plugins verify` has nothing to say against any of them", arguments: ExamplePlugin.allCases)
  func verified(plugin: ExamplePlugin) async throws {
    if plugin == .certificate { _ = try await plugin.test() }
    let folder = try Folder()
    let run = try await BuiltProgram.shell(
      """
      install -m 755 \(plugin.executable) cps-preflight-\(plugin.rawValue) &&
      $P plugins verify cps-preflight-\(plugin.rawValue) --lang en
      """, in: folder.path)
    #expect(run.code == 0, "\(run)")
  }

  @Test("The reader of JSON in sh is the one that new plugins get")
  func json() throws {
    let program = try String(contentsOfFile: ExamplePlugin.expectedAM.executable, encoding: .utf8)
    let template = try String(
      contentsOfFile: "\(BuiltProgram.root)/Sources/RuleDesk/PluginTemplates/Resources/json-in-sh.template",
      encoding: .utf8)
    #expect(program.contains(template))
  }
}
