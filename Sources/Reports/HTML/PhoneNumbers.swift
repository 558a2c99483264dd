/// The French telephone numbers in a text, so that a page can link them for dialling.
///
/// A number is ten digits beginning with 0, grouped as in the numbering plan. Ten digits without spaces are not a
/// number here: a billing identifier with a leading zero looks the same.
struct PhoneNumbers {
  /// Each number once, as written, in order.
  let written: [String]

  init(in words: String) {
    var written: [String] = []
    var run = String.UnicodeScalarView()
    var before: Unicode.Scalar = " "
    func end(with after: Unicode.Scalar) {
      // Letters directly after the digits, without a space between.
      let isGlued = after.properties.isAlphabetic && run.last.map { !Self.separators.contains($0) } == true
      while let last = run.last, Self.separators.contains(last) { run.removeLast() }
      let number = String(run)
      if !isGlued, Self.isNumber(number), !written.contains(number) {
        written.append(number)
      }
      run = String.UnicodeScalarView()
    }
    for scalar in words.unicodeScalars {
      let belongs =
        if ("0"..."9").contains(scalar) {
          !run.isEmpty || !before.properties.isAlphabetic
        } else {
          !run.isEmpty && Self.separators.contains(scalar)
        }
      if belongs {
        run.append(scalar)
      } else if !run.isEmpty {
        end(with: scalar)
      }
      before = scalar
    }
    end(with: " ")
    self.written = written
  }

  /// Returns the `tel:` address of a number.
  static func address(of number: String) -> String { "tel:" + number.filter(\.isASCII).filter(\.isNumber) }

  private static let separators: Set<Unicode.Scalar> = [" ", "\u{A0}", "\u{202F}", ".", "-"]
  private static let groupings = [[1, 3, 2, 2, 2], [2, 2, 2, 2, 2], [1, 3, 3, 3], [4, 3, 3]]

  private static func isNumber(_ words: String) -> Bool {
    let groups = words.unicodeScalars.split(omittingEmptySubsequences: false) { separators.contains($0) }
    let marks = Set(words.unicodeScalars.filter { separators.contains($0) })
    return words.hasPrefix("0") && marks.count == 1 && groupings.contains(groups.map(\.count))
  }
}
