package import Preflight

/// A page in a single file. It loads nothing, runs no scripts and sends nothing, and its security policy tells
/// browsers so.
///
/// The page is also well-formed XML, so that tests can examine all elements and attributes.
package struct HTMLPage: Sendable {
  private let language: Language
  private let title: String
  private let header: [String]
  private let main: [String]
  private let footer: [String]

  ///   - title: plain text. All other arguments are lines of HTML from ``element(_:class:_:)`` and similar
  ///     functions.
  package init(
    in language: Language, title: String, header: [String] = [], main: [String], footer: [String] = []
  ) {
    self.language = language
    self.title = title
    self.header = header
    self.main = main
    self.footer = footer
  }

  /// The page as HTML.
  package var text: String {
    var lines = [
      "<!DOCTYPE html>",
      "<html lang=\"\(language.rawValue)\">",
      "<head>",
      "<meta charset=\"utf-8\"/>",
      "<meta http-equiv=\"Content-Security-Policy\" content=\"\(Self.policy)\"/>",
      "<meta name=\"referrer\" content=\"no-referrer\"/>",
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>",
      "<meta name=\"color-scheme\" content=\"light dark\"/>",
      Self.element("title", title),
      "<style>\(PageStyle.sheet)</style>",
      "</head>",
      "<body>",
    ]
    for (name, part) in [("header", header), ("main", main), ("footer", footer)] where !part.isEmpty {
      lines += ["<\(name)>"] + part + ["</\(name)>"]
    }
    lines += ["</body>", "</html>"]
    return lines.map { $0 + "\n" }.joined()
  }

  /// Allows only the style of the page, by its hash. Styles injected through text have no effect.
  private static var policy: String {
    "default-src 'none'; style-src 'sha256-\(PageStyle.digest)'; base-uri 'none'; form-action 'none'"
  }
}

extension HTMLPage {
  /// Returns an element that contains the escaped text.
  package static func element(_ name: String, class style: String? = nil, _ words: String) -> String {
    let attribute = style.map { " class=\"\($0)\"" } ?? ""
    return "<\(name)\(attribute)>\(Markup.escaped(words))</\(name)>"
  }

  /// Returns a link to a page, or plain text if the address is not a web address, such as `javascript:`.
  package static func link(_ address: String) -> String {
    let words = Markup.escaped(address)
    guard address.hasPrefix("https://") || address.hasPrefix("http://") else { return words }
    return "<a href=\"\(words)\" rel=\"noreferrer\">\(words)</a>"
  }
}
