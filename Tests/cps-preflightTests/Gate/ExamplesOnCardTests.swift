import FoundationEssentials
import Testing

@Suite("The examples of docs/examples let a healthy card pass where nobody sits at a terminal")
struct ExamplesOnCardTests {
  /// Runs a line of shell with our own module in the place of the Cryptolib's, and the code porteur in the file `code`.
  private func run(_ example: ExampleCase.Example) async throws -> (
    run: BuiltProgram.Run, logins: [String]
  ) {
    let module = try ModuleCase("healthy")
    let folder = try Folder(["code": "1234\n"])
    let arguments = module.arguments.dropFirst().joined(separator: " ")
    try folder.writeProgram(
      """
      #!/bin/sh
      command=$1; shift
      case $command in
        check) exec "$P" check \(arguments) "$@" ;;
        verdict) shift; exec "$P" verdict verify --rules \(arguments.split(separator: " ")[1]) --any-card "$@" ;;
        *) exec "$P" "$command" "$@" ;;
      esac
      """, to: "bin/cps-preflight")
    try folder.writeProgram("#!/bin/sh\ntouch sent\n", to: "send-lots")
    let text = try String(
      contentsOf: URL(filePath: "\(BuiltProgram.root)/docs/examples/\(example.file)"), encoding: .utf8)
    try folder.writeProgram(text, to: example.file)
    try folder.write(example.extract(text), to: "script")
    let run = try await BuiltProgram.shell(
      "chmod 600 code; PATH=$PWD/bin:$PATH; exec </dev/null; \(example.line); code=$?; ls; exit $code",
      in: folder.path)
    return (run, module.logins)
  }

  @Test("Those that send", arguments: ExamplesTests.examples)
  func sends(example: ExampleCase.Example) async throws {
    let (run, logins) = try await run(example)
    #expect(run.code == 0 && run.output.split(separator: "\n").contains("sent"), "\(run)")
    #expect(logins == ["code"])
  }

  @Test("Monitoring looks at a card every ten minutes, and never presents its code")
  func monitoring() async throws {
    let rules = """
      version: 1
      sources: [cryptoki]
      stages:
        - id: carte
          rules:
            - { id: code, check: card.pin, exit: 31 }
            - { id: lots, check: billing.sign_lots, exit: 23, for: [teletransmission] }
      """
    let module = try ModuleCase("healthy", rules: rules)
    let folder = try Folder(["nothing": ""])
    try folder.writeProgram(
      "#!/bin/sh\nshift; exec \"$P\" \(module.arguments.joined(separator: " ")) \"$@\"\n",
      to: "bin/cps-preflight")
    let crontab = try String(
      contentsOf: URL(filePath: "\(BuiltProgram.root)/docs/examples/nagios-passive.cron"), encoding: .utf8)
    let entry = try #require(crontab.split(separator: "\n").first { $0.hasPrefix("*/10 ") })
    let command = entry.split(separator: " ", maxSplits: 6, omittingEmptySubsequences: false)[6]
    try folder.write(String(command).replacing("\\%", with: "%"), to: "script")
    let run = try await BuiltProgram.shell(
      "PATH=$PWD/bin:$PATH; COMMANDS=out; export COMMANDS; sh script </dev/null; cat out", in: folder.path)
    #expect(run.output.contains(";CPS;0;CPS OK - "), "\(run)")
    #expect(module.logins.isEmpty)
  }
}
