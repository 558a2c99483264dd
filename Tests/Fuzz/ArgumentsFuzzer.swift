import ArgumentParser
import Preflight

@testable import cps_preflight

/// Any command line is understood or answered with a code, and `check` is read plainly as ArgumentParser reads it. The
/// arguments are the lines of the input. Nothing is run.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzArguments(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let arguments = Harness.bytes(start, count).split(separator: 0x0A, omittingEmptySubsequences: false)
    .map { String(decoding: $0, as: UTF8.self) }
  _ = Reply(toUnread: arguments)
  if let plain = PlainCheckArguments.read(arguments) {
    do {
      let parsed = try CheckCommand.parse(arguments).options
      Harness.demand(plain == parsed, "\(plain)\n\(parsed)")
    } catch {
      Harness.demand(false, "taken, and refused: \(CheckCommand.message(for: error))")
    }
  }
  do {
    _ = try Invocation(arguments)
  } catch let failure as Failure {
    _ = failure.text(in: .french)
    Harness.demand(failure.code.rawValue != 0, "refused with 0")
  } catch {
    _ = RootCommand.fullMessage(for: (error as? Unparsed)?.error ?? error)
  }
  return 0
}
