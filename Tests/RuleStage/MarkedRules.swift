package import Preflight

/// A rule file in which `1️⃣`, `2️⃣`… stand just before each place where something is wrong.
package struct MarkedRules {
  package let text: String
  /// The places of the markers, in order.
  package let places: [Place]

  package init(_ marked: String) {
    var text = ""
    var places: [Place] = []
    var line = 1
    var column = 1
    for character in marked {
      if character.unicodeScalars.contains("\u{20E3}") {
        places.append(Place(line: line, column: column))
        continue
      }
      text.append(character)
      if character.isNewline {
        (line, column) = (line + 1, 1)
      } else {
        column += character.unicodeScalars.count
      }
    }
    self.text = text
    self.places = places
  }
}
