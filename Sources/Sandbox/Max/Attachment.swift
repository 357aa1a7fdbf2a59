/// What hangs on a message; `_type` on the wire decides (MAX protocol notes §4.4).
enum Attachment: Sendable {
  case photo(id: Int64, width: Int, height: Int)
  case file(id: Int64, name: String, size: Int)
  case call(conversationID: String, type: String, hangup: String, duration: Int, contact: Int64)
  case control(event: String, users: [Int64])
  /// A kind that no client knows.
  case unknown
}

extension Attachment: Encodable {
  private enum Key: String, CodingKey {
    case type = "_type"
    case photoId, photoToken, baseUrl, width, height
    case fileId, name, size, token
    case conversationId, callType, hangupType, duration, contactIds
    case event, userIds
  }

  func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    switch self {
    case .photo(let id, let width, let height):
      try object.encode("PHOTO", forKey: .type)
      try object.encode(id, forKey: .photoId)
      try object.encode("photo-\(id)", forKey: .photoToken)
      try object.encode("https://i.oneme.example/i?r=\(id)", forKey: .baseUrl)
      try object.encode(width, forKey: .width)
      try object.encode(height, forKey: .height)
    case .file(let id, let name, let size):
      try object.encode("FILE", forKey: .type)
      try object.encode(id, forKey: .fileId)
      try object.encode(name, forKey: .name)
      try object.encode(size, forKey: .size)
      try object.encode("file-\(id)", forKey: .token)
    case .call(let conversationID, let type, let hangup, let duration, let contact):
      try object.encode("CALL", forKey: .type)
      try object.encode(conversationID, forKey: .conversationId)
      try object.encode(type, forKey: .callType)
      try object.encode(hangup, forKey: .hangupType)
      try object.encode(duration, forKey: .duration)
      try object.encode([contact], forKey: .contactIds)
    case .control(let event, let users):
      try object.encode("CONTROL", forKey: .type)
      try object.encode(event, forKey: .event)
      try object.encode(users, forKey: .userIds)
    case .unknown:
      try object.encode("HOLOGRAM", forKey: .type)
    }
  }
}
