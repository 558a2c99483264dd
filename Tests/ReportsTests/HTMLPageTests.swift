import Reports
import Testing

@Suite("Parts of a page")
struct HTMLPageTests {
  @Test(
    "An address of the web is a link, another is words",
    arguments: [
      (
        "https://a.fr/?b&c='",
        "<a href=\"https://a.fr/?b&amp;c=&#39;\" rel=\"noreferrer\">https://a.fr/?b&amp;c=&#39;</a>"
      ),
      ("http://a.fr", "<a href=\"http://a.fr\" rel=\"noreferrer\">http://a.fr</a>"),
      ("javascript:alert(1)", "javascript:alert(1)"), ("data:text/html,<b>", "data:text/html,&lt;b&gt;"),
    ])
  func link(address: String, html: String) { #expect(HTMLPage.link(address) == html) }

  @Test("The words of an element are words")
  func element() {
    #expect(HTMLPage.element("p", "<b>") == "<p>&lt;b&gt;</p>")
    #expect(HTMLPage.element("p", class: "cause", "a") == "<p class=\"cause\">a</p>")
  }
}
