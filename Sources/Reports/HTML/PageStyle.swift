/// The style sheet of all pages of the program.
enum PageStyle {
  /// Colours have a contrast of 7 to 1 with their background, and never carry information alone.
  static let sheet = """

    :root { color-scheme: light dark; font: 1.125rem/1.5 system-ui, sans-serif;
      --ground: #fff; --ink: #1a1a1a; --soft: #4a4a4a; --line: #767676; --link: #0b4a8f;
      --bad: #9b0019; --doubt: #6b4200; --good: #0a5a24 }
    @media screen and (prefers-color-scheme: dark) {
      :root { --ground: #14171a; --ink: #f2f2f2; --soft: #c4c4c4; --line: #8c8c8c; --link: #9cc4ff;
        --bad: #ffa69e; --doubt: #ffc766; --good: #86dba0 } }
    body { background: var(--ground); color: var(--ink); margin: 0; overflow-wrap: anywhere }
    header, main, footer { max-width: 48rem; margin: auto; padding: 1rem }
    header, footer { color: var(--soft); font-size: 1rem }
    h1 { font-size: 2.5rem; line-height: 1.15; margin: 0 0 .5rem }
    h2 { font-size: 1.6rem; line-height: 1.25; margin: 2.5rem 0 .5rem }
    h3 { font-size: 1.35rem; line-height: 1.3; margin: 1.5rem 0 .25rem }
    h4 { font-size: 1.125rem; margin: 1rem 0 0 }
    p { margin: .25rem 0 }
    a { color: var(--link) }
    a:focus-visible, summary:focus-visible { outline: .2rem solid; outline-offset: .2rem }
    summary { cursor: pointer; padding: .5rem 0 }
    ul { padding-left: 1.5rem }
    table { border-collapse: collapse }
    th, td { padding: .2rem .8rem .2rem 0; text-align: left; vertical-align: top }
    th { white-space: nowrap }
    code { font-size: .9em; overflow-wrap: anywhere }
    .verdict { border-left: .6rem solid; padding-left: 1rem }
    .cause { font-size: 1.5rem; line-height: 1.3 }
    .finding { border: 1px solid var(--line); border-left: .6rem solid; border-radius: .3rem;
      padding: 0 1rem 1rem; margin: 1rem 0 }
    .finding > * { color: var(--ink) }
    .finding > h3 { color: inherit }
    .bad { color: var(--bad) } .doubt { color: var(--doubt) } .good { color: var(--good) }
    .remedy { font-size: 1.35rem; line-height: 1.4 }
    .call { font-size: 1.8rem; font-weight: bold; white-space: nowrap }
    .call a { display: inline-block; padding: .25rem 0; color: var(--link) }
    .rules { list-style: none; padding: 0 }
    .rules li { padding: .25rem 0 .25rem 1.6rem; text-indent: -1.6rem }
    .sign { display: inline-block; width: 1.6rem; text-indent: 0 }
    .verdict .sign { width: auto; margin-right: .3em }
    .paper { display: none }
    @media print {
      :root { color-scheme: light; font-size: 10pt; line-height: 1.3 }
      @page { size: A4; margin: 12mm }
      header, main, footer { max-width: none; padding: 0 }
      h1 { font-size: 2rem } h2 { font-size: 1.3rem; margin-top: 1rem } h3 { font-size: 1.15rem; margin-top: .5rem }
      h4 { margin-top: .5rem } .finding { padding: 0 .8rem .5rem; margin: .5rem 0 } .rules { margin: .25rem 0 }
      .rules li { padding-top: 0; padding-bottom: 0 }
      .cause, .remedy { font-size: 1.2rem } .call { font-size: 1.5rem }
      .folded { display: none }
      .paper { display: block }
      h1, h2, h3, h4 { break-after: avoid }
      .finding, .rules li { break-inside: avoid }
      a { text-decoration: none }
      summary { display: none }
      details::details-content { content-visibility: visible; height: auto } }

    """

  /// The SHA-256 of ``sheet`` in Base64, for the Content Security Policy. A test compares the two.
  static let digest = "FxVfZ2IhDLAZBhL9AjghHbApJjo9Pd/60qFRMl8DPsc="
}
