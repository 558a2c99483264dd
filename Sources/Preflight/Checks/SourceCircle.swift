/// Sources that wait for each other: each has to know a fact that the next one gives before it is asked itself, and the
/// last one a fact of the first.
package struct SourceCircle: Sendable {
  /// Where they stand in the list that they are from, each before the one that it waits for.
  package let members: [Int]
  /// The names of the sources, in the same order.
  package let names: [String]

  /// The first circle among these sources; nil if there is none.
  ///
  /// - Parameter known: what is known already, so that nobody has to wait for it.
  package init?(among sources: [any Source], knowing known: Facts = Facts()) {
    let predecessors = sources.indices.map { sources.predecessors(of: $0, knowing: known) }
    var waiting = Set(sources.indices)
    while let free = waiting.first(where: { waiting.isDisjoint(with: predecessors[$0]) }) {
      waiting.remove(free)
    }
    // Whatever waits now leads into a circle.
    guard var current = waiting.min() else { return nil }
    var path: [Int] = []
    while !path.contains(current) {
      path.append(current)
      guard let next = predecessors[current].first(where: waiting.contains) else { return nil }
      current = next
    }
    members = Array(path.drop { $0 != current })
    names = members.map { sources[$0].name }
  }

  /// Every circle among these sources, none with a member of another one.
  package static func all(among sources: [any Source]) -> [SourceCircle] {
    var circles: [SourceCircle] = []
    var rest = sources
    while let circle = SourceCircle(among: rest) {
      circles.append(circle)
      rest = rest.indices.filter { !circle.members.contains($0) }.map { rest[$0] }
    }
    return circles
  }

  /// Why none of them can be asked, and what to change.
  package var message: LocalizedText {
    let circle = (names + names.prefix(1)).joined(separator: " → ")
    return LocalizedText(
      fr: """
        ces sources attendent chacune un fait de la suivante, en cercle : \(circle) ; aucune ne peut être interrogée : \
        enlever l'un de ces faits de « needs » dans le manifeste d'un des plugins
        """,
      en: """
        each of these sources waits for a fact of the next one, in a circle: \(circle); none can be asked: take one of \
        these facts out of “needs” in the manifest of one of the plugins
        """)
  }

  /// Why the facts of its members are not known.
  package var unavailability: Unavailability { Unavailability(.notGiven, message) }
}

extension [any Source] {
  /// The other sources that may give a fact which that one has to know first.
  package func predecessors(of index: Int, knowing known: Facts = Facts()) -> [Int] {
    let followed = self[index].follows.filter { known[$0].value == nil }
    return indices.filter { $0 != index && !self[$0].provides.isDisjoint(with: followed) }
  }
}
