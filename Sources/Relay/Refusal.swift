import Transport

/// An answer that says no.
struct Refusal: Error, Equatable {
  let status: Int
  var headers: HTTPHeaders = [:]
  var body: [UInt8] = []

  static let unauthorized = Refusal(
    status: 401, headers: ["WWW-Authenticate": "Basic realm=\"TextSecure\""])
  static let forbidden = Refusal(status: 403)
  static let notFound = Refusal(status: 404)
  static let tooLarge = Refusal(status: 413)
  static let wrongMediaType = Refusal(status: 415)
  /// The number belongs to another relay.
  static let registeredElsewhere = Refusal(status: 417)
  /// Well-formed JSON that breaks a rule.
  static let invalid = Refusal(status: 422)
  static let unavailable = Refusal(status: 503)

  static func tooMany(retryAfter seconds: Int) -> Refusal {
    Refusal(status: 413, headers: ["Retry-After": "\(seconds)"])
  }
}
