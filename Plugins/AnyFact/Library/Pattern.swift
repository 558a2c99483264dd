import CPCRE2

/// A regular expression of a rule, compiled once and matched under limits, so that no pattern and text can hold up a
/// run.
///
/// All pointers of PCRE2 stay in this folder. docs/rule-file.md describes the syntax and the options.
final class Pattern: Sendable {
  /// Why a pattern does not compile, and where.
  struct Fault: Error {
    /// The code of PCRE2; see pcre2api(3).
    let code: Int32
    /// PCRE2's own words, in English.
    let words: String
    /// The offset of the fault in the pattern, in characters.
    let offset: Int
  }

  /// The outcome of a match.
  enum Answer: Sendable {
    case matches
    case differs
    /// A limit was reached before the outcome was known.
    case limitReached
    /// PCRE2 failed for another reason, such as a lack of memory.
    case failed
  }

  /// The limits on the work of a match.
  struct Limits: Sendable {
    /// The most steps (calls of PCRE2's `match`) for all the texts of one question together.
    var steps: UInt32 = 1_000_000
    /// The most backtracking points at once.
    var depth: UInt32 = 50_000
    /// The most memory for backtracking points, in KiB.
    var memory: UInt32 = 16 << 10
    /// The longest text that is matched, in bytes of UTF-8: the cost of a step grows with the text.
    var text = 1000
  }

  // A compiled pattern never changes, so threads may share it (pcre2api(3), “Multithreading”).
  nonisolated(unsafe) private let code: OpaquePointer
  private let limits: Limits

  /// Compiles a pattern.
  ///
  /// - Throws: ``Fault`` if PCRE2 refuses the pattern.
  init(_ pattern: String, limits: Limits = Limits()) throws(Fault) {
    self.limits = limits
    var error: Int32 = 0
    var offset = 0
    let options =
      PCRE2_UTF | PCRE2_UCP | PCRE2_ANCHORED | PCRE2_ENDANCHORED | PCRE2_DOLLAR_ENDONLY
      | PCRE2_NEVER_BACKSLASH_C
    var pattern = pattern
    let compiled: OpaquePointer? = pattern.withUTF8 { bytes in
      guard let context = pcre2_compile_context_create_8(nil) else { return nil }
      defer { pcre2_compile_context_free_8(context) }
      // The meaning of `.` and `^` must not depend on how PCRE2 was built.
      pcre2_set_newline_8(context, UInt32(PCRE2_NEWLINE_ANY))
      pcre2_set_bsr_8(context, UInt32(PCRE2_BSR_UNICODE))
      return pcre2_compile_8(bytes.baseAddress, bytes.count, options, &error, &offset, context)
    }
    guard let compiled else {
      let before = pattern.utf8.prefix(offset)
      throw Fault(
        code: error, words: Self.words(of: error),
        offset: String(decoding: before, as: UTF8.self).unicodeScalars.count)
    }
    code = compiled
  }

  deinit { pcre2_code_free_8(code) }

  /// Returns whether the pattern matches one of the texts in full. One match is enough, whatever the other texts do.
  func answer(for texts: [String]) -> Answer {
    guard !texts.isEmpty else { return .differs }
    guard let context = pcre2_match_context_create_8(nil),
      let match = pcre2_match_data_create_8(1, nil)
    else { return .failed }
    defer {
      pcre2_match_context_free_8(context)
      pcre2_match_data_free_8(match)
    }
    // All texts share the steps, so a list of thousands takes hardly longer than one text.
    pcre2_set_match_limit_8(
      context, max(min(100, limits.steps), limits.steps / UInt32(clamping: texts.count)))
    pcre2_set_depth_limit_8(context, limits.depth)
    pcre2_set_heap_limit_8(context, limits.memory)
    var whole = Answer.differs
    for text in texts {
      switch answer(for: text, match, context) {
      case .matches: return .matches
      case .differs: break
      case let doubt: whole = doubt
      }
    }
    return whole
  }

  private func answer(for text: String, _ match: OpaquePointer, _ context: OpaquePointer) -> Answer {
    guard text.utf8.count <= limits.text else { return .limitReached }
    var text = text
    let status = text.withUTF8 { bytes in
      pcre2_match_8(code, bytes.baseAddress, bytes.count, 0, 0, match, context)
    }
    switch status {
    case 0...: return .matches
    case PCRE2_ERROR_NOMATCH: return .differs
    case PCRE2_ERROR_MATCHLIMIT, PCRE2_ERROR_DEPTHLIMIT, PCRE2_ERROR_HEAPLIMIT: return .limitReached
    default: return .failed
    }
  }

  /// PCRE2's own description of one of its error codes.
  private static func words(of code: Int32) -> String {
    var buffer = [UInt8](repeating: 0, count: 256)
    let count = pcre2_get_error_message_8(code, &buffer, buffer.count)
    return String(decoding: buffer.prefix(Int(max(count, 0))), as: UTF8.self)
  }
}
