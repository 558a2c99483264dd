/// Lines that stand for others which were left out: « [...] », « … 20 lignes … », « -- 8< -- ». What stands above one and below it
/// may be of two places of practice.
enum Elision {
  /// Whether the line is such a one.
  static func isMeant(by line: Line) -> Bool {
    guard line.tokens.count <= 24 else { return false }
    var (dots, isSaid, hasNumber) = (0, false, false)
    for token in line.tokens {
      switch token.text {
      case ".": dots += 1
      case "…": isSaid = true
      case "✂", "✀", "✁", "✃", "✄": isSaid = true
      case _ where token.isNumber: hasNumber = true
      case _ where token.isWord:
        guard words.contains(token.text) else { return false }
        isSaid = isSaid || !wordsBeside.contains(token.text)
      default: break
      }
    }
    // « 01.02.03.04.05 » is a telephone number; « 8< » a pair of scissors.
    return isSaid || dots > 1 && !hasNumber || isScissors(line)
  }

  private static func isScissors(_ line: Line) -> Bool {
    line.tokens.allSatisfy { !$0.isWord || $0.text == "8" }
      && zip(line.tokens, line.tokens.dropFirst()).contains {
        $0.text == "8" && ["<", ">"].contains($1.text)
      }
  }

  private static let words = wordsBeside.union([
    "coupe", "coupee", "coupees", "coupure", "snip", "snipped", "omis", "omise", "omises", "supprime",
    "supprimee",
    "supprimees", "tronque", "tronquee", "abrege", "abregee", "cut", "suite", "etc",
  ])
  private static let wordsBeside: Set<String> = [
    "ligne", "lignes", "line", "lines", "de", "du", "texte", "la", "le", "les",
  ]
}
