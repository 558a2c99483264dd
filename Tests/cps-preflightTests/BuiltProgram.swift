import FoundationEssentials
import Glibc
import Subprocess
import SystemPackage
import Testing

/// The program built with these tests, run as a process.
enum BuiltProgram {
  /// The result of a run.
  struct Run {
    let code: Int32
    let output: String
    let errors: String
  }

  /// The root of the package, which holds the shipped rules and the sample.
  static let root = String(#filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 })

  /// The path of the program, beside the tests' own executable.
  static let path = {
    let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    let folders = [tests, CommandLine.arguments[0]].map {
      $0.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }
    }
    return folders.map { $0 + "/cps-preflight" }.first { access($0, X_OK) == 0 }
      ?? "\(root)/.build/debug/cps-preflight"
  }()

  /// Returns the path of another executable built with these tests.
  static func beside(_ name: String) -> String {
    path.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/" + name
  }

  /// Runs the program in a fixed environment, without any locale, terminal or setting of the machine.
  static func run(
    _ arguments: [String], input: String = "", in folder: String = root, environment: [String: String] = [:]
  ) async throws -> Run {
    // Input through a file: a child that ends without reading a pipe would take the tests with it
    // (swift-subprocess issue 367).
    let inputFolder = try Folder(["input": input])
    let descriptor = try FileDescriptor.open("\(inputFolder.path)/input", .readOnly)
    let result = try await Subprocess.run(
      .path(FilePath(path)), arguments: Arguments(arguments),
      environment: fixed(environment),
      workingDirectory: FilePath(folder), input: .fileDescriptor(descriptor, closeAfterSpawningProcess: true),
      output: .string(limit: 1 << 22),
      error: .string(limit: 1 << 22))
    return Run(
      code: code(of: result.terminationStatus), output: result.standardOutput, errors: result.standardError)
  }

  /// Runs a line of shell in which `$P` is the program.
  static func shell(
    _ line: String, in folder: String = root, environment: [String: String] = [:]
  ) async throws -> Run {
    let result = try await Subprocess.run(
      .path("/bin/sh"), arguments: ["-c", line],
      environment: fixed(["P": path].merging(environment) { $1 }),
      workingDirectory: FilePath(folder), output: .string(limit: 1 << 22), error: .string(limit: 1 << 22))
    return Run(
      code: code(of: result.terminationStatus), output: result.standardOutput, errors: result.standardError)
  }

  /// Returns the environment of every run, with additions. Lines are long, so that tests find what they look for on one.
  private static func fixed(_ more: [String: String]) -> Environment {
    let variables = ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "COLUMNS": "500"].merging(more) { $1 }
    return .custom(
      Dictionary(uniqueKeysWithValues: variables.map { (Environment.Key(stringLiteral: $0), $1) }))
  }

  /// Returns the exit code, or a number above all exit codes if a signal ended the run.
  private static func code(of status: TerminationStatus) -> Int32 {
    switch status {
    case .exited(let code): code
    case .signaled(let signal): 1000 + signal
    }
  }
}
