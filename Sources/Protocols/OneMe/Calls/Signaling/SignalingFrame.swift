/// One JSON frame of a call's server (MAX protocol notes §5.2).
enum SignalingFrame: Decodable {
  case joined(CallRoom)
  case response(sequence: Int)
  case refusal(Refusal, sequence: Int?)
  case ended(CallEnding)
  case notification(String)
  /// Of a type that has not been seen yet.
  case unknown

  /// Names of errors that mean that there is no call any more.
  private static let endings: Set<String> = [
    "conversation-ended", "conversation-not-found", "closed-conversation", "no-call",
  ]

  init(from decoder: any Decoder) throws {
    let object = try decoder.object()
    let sequence = object.number("sequence").flatMap(Int.init(exactly:))
    switch object.text("type") {
    case "response":
      self = .response(sequence: sequence ?? 0)
    case "error":
      let name = object.text("message") ?? object.text("error") ?? "error"
      if [name, object.text("error")].compactMap(\.self).contains(where: Self.endings.contains) {
        self = .ended(CallEnding(reason: object.text("reason")))
      } else {
        self = .refusal(Refusal(code: name, detail: object.text("error")), sequence: sequence)
      }
    case "notification":
      switch object.text("notification") {
      case "connection": self = .joined(CallRoom(object))
      case "closed-conversation", "hungup":
        self = .ended(CallEnding(reason: object.text("reason")))
      case let name: self = .notification(name ?? "")
      }
    default: self = .unknown
    }
  }
}
