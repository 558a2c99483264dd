import Testing

@testable import Reports

@Suite("Seconds as machines read them")
struct DecimalsTests {
  @Test(
    "Three decimals, always",
    arguments: [
      (0, "0.000"), (7, "0.007"), (40, "0.040"), (999, "0.999"), (1000, "1.000"), (61_023, "61.023"),
    ])
  func seconds(milliseconds: Int, text: String) { #expect(Decimals.seconds(milliseconds) == text) }
}
