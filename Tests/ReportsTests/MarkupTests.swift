import Reports
import Testing

@Suite("Words inside XML and HTML")
struct MarkupTests {
  @Test(
    "Nothing of them is markup",
    arguments: [
      ("a < b > c & d", "a &lt; b &gt; c &amp; d"), ("\"'", "&quot;&#39;"), ("]]>", "]]&gt;"),
      ("&amp;", "&amp;amp;"), ("é « œ » •", "é « œ » •"), ("", ""),
      // Characters that XML does not allow, or that reorder text or control a terminal.
      ("\u{0}\u{1}\u{8}\u{1B}\n\r\t\u{7F}", "????????"), ("\u{202E}\u{2028}\u{FEFF}", "???"),
      ("\u{FFFE}\u{FFFF}", "??"),
      // Each is one Character, but two scalars, the first of which is markup.
      ("\"\u{301}", "&quot;\u{301}"), ("<\u{338}b", "&lt;\u{338}b"), ("&\u{20D2}", "&amp;\u{20D2}"),
      ("😀", "😀"),
    ])
  func escaped(words: String, markup: String) {
    #expect(Array(Markup.escaped(words).unicodeScalars) == Array(markup.unicodeScalars))
  }
}
