/// How large a profile is to be, and where its servers are.
struct ProfilePlan: Sendable {
  /// The title of the chat with the newest message: the first words that a console shows of a profile.
  static let marker = "Гавань"
  /// Nobody listens there: port 1 of loopback refuses everybody.
  static let nobody = "127.0.0.1:1"

  var directory: String
  var messages = 10_000
  var chats = 510
  var orders = 200
  var calls = 100
  var maxURL = "ws://\(nobody)/websocket"
  var tradingURL = "ws://\(nobody)/ws/v1/stream"
  var textSecureURL = "http://\(nobody)"

  /// What `bench profile DIR` is told; nil for words that it does not understand.
  init?(_ arguments: [String]) {
    guard let directory = arguments.first, !directory.hasPrefix("-") else { return nil }
    self.directory = directory
    var rest = arguments.dropFirst()
    while let name = rest.popFirst() {
      guard let value = rest.popFirst() else { return nil }
      switch name {
      case "--max-url": maxURL = value
      case "--trading-url": tradingURL = value
      case "--textsecure-url": textSecureURL = value
      default:
        guard let number = Int(value), number >= 0 else { return nil }
        switch name {
        case "--messages": messages = number
        case "--chats": chats = max(1, number)
        case "--orders": orders = number
        case "--calls": calls = number
        default: return nil
        }
      }
    }
  }

  init(directory: String) { self.directory = directory }

  static let usage = """
    usage: bench profile DIR [--messages N] [--chats N] [--orders N] [--calls N]
                         [--max-url URL] [--trading-url URL] [--textsecure-url URL]
    """
}
