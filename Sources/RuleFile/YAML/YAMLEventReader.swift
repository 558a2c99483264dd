import CYAML
import Preflight

/// Reads the events of a YAML text one by one, through libyaml.
///
/// The parser holds a pointer to itself and to its input, so both live on the heap as long as this object.
final class YAMLEventReader {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let input: UnsafeMutableBufferPointer<UInt8>
  private let file: Int
  private let removed: RemovedPlaces

  /// - Parameters:
  ///   - file: the number of the file, for the spans.
  ///   - removed: the characters removed from the text beforehand, to correct the places.
  init(_ bytes: [UInt8], file: Int, without removed: RemovedPlaces = RemovedPlaces()) {
    self.removed = removed
    self.file = file
    parser = .allocate(capacity: 1)
    parser.initialize(to: yaml_parser_t())
    input = .allocate(capacity: bytes.count)
    _ = input.initialize(from: bytes)
    // It fails only if memory runs out; libyaml then reports the error at the first event.
    if yaml_parser_initialize(parser) == 1 {
      yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
      yaml_parser_set_input_string(parser, input.baseAddress, input.count)
    }
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deinitialize(count: 1)
    parser.deallocate()
    input.deallocate()
  }

  /// Returns the next event.
  ///
  /// - Throws: ``YAMLSyntaxError`` if the text is not YAML; no event may be read after that.
  func next() throws(YAMLSyntaxError) -> YAMLEvent {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else { throw syntaxError() }
    defer { yaml_event_delete(&event) }
    return read(event)
  }

  private func syntaxError() -> YAMLSyntaxError {
    let state = parser.pointee
    let problem = state.problem.map { String(cString: $0) } ?? "unreadable"
    let context = state.context == nil ? nil : place(state.context_mark)
    return YAMLSyntaxError(problem: problem, place: place(state.problem_mark), context: context)
  }

  private func read(_ event: yaml_event_t) -> YAMLEvent {
    var tag: String?
    var holdsNull = false
    let kind: YAMLEvent.Kind
    switch event.type {
    case YAML_STREAM_END_EVENT, YAML_NO_EVENT: kind = .streamEnd
    case YAML_DOCUMENT_START_EVENT: kind = .documentStart
    case YAML_DOCUMENT_END_EVENT: kind = .documentEnd
    case YAML_ALIAS_EVENT: kind = .alias(Self.text(event.data.alias.anchor) ?? "")
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      tag = Self.text(scalar.tag)
      // Only an escape writes one.
      holdsNull = scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE && bytes.contains(0)
      kind = .scalar(
        String(decoding: bytes, as: UTF8.self), isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE,
        anchor: Self.text(scalar.anchor))
    case YAML_SEQUENCE_START_EVENT:
      tag = Self.text(event.data.sequence_start.tag)
      kind = .sequenceStart(anchor: Self.text(event.data.sequence_start.anchor))
    case YAML_SEQUENCE_END_EVENT: kind = .sequenceEnd
    case YAML_MAPPING_START_EVENT:
      tag = Self.text(event.data.mapping_start.tag)
      kind = .mappingStart(anchor: Self.text(event.data.mapping_start.anchor))
    case YAML_MAPPING_END_EVENT: kind = .mappingEnd
    default: kind = .streamStart
    }
    let span = Span(start: place(event.start_mark), end: place(event.end_mark), file: file)
    return YAMLEvent(kind: kind, span: span, tag: tag, holdsNull: holdsNull)
  }

  private func place(_ mark: yaml_mark_t) -> Place { removed.original(Place(mark)) }

  private static func text(_ bytes: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    bytes.map { String(cString: $0) }
  }
}

extension Place {
  /// libyaml counts from 0.
  fileprivate init(_ mark: yaml_mark_t) {
    self.init(line: Int(mark.line) + 1, column: Int(mark.column) + 1)
  }
}
