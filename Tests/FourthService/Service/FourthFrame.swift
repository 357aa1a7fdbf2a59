import FoundationEssentials
import Transport

/// What the fourth messenger says, both ways: a JSON text with one of these set.
struct FourthFrame: Codable {
  struct Message: Codable, Equatable {
    var id: Int
    var room: String
    var from: String
    var text: String
    var at: Int64
    /// The sender's own number for it.
    var cid: Int64?
  }

  /// From a client: its owner's name.
  var hello: String?
  /// To a client, once, after all that was said before: the rooms by their names.
  var rooms: [String]?
  /// From a client: what its owner says; to clients: what somebody has said.
  var message: Message?

  init(hello: String? = nil, rooms: [String]? = nil, message: Message? = nil) {
    (self.hello, self.rooms, self.message) = (hello, rooms, message)
  }

  init(_ message: WebSocketMessage) throws {
    guard case .text(let text) = message else { throw CocoaError(.fileReadCorruptFile) }
    self = try JSONDecoder().decode(FourthFrame.self, from: Data(text.utf8))
  }

  func send(on line: WebSocketConnection) async throws {
    try await line.send(.text(String(decoding: try JSONEncoder().encode(self), as: UTF8.self)))
  }
}
