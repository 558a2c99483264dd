import Preflight
import Reports
import JSON

extension VerdictFile {
  /// Why it is no verdict, and where.
  struct Fault: Error {
    let offset: Int
    let message: LocalizedText

    init(offset: Int, message: LocalizedText) {
      self.offset = offset
      self.message = message
    }

    init(_ value: JSONValue, fr: Text, en: Text) {
      self.init(offset: value.offset, message: LocalizedText(fr: fr, en: en))
    }
  }

  /// The members of an object, each asked for by name and type.
  struct Members {
    private let value: JSONValue
    private let members: [JSONValue.Member]

    init(_ value: JSONValue) {
      self.value = value
      members = if case .object(let members) = value.content { members } else { [] }
    }

    var names: [String] { members.map(\.name) }

    private func member(_ name: String) throws(Fault) -> JSONValue {
      guard let member = members.first(where: { $0.name == name }) else {
        throw Fault(value, fr: "le champ « \(name) » manque", en: "the field “\(name)” is missing")
      }
      return member.value
    }

    func text(_ name: String) throws(Fault) -> String {
      let value = try member(name)
      guard case .string(let text) = value.content else { throw wrongType(value, name) }
      return text
    }

    func integer(_ name: String) throws(Fault) -> Int {
      let value = try member(name)
      guard case .number(let digits) = value.content, let number = Int(digits) else {
        throw wrongType(value, name)
      }
      return number
    }

    func object(_ name: String) throws(Fault) -> Members {
      let value = try member(name)
      guard case .object = value.content else { throw wrongType(value, name) }
      return Members(value)
    }

    /// What is wrong with this object.
    func fault(fr: Text, en: Text) -> Fault { Fault(value, fr: fr, en: en) }

    /// A list of objects.
    func list(_ name: String) throws(Fault) -> [Members] {
      let value = try member(name)
      guard case .array(let items) = value.content else { throw wrongType(value, name) }
      var list: [Members] = []
      for item in items {
        guard case .object = item.content else { throw wrongType(item, name) }
        list.append(Members(item))
      }
      return list
    }

    /// A program that took part in a verdict.
    var program: ProgramMark {
      get throws(Fault) {
        ProgramMark(
          name: try optional("name", Members.text), path: try text("path"),
          sha256: try optional("sha256", Members.text))
      }
    }

    /// Nothing where it is absent; one that is there has to be sound.
    func optional<Value>(
      _ name: String, _ read: (Members) -> (String) throws(Fault) -> Value
    ) throws(Fault) -> Value? {
      names.contains(name) ? try read(self)(name) : nil
    }

    private func wrongType(_ value: JSONValue, _ name: String) -> Fault {
      Fault(value, fr: "« \(name) » n'a pas le type attendu", en: "“\(name)” is not of the expected type")
    }
  }
}
