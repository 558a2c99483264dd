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

  /// The parts of personal facts in this request that must not be shown of the answer.
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
  /// The words and numbers of a personal value that are long enough to be recognised.
  fileprivate var confidences: [String] {
    switch self {
    case .personal, .concealed, .situations: unmasked.leaves.filter { $0.count >= 3 }
    default: []
    }
  }
}

extension PlainValue {
  fileprivate var leaves: [String] {
    switch self {
    case .null, .boolean: []
    case .number(let digits): [digits]
    case .text(let text): [text]
    case .list(let items): items.flatMap(\.leaves)
    case .map(let entries): entries.flatMap(\.value.leaves)
    }
  }
}
