/// One thing that an examination of the workstation found: what there is, what it means, and how to fix it.
package struct Observation: Sendable, Hashable {
  /// How serious it is.
  package enum Sign: String, Sendable, Hashable, CaseIterable {
    /// As it should be.
    case sound
    /// It does not keep the workstation from billing, but somebody should know of it.
    case attention
    /// It keeps the workstation from billing, or is unsafe.
    case fault
    /// It could not be looked at.
    case unseen
  }

  /// How serious it is.
  package let sign: Sign
  /// The name of the case, for programs and tests, such as `driver_missing`. Unique in its examination.
  package let name: String
  /// What was found, as a sentence.
  package let message: LocalizedText
  /// What that means for billing. Nil if the message says it.
  package let meaning: LocalizedText?
  /// How to fix it, step by step. Empty if there is nothing to fix.
  package let mending: [Mending]

  package init(
    _ sign: Sign, _ name: String, _ message: LocalizedText, meaning: LocalizedText? = nil,
    mending: [Mending] = []
  ) {
    self.sign = sign
    self.name = name
    self.message = message
    self.meaning = meaning
    self.mending = mending
  }

  /// Creates an observation of something that is as it should be.
  package static func sound(_ name: String = "sound", fr: Text, en: Text) -> Observation {
    Observation(.sound, name, LocalizedText(fr: fr, en: en))
  }

  /// Creates the observation for what could not be known. What is refused as unsafe is a fault: it is known well enough.
  package init(_ why: Unavailability) {
    let isUnsafe = why.reason == .unsafe
    self.init(isUnsafe ? .fault : .unseen, isUnsafe ? "unsafe" : "unseen", why.message.sentence)
  }
}

extension ExitCode {
  /// The exit code of an examination: 1 if anything is at fault, 69 if something could not be looked at, otherwise 0.
  package init(_ signs: some Sequence<Observation.Sign>) {
    var code = ExitCode.ready
    for sign in signs {
      switch sign {
      case .fault:
        self = .blocked
        return
      case .unseen: code = .serviceAbsent
      case .sound, .attention: break
      }
    }
    self = code
  }
}
