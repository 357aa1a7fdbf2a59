import Transport

/// An answer that says no.
struct RelayRefusal: Error, Equatable {
  let status: Int
  var headers: HTTPHeaders = [:]
  var body: [UInt8] = []

  static let unauthorized = RelayRefusal(
    status: 401, headers: ["WWW-Authenticate": "Basic realm=\"TextSecure\""])
  static let forbidden = RelayRefusal(status: 403)
  static let notFound = RelayRefusal(status: 404)
  static let tooLarge = RelayRefusal(status: 413)
  static let wrongMediaType = RelayRefusal(status: 415)
  /// The number belongs to another relay.
  static let registeredElsewhere = RelayRefusal(status: 417)
  /// Well-formed JSON that breaks a rule.
  static let invalid = RelayRefusal(status: 422)
  static let unavailable = RelayRefusal(status: 503)

  static func tooMany(retryAfter seconds: Int) -> RelayRefusal {
    RelayRefusal(status: 413, headers: ["Retry-After": "\(seconds)"])
  }
}
