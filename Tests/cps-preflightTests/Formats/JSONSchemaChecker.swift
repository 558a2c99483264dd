import CardStage
import FoundationEssentials

/// check-jsonschema, an independent validator, which is started once for all tests.
///
/// Python takes ten times as long to load it as it takes to validate most documents.
actor JSONSchemaChecker {
  /// What it answers to a command line.
  struct Answer: Decodable, Sendable {
    let code: Int32
    /// Standard output, then standard error.
    let output: String
  }

  private struct Request: Encodable {
    let folder: String
    let arguments: [String]
  }

  private static let shared = JSONSchemaChecker()
  private var process: ChildProcess?

  /// Answers each line of its input, a ``Request``, with a line: what the program’s own entry point does with it.
  private static let script = """
    import contextlib, io, json, os, sys
    from check_jsonschema import main
    for line in sys.stdin:
        request = json.loads(line)
        os.chdir(request["folder"])
        output, errors, code = io.StringIO(), io.StringIO(), 0
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
            try:
                main(args=request["arguments"], prog_name="check-jsonschema")
            except SystemExit as end:
                code = end.code or 0
        print(json.dumps({"code": code, "output": output.getvalue() + errors.getvalue()}), flush=True)
    """

  /// Runs it with those arguments in that folder.
  ///
  /// - Throws: ``StageFault`` if it ends, or is silent for long.
  static func run(_ arguments: [String], in folder: String = BuiltProgram.root) async throws -> Answer {
    try await shared.answer(Request(folder: folder, arguments: arguments))
  }

  private func answer(_ request: Request) throws -> Answer {
    let process =
      try self.process
      ?? ChildProcess([TestTool.python, "-c", Self.script], environment: ["LANG": "C.UTF-8"])
    self.process = process
    process.send(String(decoding: try JSONEncoder().encode(request), as: UTF8.self) + "\n")
    do {
      return try JSONDecoder().decode(Answer.self, from: Data(process.read(until: "\n").utf8))
    } catch {
      self.process = nil
      throw error
    }
  }
}
