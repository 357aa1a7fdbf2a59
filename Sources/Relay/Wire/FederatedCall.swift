/// What one relay asks of another (TextSecure protocol notes §3.3, `/v1/federation/…`).
enum FederatedCall: Equatable {
  case attachment(id: String)
  case key(number: String)
  case keys(number: String, device: String)
  case messages(source: String, device: String, destination: String)
  case receipt(source: String, device: String, destination: String, timestamp: String)
  case userCount
  case userTokens(offset: String)

  /// The call of a method and the words after `/v1/federation`.
  init?(_ method: String, _ words: [String]) {
    switch (method, words.first ?? "", words.count) {
    case ("GET", "attachment", 2): self = .attachment(id: words[1])
    case ("GET", "key", 2): self = .key(number: words[1])
    case ("GET", "key", 3): self = .keys(number: words[1], device: words[2])
    case ("PUT", "messages", 4):
      self = .messages(source: words[1], device: words[2], destination: words[3])
    case ("PUT", "receipt", 5):
      self = .receipt(
        source: words[1], device: words[2], destination: words[3], timestamp: words[4])
    case ("GET", "user_count", 1): self = .userCount
    case ("GET", "user_tokens", 2): self = .userTokens(offset: words[1])
    default: return nil
    }
  }

  var method: String {
    switch self {
    case .messages, .receipt: "PUT"
    default: "GET"
    }
  }

  /// Numbers, ids and `*` alone go in here, none of which needs an escape.
  var path: String {
    let words: [String] =
      switch self {
      case .attachment(let id): ["attachment", id]
      case .key(let number): ["key", number]
      case .keys(let number, let device): ["key", number, device]
      case .messages(let source, let device, let destination):
        ["messages", source, device, destination]
      case .receipt(let source, let device, let destination, let timestamp):
        ["receipt", source, device, destination, timestamp]
      case .userCount: ["user_count"]
      case .userTokens(let offset): ["user_tokens", offset]
      }
    return "/v1/federation/" + words.joined(separator: "/")
  }

  /// The path with placeholders, for the log.
  var template: String {
    let blank: FederatedCall =
      switch self {
      case .attachment: .attachment(id: "{id}")
      case .key: .key(number: "{number}")
      case .keys: .keys(number: "{number}", device: "{device}")
      case .messages:
        .messages(source: "{number}", device: "{device}", destination: "{number}")
      case .receipt:
        .receipt(
          source: "{number}", device: "{device}", destination: "{number}",
          timestamp: "{timestamp}")
      case .userCount: .userCount
      case .userTokens: .userTokens(offset: "{offset}")
      }
    return blank.path
  }
}
