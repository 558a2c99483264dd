import FoundationEssentials
import Testing

/// The plugins of `Plugins/Examples`.
enum ExamplePlugin: String, CaseIterable, CustomTestStringConvertible {
  case expectedAM = "expected-am"
  case workstation
  case certificate

  var testDescription: String { rawValue }
  var folder: String { "\(BuiltProgram.root)/Plugins/Examples/\(rawValue)" }

  /// The build folder, which may already hold a build.
  private static let scratch = "\(BuiltProgram.root)/.build/examples/certificate"

  /// The executable of the plugin; the Swift one is built where `make test` builds it.
  var executable: String {
    switch self {
    case .certificate: "\(Self.scratch)/debug/cps-preflight-certificate"
    default: "\(folder)/cps-preflight-\(rawValue)"
    }
  }

  /// Returns the result of the plugin's own tests, which build it if needed. They run only once.
  func test() async throws -> BuiltProgram.Run {
    guard self == .certificate else { return try await runTests() }
    return try await Self.testOfCertificate.value
  }

  private static let testOfCertificate = Task { try await certificate.runTests() }

  private func runTests() async throws -> BuiltProgram.Run {
    let arguments = self == .certificate ? "--scratch-path \(Self.scratch)" : ""
    return try await BuiltProgram.shell("./test \(arguments)", in: folder, environment: Self.swift)
  }

  /// The environment for programs that call Swift: its location, and that of its caches.
  static var swift: [String: String] {
    ProcessInfo.processInfo.environment.filter { ["PATH", "HOME"].contains($0.key) }
  }

  /// Runs the plugin with a request, and returns its answer.
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
