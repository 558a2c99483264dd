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

  @Test("Calls one after another share a thread")
  func series() async throws {
    let own = pthread_self()
    // Other tests make calls as well, which may be given the thread in between.
    var threads: Set<pthread_t> = []
    for _ in 0..<100 {
      let thread = try #require(
        await BlockingCall.run(within: .seconds(20), waitingHere: .seconds(20)) { pthread_self() })
      threads.insert(thread)
    }
    #expect(!threads.contains(own))
    #expect(threads.count < 100)
  }

  @Test("A call that was abandoned holds up no other")
  func abandoned() async throws {
    let ends = try connectedEnds()
    let late = await BlockingCall.run(within: .milliseconds(20), waitingHere: .milliseconds(1)) {
      var byte: UInt8 = 0
      return read(ends.reading, &byte, 1)
    }
    #expect(late == nil)
    for _ in 0..<10 {
      #expect(await BlockingCall.run(within: .seconds(20), waitingHere: .milliseconds(1)) { 7 } == 7)
    }
    close(ends.writing)
  }

  @Test("A call that nobody waits for is made")
  func unawaited() async throws {
    let ends = try connectedEnds()
    BlockingCall.start { close(ends.writing) }
    let count = await BlockingCall.run(within: .seconds(20)) {
      var byte: UInt8 = 0
      return read(ends.reading, &byte, 1)
    }
    #expect(count == 0)
  }
}

/// The turns taken, in order.
private final class Order: Sendable {
  private let taken = Mutex<[Int]>([])
  var turns: [Int] { taken.withLock { $0 } }
  func add(_ turn: Int) { taken.withLock { $0.append(turn) } }
}
