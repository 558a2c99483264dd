/// The check `valid`: a pure function of the given facts.
enum Validity {
  struct Request: Decodable {
    struct Parameters: Decodable {
      let daysLeft: Int?

      enum CodingKeys: String, CodingKey { case daysLeft = "days_left" }
    }

    /// The known facts that the check uses.
    struct Facts: Decodable {
      let validFrom: String?
      let expiresOn: String?
      let today: String?

      enum CodingKeys: String, CodingKey {
        case validFrom = "certificate/validFrom"
        case expiresOn = "certificate/expiresOn"
        case today
      }
    }

    let parameters: Parameters
    let facts: Facts
    let language: String?
  }

  struct Answer: Encodable {
    let outcome: String
    let message: String
  }

  static func judge(_ request: Request) -> Answer {
    let (outcome, words) = judgement(request)
    return Answer(outcome: outcome, message: words.text(in: request.language))
  }

  private static func judgement(_ request: Request) -> (String, Words) {
    let facts = request.facts
    guard let validFrom = facts.validFrom.flatMap(Day.init(_:)),
      let expiresOn = facts.expiresOn.flatMap(Day.init(_:)), let today = facts.today.flatMap(Day.init(_:))
    else {
      return (
        "unknown",
        Words(
          fr: "les dates du certificat ne sont pas connues", en: "the dates of the certificate are not known")
      )
    }
    if today.days(since: validFrom) < 0 {
      return (
        "fail",
        Words(
          fr: "le certificat n'est valable qu'à partir du \(validFrom.french)",
          en: "the certificate is not valid before \(validFrom.text)")
      )
    }
    // The last day does not count, as the certificate may expire at any moment of it.
    let left = expiresOn.days(since: today)
    if left < 0 {
      return (
        "fail",
        Words(
          fr: "le certificat a expiré le \(expiresOn.french)",
          en: "the certificate expired on \(expiresOn.text)")
      )
    }
    return (
      left > max(0, request.parameters.daysLeft ?? 0) ? "pass" : "fail",
      Words(
        fr: "le certificat expire le \(expiresOn.french), dans \(left) jour\(left > 1 ? "s" : "")",
        en: "the certificate expires on \(expiresOn.text), in \(left) day\(left == 1 ? "" : "s")")
    )
  }
}
