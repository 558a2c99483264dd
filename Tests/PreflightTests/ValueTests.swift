import Preflight
import Testing

@Suite("Days of the calendar")
struct CivilDateTests {
  @Test("Only days that exist are read", arguments: ["2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"])
  func real(text: String) {
    #expect(CivilDate(text)?.description == text)
  }

  @Test(
    "Anything else is no day",
    arguments: [
      "2025-02-29", "1900-02-29", "2025-13-01", "2025-00-10", "2025-04-31", "0000-01-01", "2025-1-01",
      "25-01-01",
      "01/07/2025", "2025-07-01 ", "+025-07-01", "2025-07-٠١", "", "2025-07", "2025-07-01-02",
    ])
  func unreal(text: String) {
    #expect(CivilDate(text) == nil)
  }

  @Test("A day with any byte changed is that of the bytes, or none")
  func everyByte() {
    let day = Array("2024-02-29".utf8)
    for place in day.indices {
      for byte in UInt8.min...UInt8.max {
        var bytes = day
        bytes[place] = byte
        let text = String(decoding: bytes, as: UTF8.self)
        let read = CivilDate(in: [0x39] + bytes + [0x39], 1..<11)
        #expect(read?.description == (read == nil ? nil : text))
        if bytes == day { #expect(read != nil) }
      }
    }
    #expect(CivilDate(in: day, 0..<9) == nil && CivilDate(in: day)?.description == "2024-02-29")
  }

  @Test("Three years on, 29 February becomes 28 February")
  func years() throws {
    #expect(try #require(CivilDate("2024-02-29")).adding(years: 3).description == "2027-02-28")
    #expect(try #require(CivilDate("2024-02-29")).adding(years: 4).description == "2028-02-29")
    #expect(try #require(CivilDate("2025-09-10")).adding(years: 3).description == "2028-09-10")
  }

  @Test("Days between days, and back", arguments: [-719_162, -1, 0, 1, 58, 59, 11_016, 20_600, 2_932_896])
  func ordinals(days: Int) throws {
    let epoch = try #require(CivilDate("1970-01-01"))
    #expect(epoch.days(until: CivilDate(daysSince1970: days)) == days)
    #expect(CivilDate(daysSince1970: days).daysSince1970 == days)
  }

  @Test("A day is written as people of a language write it")
  func written() throws {
    let text = LocalizedText(everywhere: "\(try #require(CivilDate("2025-07-01")))")
    #expect(text.rendered(in: .french) == "01/07/2025")
    #expect(text.rendered(in: .english) == "2025-07-01")
  }
}

@Suite("Versions")
struct VersionTests {
  @Test(
    "Versions compare number by number",
    arguments: [("5.2", "5.10"), ("5.2.2", "5.2.10"), ("5.2", "5.2.1"), ("4.99.99", "5.0"), ("0.0", "0.0.1")])
  func order(older: String, newer: String) throws {
    #expect(try #require(Version(older)) < #require(Version(newer)))
  }

  @Test("Zeros at the end say nothing")
  func zeros() {
    #expect(Version("5.2") == Version("5.2.0.0"))
    #expect(Version("5.2")?.hashValue == Version("5.2.0")?.hashValue)
  }

  @Test(
    "Anything but numbers and dots is no version",
    arguments: [
      "", ".", "5.", ".5", "5..2", "5.2a", "v5", "-1", "5.2 ", "1.2.3.4.5.6.7", "9999999999",
      // Without its dots, or with one of them lost, a version would be newer than any other one.
      "51", "511", "0501", "050101", "692612344", "5.100", "5.202", "502.2", "2024.1",
      "5.0000000002.2",
    ])
  func unreadable(text: String) {
    #expect(Version(text) == nil)
  }

  @Test(
    "Six digits are the version of an ADM file, two for each number",
    arguments: [
      ("050101", "5.1.1"), ("051000", "5.10.0"), ("000000", "0.0.0"), ("05010", nil), ("0501011", nil),
      ("05010a", nil), ("", nil), ("5.1.10", nil),
    ] as [(String, String?)])
  func sixDigits(text: String, expected: String?) {
    #expect(Version(sixDigits: text)?.description == expected)
  }
}

@Suite("Durations")
struct DurationNotationTests {
  @Test(
    "A whole number and its unit",
    arguments: [
      ("500ms", 500), ("3s", 3000), ("2m", 120_000), ("60m", 3_600_000), ("1h", 3_600_000),
      ("8d", 691_200_000),
    ])
  func read(text: String, milliseconds: Int) {
    #expect(Duration(notation: text)?.milliseconds == milliseconds)
  }

  @Test(
    "Anything else is no duration",
    arguments: ["", "3", "s", "0s", "-1s", "1.5s", "3 s", "9999999999s", "1w", "1H"])
  func unreadable(text: String) {
    #expect(Duration(notation: text) == nil)
  }

  @Test("A wait is an hour at most", arguments: [("1h", true), ("60m", true), ("61m", false), ("1d", false)])
  func limited(text: String, isRead: Bool) {
    #expect((Duration(notation: text, atMost: .longestWait) != nil) == isRead)
  }
}

@Suite("Personal data")
struct PersonalTests {
  @Test(
    "It masks itself wherever it is printed",
    arguments: [
      (Personal("692612344", as: .identifier), "•••61••••"),
      (Personal("6926", as: .identifier), "••••"),
      (Personal("2800001017", as: .cardNumber), "•••••••017"),
      (Personal("TESTARD ALBAN", as: .name), "•••"),
    ])
  func masked(value: Personal, shown: String) {
    #expect("\(value)" == shown)
    #expect(String(reflecting: value) == shown)
    #expect(LocalizedText(everywhere: "n° \(value)").rendered(in: .english) == "n° \(shown)")
    var dumped = ""
    dump(value, to: &dumped)
    #expect(!dumped.contains(value.unmasked))
    #expect(value.shown(.revealed) == value.unmasked)
  }

  @Test(
    "An identifier is recognised as set, unset or masked",
    arguments: [
      ("", true, nil), ("   ", true, nil), ("0000000000", true, nil), ("FFFFFFFFFF", true, nil),
      ("00 00A", true, nil),
      ("99108626", false, "991086265"), ("99108626FF", false, "991086265"), ("9910862", false, "9910862"),
      ("692612344", false, "692612344"), ("0692612344", false, "692612344"),
      ("692 612 344", false, "692612344"), ("69261A2344", false, nil), ("69261234\u{0664}", false, nil),
      ("6\u{301}92612344", false, nil),
      ("692612344F", false, "692612344"), ("xxx26xxxxx", false, nil), ("•••26••••", false, nil),
      ("•••00••••", false, nil),
      ("0x9910862", false, nil), ("000000000*", false, nil),
      ("69Z612344", false, nil),
    ] as [(String, Bool, String?)])
  func identifiers(text: String, isUnset: Bool, number: String?) {
    let identifier = BillingIdentifier(text)
    #expect(identifier.isUnset == isUnset)
    #expect(identifier.numbers == Set([number].compactMap(\.self)))
  }
}
