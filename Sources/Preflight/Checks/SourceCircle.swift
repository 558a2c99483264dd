/// Sources that wait for each other in a circle: each needs a fact of the next one before it can be asked, and the
/// last one needs a fact of the first.
package struct SourceCircle: Sendable {
  /// The indices of the sources in the list, each before the one that it waits for.
  package let members: [Int]
  /// The names of the sources, in the same order.
  package let names: [String]

  /// Finds the first circle among the sources. Returns nil if there is none.
  ///
  /// - Parameter known: the facts that are known already, for which no source has to wait.
  package init?(among sources: [any Source], knowing known: Facts = Facts()) {
    let predecessors = sources.indices.map { sources.predecessors(of: $0, knowing: known) }
    var waiting = Set(sources.indices)
    while let free = waiting.first(where: { waiting.isDisjoint(with: predecessors[$0]) }) {
      waiting.remove(free)
    }
    // All sources that are still waiting lead into a circle.
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

  /// Returns all circles among the sources. No two of them share a source.
  package static func all(among sources: [any Source]) -> [SourceCircle] {
    var circles: [SourceCircle] = []
    var rest = sources
    while let circle = SourceCircle(among: rest) {
      circles.append(circle)
      rest = rest.indices.filter { !circle.members.contains($0) }.map { rest[$0] }
    }
    return circles
  }

  /// Why none of the sources can be asked, and what to change.
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

  /// The reason that the facts of these sources are not known.
  package var unavailability: Unavailability { Unavailability(.notGiven, message) }
}

extension [any Source] {
  /// Returns the indices of the other sources that may provide a fact which the source at `index` needs first.
  package func predecessors(of index: Int, knowing known: Facts = Facts()) -> [Int] {
    let followed = self[index].follows.filter { known[$0].value == nil }
    return indices.filter { $0 != index && !self[$0].provides.isDisjoint(with: followed) }
  }
}
