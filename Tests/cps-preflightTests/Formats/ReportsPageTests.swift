import FoundationEssentials
import Testing

@Suite("docs/reports.md shows what one really sees")
struct ReportsPageTests {
  /// A command on the page, and the output lines that the page shows.
  struct Sample: Sendable, CustomTestStringConvertible {
    let arguments: [String]
    var lines: [String] = []

    var testDescription: String { arguments.joined(separator: " ") }
  }

  static let samples: [Sample] = {
    let page = try? String(contentsOfFile: "\(BuiltProgram.root)/docs/reports.md", encoding: .utf8)
    var samples: [Sample] = []
    var isInside = false
    for line in page?.split(separator: "\n", omittingEmptySubsequences: false) ?? [] {
      if line.hasPrefix("    $ cps-preflight ") {
        samples.append(Sample(arguments: line.split(separator: " ").dropFirst(2).map(String.init)))
        isInside = true
      } else if isInside, line.hasPrefix("    ") {
        samples[samples.count - 1].lines.append(String(line.dropFirst(4)))
      } else {
        isInside = false
      }
    }
    return samples
  }()

  /// Returns the lines without the parts that differ from run to run.
  private func timeless(_ lines: [String]) -> [String] {
    lines.map {
      $0.replacing(/timestamp="[^"]*"/, with: "").replacing(/time="?\d+\.\d{3}"?s?/, with: "")
        .replacing(/(duration|run_timestamp)_seconds(\S*) [\d.]+/) { "\($0.1)\($0.2)" }
    }
  }

  @Test("Every line of a sample, in that order", arguments: samples)
  func sample(sample: Sample) async throws {
    let run = try await BuiltProgram.run(sample.arguments)
    let shown = run.output.split(separator: "\n").map(String.init)
    var rest = timeless(shown)[...]
    for line in timeless(sample.lines) {
      let index = try #require(rest.firstIndex { $0 == line }, "\(line)\nin \(run.output)")
      rest = rest[(index + 1)...]
    }
  }

  @Test("There is a sample of each of its formats")
  func all() { #expect(Self.samples.map(\.lines.isEmpty) == [false, false, false, false]) }
}
