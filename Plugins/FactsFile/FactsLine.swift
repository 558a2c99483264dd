package import Preflight
import JSON

/// A line of a stream of facts: what a facts file holds, on one line, and whose it is; docs/evaluate.md.
package struct FactsLine: Sendable {
  package let id: LineID?
  package var facts: Facts

  /// Reads lines of one stream.
  package struct Reader: Sendable {
    private let decoder: FactsDecoder
    private let selection: SituationSelection

    /// - Parameters:
    ///   - origin: how the facts name the stream as their source.
    ///   - selection: which of a card's billing situations is meant.
    package init(
      origin: String, selection: SituationSelection = .any, catalogue: FactCatalogue = .standard
    ) {
      decoder = FactsDecoder(catalogue: catalogue, origin: origin, isLine: true)
      self.selection = selection
    }

    /// The line that `bytes` are. Throws the first thing that is wrong with it.
    package func read(_ bytes: [UInt8]) throws(FactsLineFault) -> FactsLine {
      do throws(FactsDecoder.Fault) {
        let document = try decoder.document(in: bytes)
        let facts = Facts(document.facts, selection: selection)
        do throws(FactsFileFault) {
          try facts.refuseContradictions(among: document.facts)
        } catch {
          throw FactsDecoder.Fault(nil, error.message)
        }
        return FactsLine(id: document.id, facts: facts)
      } catch {
        throw FactsLineFault(
          id: id(in: bytes), column: error.offset.map { Place(of: $0, in: bytes).column },
          message: error.message)
      }
    }

    /// Whose line it is, as far as that can be read although the line as a whole cannot be used.
    package func id(in bytes: [UInt8]) -> LineID? {
      JSONReader.firstMember("id", ofObjectIn: bytes).flatMap { LineID($0) }
    }
  }
}

extension LineID {
  init?(_ json: JSONValue) {
    switch json.content {
    case .string(let text): self = .text(text)
    case .number(let digits): self = .number(digits)
    default: return nil
    }
  }
}

/// Why a line of facts cannot be used, and where.
package struct FactsLineFault: Error, Sendable {
  /// Whose line it is, where that could be read.
  package let id: LineID?
  /// `nil` if it is the line as a whole.
  package let column: Int?
  package let message: LocalizedText
}
