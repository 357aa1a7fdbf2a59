/// The server's reasons for saying no (seed 001, Common errors), and four that are told apart by
/// their words alone.
public enum TradingRefusal: Sendable, Equatable {
  case notAuthenticated
  case invalidSignature
  case invalidAPIKey
  case timestampOutsideWindow
  case nonceUsed
  case unknownOperation(String)
  case invalidChannel
  /// Undocumented, by its words: too many requests.
  case rateLimited
  /// Undocumented, by its words: not enough of an asset.
  case insufficientFunds
  /// Undocumented, by its words: something about the request is wrong, or there is no route for it.
  case badRequest
  /// Undocumented, by its words: no such order.
  case notFound
  /// Anything else, such as "Internal error".
  case other

  /// Reads an error text: the documented ones first, whatever their case.
  public init(text: String) {
    let words = text.lowercased()
    let documented: [(String, TradingRefusal)] = [
      ("not authenticated", .notAuthenticated),
      ("invalid signature", .invalidSignature),
      ("invalid api key", .invalidAPIKey),
      (TradingRefusal.timeWords, .timestampOutsideWindow),
      ("nonce has already been used", .nonceUsed),
      ("invalid channel format", .invalidChannel),
    ]
    let operation = "unknown operation"
    if let known = documented.first(where: { words.hasPrefix($0.0) }) {
      self = known.1
    } else if words.hasPrefix(operation) {
      self = .unknownOperation(
        String(text.dropFirst(operation.count).drop { $0 == ":" || $0 == " " }.prefix(64)))
    } else if words.contains("rate limit") || words.contains("too many") {
      self = .rateLimited
    } else if words.contains("insufficient") {
      self = .insufficientFunds
    } else if words.hasPrefix("invalid") || words.hasPrefix("no route") {
      self = .badRequest
    } else if TradingRefusal.deniesAnOrder(words) {
      self = .notFound
    } else {
      self = .other
    }
  }

  /// "Order not found" and its like: about an order, or about nothing in particular. A key, a session
  /// or a page that is not found says nothing of the order.
  private static func deniesAnOrder(_ words: String) -> Bool {
    let bare = words.replacing("_", with: " ")
    if bare == "not found" || bare == "not found." { return true }
    guard bare.contains("order") else { return false }
    return ["not found", "unknown order", "no such order", "does not exist", "not exist"]
      .contains { bare.contains($0) }
  }

  /// Whether this text, as an answer to a swap, proves that the swap was not carried out.
  ///
  /// Only one does, and only word for word: a message is looked at no further once its time is found
  /// wrong. Every other one may answer a second copy of a message whose first was carried out. A
  /// gateway that repeats messages gets a nonce that was used, a balance that the first copy took, a
  /// connection that has not signed in, a limit that is reached.
  func provesNothingWasDone(_ text: String) -> Bool {
    self == .timestampOutsideWindow
      && text.lowercased().utf8.elementsEqual(TradingRefusal.timeWords.utf8)
  }

  private static let timeWords = "request timestamp outside allowed window"

  /// Whether a new signature with a fresh time and nonce may help what changes nothing.
  var isCuredBySigningAgain: Bool { self == .timestampOutsideWindow || self == .nonceUsed }

  var isRetryable: Bool {
    switch self {
    case .notAuthenticated, .timestampOutsideWindow, .nonceUsed, .rateLimited, .other: true
    default: false
    }
  }

  func message(for text: String) -> String {
    switch self {
    case .notAuthenticated: "The server does not know this connection any more."
    case .invalidSignature: "The server does not accept the signature."
    case .invalidAPIKey: "The server does not know the API key."
    case .timestampOutsideWindow: "The server finds the time of the message wrong."
    case .nonceUsed: "The server has seen the message's number before."
    case .unknownOperation(let name): "The server knows no operation “\(name)”."
    case .invalidChannel: "The server knows no such channel."
    case .rateLimited: "Too many messages: \(text)"
    case .insufficientFunds: "Not enough funds: \(text)"
    case .badRequest: "The server refuses the request: \(text)"
    case .notFound: "The server knows no such order: \(text)"
    case .other: "The server says: \(text)"
    }
  }

  var hint: String {
    switch self {
    case .notAuthenticated: "Connecting again happens by itself."
    case .invalidSignature: "Check the secret, and the dialect and key order of the account."
    case .invalidAPIKey: "Check the API key of the account."
    case .timestampOutsideWindow: "Check the clock of this machine."
    case .nonceUsed: "Try again."
    case .unknownOperation, .invalidChannel: "The server may speak another version."
    case .rateLimited: "Wait a little."
    case .insufficientFunds: "Lower the amount."
    case .badRequest: "Change the request."
    case .notFound: "Check the order's id."
    case .other: "Check before repeating it."
    }
  }
}
