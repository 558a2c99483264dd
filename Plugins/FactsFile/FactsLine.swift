package import Preflight
import JSON

/// A line of a stream of facts: the content of a facts file on one line, with an optional id; docs/evaluate.md.
package struct FactsLine: Sendable {
  /// The id that the line gives, a text or a number; `nil` if it gives none. A verdict repeats it.
  package let id: LineID?
  /// The facts of the line, with the stream as their source.
  package var facts: Facts

  /// Reads the lines of one stream.
  package struct Reader: Sendable {
    private let decoder: FactsDecoder
    private let skimming: FactsSkimming
    private let selection: SituationSelection

    /// - Parameters:
    ///   - origin: the name of the stream, as the source of its facts.
    ///   - selection: which of a card's billing situations to judge.
    package init(
      origin: String, selection: SituationSelection = .any, catalogue: FactCatalogue
    ) {
      decoder = FactsDecoder(catalogue: catalogue, origin: origin, isLine: true)
      skimming = FactsSkimming(catalogue: catalogue, origin: origin)
      self.selection = selection
    }

    /// Decodes one line.
    ///
    /// - Parameter range: where the line is in the bytes; nil if it is all of them.
    /// - Throws: ``FactsLineFault`` for the first thing that is wrong.
    package func read(_ bytes: [UInt8], in range: Range<Int>? = nil) throws(FactsLineFault) -> FactsLine {
      do throws(FactsDecoder.Fault) {
        let document: FactsDecoder.Document
        let facts: Facts
        if let plain = skimming.document(in: bytes, range) {
          document = plain
          facts = Facts(distinct: plain.facts, selection: selection)
        } else {
          // The decoder is asked only for what is rare or wrong: it takes several times as long.
          document = try decoder.document(in: Self.line(bytes, range))
          facts = Facts(document.facts, selection: selection)
        }
        do throws(FactsFileFault) {
          try facts.refuseContradictions(among: document.facts)
        } catch {
          throw FactsDecoder.Fault(error.offset(in: Self.line(bytes, range)), error.message)
        }
        return FactsLine(id: document.id, facts: facts)
      } catch {
        let line = Self.line(bytes, range)
        throw FactsLineFault(
          id: id(in: line), column: error.offset.map { Place(of: $0, in: line).column },
          message: error.message)
      }
    }

    private static func line(_ bytes: [UInt8], _ range: Range<Int>?) -> [UInt8] {
      range.map { Array(bytes[$0]) } ?? bytes
    }

    /// Returns the id of a line that cannot be used as a whole, if the id can be read.
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
  /// The id of the line, if it could be read.
  package let id: LineID?
  /// The column of the fault, from 1; `nil` if it is the line as a whole.
  package let column: Int?
  /// What is wrong, without the place.
  package let message: LocalizedText
}
