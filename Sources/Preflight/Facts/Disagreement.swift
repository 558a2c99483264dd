/// The difference between what two sources say of the same fact, each in a few words.
struct Disagreement {
  let first: LocalizedText
  let second: LocalizedText

  init(_ one: Fact, _ other: Fact) {
    let (first, second) = Self.words(one, other)
    self.first = first
    // Two different values may look the same once masked.
    self.second =
      first.isShown(as: second)
      ? LocalizedText(
        fr: "\(second.french) » (une autre valeur, masquée de même)",
        en: "\(second.english)” (another value, under the same mask)")
      : LocalizedText(fr: "\(second.french) »", en: "\(second.english)”")
  }

  private static func words(_ one: Fact, _ other: Fact) -> (LocalizedText, LocalizedText) {
    guard case .situations(let some)? = one.value, case .situations(let others)? = other.value,
      some.count == others.count, let index = zip(some, others).firstIndex(where: !=)
    else { return (one.words, other.words) }
    func difference(_ situation: BillingSituation, from other: BillingSituation) -> LocalizedText {
      let parts = situation.parts(differingFrom: other)
      let all = parts.dropFirst().reduce(parts.first ?? LocalizedText(fr: "–", en: "–")) {
        LocalizedText(fr: "\($0.french), \($1.french)", en: "\($0.english), \($1.english)")
      }
      return LocalizedText(
        fr: "situation \(index + 1) : \(all.french)", en: "situation \(index + 1): \(all.english)")
    }
    return (difference(some[index], from: others[index]), difference(others[index], from: some[index]))
  }
}

extension Sequence {
  /// Returns the index of the first pair of elements that satisfies the predicate.
  fileprivate func firstIndex<One, Other>(
    where holds: (One, Other) -> Bool
  ) -> Int? where Element == (One, Other) {
    enumerated().first { holds($0.element.0, $0.element.1) }?.offset
  }
}

extension LocalizedText {
  /// Whether both texts look the same once personal values are masked.
  fileprivate func isShown(as other: LocalizedText) -> Bool {
    rendered(in: .english, .masked) == other.rendered(in: .english, .masked)
  }
}

extension Fact {
  /// Describes in a sentence what the source says.
  fileprivate var words: LocalizedText {
    value.map { LocalizedText($0) } ?? LocalizedText(fr: "il n'y en a pas", en: "there is none")
  }
}

extension BillingSituation {
  /// Returns the parts of the situation that differ from the other one.
  fileprivate func parts(differingFrom other: BillingSituation) -> [LocalizedText] {
    var parts: [LocalizedText] = []
    func add(_ differs: Bool, fr: Text, en: Text, _ value: LocalizedText?) {
      guard differs else { return }
      let value = value ?? LocalizedText(fr: "non connu", en: "not known")
      parts.append(LocalizedText(fr: "\(fr) \(value.french)", en: "\(en) \(value.english)"))
    }
    let none = LocalizedText(fr: "absent", en: "absent")
    add(
      identifier != other.identifier, fr: "identifiant", en: "identifier",
      identifier.map { $0.personal.map { LocalizedText(everywhere: "\($0)") } ?? none })
    add(
      signFSE != other.signFSE, fr: "signature des FSE", en: "signing FSE",
      signFSE.map { LocalizedText(FactValue.boolean($0)) })
    add(
      signLots != other.signLots, fr: "signature des lots", en: "signing lots",
      signLots.map { LocalizedText(FactValue.boolean($0)) })
    add(link != other.link, fr: "lien", en: "link", link.map { LocalizedText(FactValue.integer($0)) })
    add(
      speciality != other.speciality, fr: "spécialité", en: "speciality",
      speciality.map { LocalizedText(FactValue.text($0)) })
    add(
      practice != other.practice, fr: "exercice", en: "practice",
      practice.map { LocalizedText(FactValue.text($0.rawValue)) })
    return parts
  }
}
