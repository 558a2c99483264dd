import Preflight
import JSON

/// A request to a plugin, in the format of ``PluginProtocol``.
struct PluginRequest {
  /// The options of a source, or the parameters of a check.
  enum Settings {
    case options(PlainValue)
    case parameters(PlainValue)
  }

  let settings: Settings
  /// The facts that the plugin declared. Those that are known are passed to it.
  let facts: [FactName]
  let known: Facts
  let deadline: Duration
  let language: Language
  /// The check and the number of this request, if it is part of a batch.
  var batch: (check: String, id: Int)?

  /// The request on one line of JSON.
  var bytes: [UInt8] {
    let setting =
      switch settings {
      case .options(let values): PlainValue.Entry("options", values)
      case .parameters(let values): PlainValue.Entry("parameters", values)
      }
    var entries: [PlainValue.Entry] = [
      .init("protocol", .number("\(PluginProtocol.version)")), setting,
      .init("facts", .map(handedOn.map { .init($0.name.rawValue, $0.value.unmasked) })),
      .init("deadlineMs", .number("\(deadline.milliseconds)")), .init("language", .text(language.rawValue)),
    ]
    if let batch {
      entries += [.init("check", .text(batch.check)), .init("id", .number("\(batch.id)"))]
    }
    return Array((PlainValue.map(entries).json + "\n").utf8)
  }

  /// The personal facts in this request, and their parts, that must not be shown of the answer.
  var confidences: [String] { handedOn.flatMap(\.value.confidences) }

  private var handedOn: [(name: FactName, value: FactValue)] {
    facts.compactMap { name in
      // A mask is not a value: the plugin would compare it as if it were another number.
      guard let value = known[name].value, !value.isMask else { return nil }
      return (name, value)
    }
  }
}

extension FactValue {
  /// The texts and numbers of a personal value, among them the names in maps, and what each tells by a part of itself.
  fileprivate var confidences: [String] {
    let whole: [String] =
      switch self {
      case .personal, .concealed: unmasked.leaves(withNames: true)
      // The names of the members are ours, and short values occur inside many words.
      case .situations: unmasked.leaves(withNames: false).filter { $0.count >= 3 }
      default: []
      }
    return whole + whole.flatMap(Concealment.parts)
  }
}
