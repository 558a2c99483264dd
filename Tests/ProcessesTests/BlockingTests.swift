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

  @Test("Calls one after another share a thread, which ends with its owner")
  func series() async throws {
    let thread = BlockingThread()
    let own = pthread_self()
    let first = await thread.run(within: .seconds(20)) { pthread_self() }
    #expect(first != nil && first != own)
    for _ in 0..<100 { #expect(await thread.run(within: .seconds(20)) { pthread_self() } == first) }
  }

  @Test("A call that was abandoned holds up neither the next nor one that is made beside it")
  func abandoned() async throws {
    let thread = BlockingThread()
    let ends = try connectedEnds()
    let late = await thread.run(within: .milliseconds(20)) {
      var byte: UInt8 = 0
      return read(ends.reading, &byte, 1)
    }
    #expect(late == nil)
    for _ in 0..<10 { #expect(await thread.run(within: .seconds(20)) { 7 } == 7) }
    close(ends.writing)
    let turns = Turns()
    await withTaskGroup { group in
      for turn in (0..<8).reversed() {
        group.addTask {
          _ = await thread.run(within: nil) {
            turns.wait(for: turn)
            turns.pass()
          }
        }
      }
    }
    #expect(await thread.run(within: nil) { 8 } == 8)
  }
}

/// The turns taken, in order.
private final class Order: Sendable {
  private let taken = Mutex<[Int]>([])
  var turns: [Int] { taken.withLock { $0 } }
  func add(_ turn: Int) { taken.withLock { $0.append(turn) } }
}
