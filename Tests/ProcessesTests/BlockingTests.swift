import Glibc
import Processes
import Synchronization
import Testing

@Suite("What may block has a thread of its own")
struct BlockingTests {
  @Test("What the call returns comes back; of one that outlasts its time nothing does")
  func time() async throws {
    #expect(await BlockingCall.run(within: nil) { 7 } == 7)
    #expect(await BlockingCall.run(within: .seconds(20)) { "answer" } == "answer")
    let ends = try connectedEnds()
    let late = await BlockingCall.run(within: .milliseconds(20)) {
      var byte: UInt8 = 0
      return read(ends.reading, &byte, 1)
    }
    #expect(late == nil)
    // The abandoned thread ends.
    close(ends.writing)
  }

  @Test("More calls block at once than there are cores")
  func many() async {
    let turns = Turns()
    let order = Order()
    await withTaskGroup { group in
      // The test waits for the last turn first.
      for turn in (0..<32).reversed() {
        group.addTask {
          _ = await BlockingCall.run(within: nil) {
            turns.wait(for: turn)
            order.add(turn)
            turns.pass()
          }
        }
      }
    }
    #expect(order.turns == Array(0..<32))
  }
}

/// The turns taken, in order.
private final class Order: Sendable {
  private let taken = Mutex<[Int]>([])
  var turns: [Int] { taken.withLock { $0 } }
  func add(_ turn: Int) { taken.withLock { $0.append(turn) } }
}
