package import Preflight

/// A page in one file: it loads nothing, runs nothing, sends nothing, and a browser is told so.
///
/// It is well-formed XML as well, so that tests can hold every element and attribute to account.
package struct HTMLPage: Sendable {
  private let language: Language
  private let title: String
  private let header: [String]
  private let main: [String]
  private let footer: [String]

  /// - Parameters:
  ///   - title: words; the rest is HTML, a line each, from ``element(_:class:_:)`` and the like.
  package init(
    in language: Language, title: String, header: [String] = [], main: [String], footer: [String] = []
  ) {
    self.language = language
    self.title = title
    self.header = header
    self.main = main
    self.footer = footer
  }

  /// The page.
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

  /// Nothing but the page's own style, told by its hash: a style that words smuggled in would not count either.
  private static var policy: String {
    "default-src 'none'; style-src 'sha256-\(PageStyle.digest)'; base-uri 'none'; form-action 'none'"
  }
}

extension HTMLPage {
  /// An element around words.
  package static func element(_ name: String, class style: String? = nil, _ words: String) -> String {
    let attribute = style.map { " class=\"\($0)\"" } ?? ""
    return "<\(name)\(attribute)>\(Markup.escaped(words))</\(name)>"
  }

  /// A link to a page; words where the address is none of the web, such as `javascript:`.
  package static func link(_ address: String) -> String {
    let words = Markup.escaped(address)
    guard address.hasPrefix("https://") || address.hasPrefix("http://") else { return words }
    return "<a href=\"\(words)\" rel=\"noreferrer\">\(words)</a>"
  }
}
