import Testing

@testable import Cryptoki

@Suite("Which token is read")
struct ReadingTests {
  /// The last 31 bytes of a reader's name.
  private static let end = "of a reader with a name: 00 01 "
  private static let long = String(repeating: "R", count: 64)

  private func reading(_ slots: [(name: String, serial: String)]) -> Reading {
    var reading = Reading()
    reading.tokens = slots.enumerated().map { index, slot in
      Reading.Token(
        slot: UInt(index), slotName: slot.name, label: "", serial: slot.serial, flags: 0, shortestCode: 4,
        longestCode: 8)
    }
    return reading
  }

  @Test(
    arguments: [
      ("the reader's", [("A", "1"), ("B", "2")], "B", ["A", "B"], 1),
      ("none is the reader's", [("A", "1"), ("C", "2")], "B", ["A", "B", "C"], nil),
      ("the only one, in another reader", [("A", "1")], "B", ["A", "B"], nil),
      ("the only one, in a slot that is named like no reader", [("Slot 0", "1")], "B", ["A", "B"], 0),
      (
        "two, in slots that are named like no reader", [("Slot 0", "1"), ("Slot 1", "2")], "B", ["A", "B"],
        nil
      ),
      ("the only one that has been made", [("Slot 0", ""), ("Slot 1", "2")], "B", ["B"], 1),
      (
        "a slot's name is cut after 64 bytes", [("A", "1"), (long, "2")], long + " 00 00",
        ["A", long + " 00 00"], 1
      ),
      (
        "or in its middle", [("A", "1"), (String(repeating: "R", count: 30) + "..." + end, "2")],
        String(repeating: "R", count: 40) + end, ["A", String(repeating: "R", count: 40) + end], 1
      ),
      ("two, in slots with the reader's name", [("A", "1"), ("A", "2")], "A", ["A"], nil),
      ("the only one", [("A", "1")], nil, [], 0),
      ("two, and no reader", [("A", "1"), ("B", "2")], nil, [], nil),
      ("none", [], nil, [], nil),
    ] as [(String, [(String, String)], String?, [String], UInt?)])
  func token(title: String, slots: [(String, String)], reader: String?, readers: [String], slot: UInt?) {
    #expect(reading(slots).token(for: reader, amongReaders: readers)?.slot == slot, "\(title)")
  }
}
