/// The id of a message as requests name it: text in JSON, where numbers end at 2^53 for many readers,
/// a number in the binary form (MAX protocol notes §4.2).
struct MessageID: Encodable {
  /// Set in an encoder's `userInfo` for the binary form.
  static let isBinary: CodingUserInfoKey = {
    guard let key = CodingUserInfoKey(rawValue: "binary") else {
      preconditionFailure("any will do")
    }
    return key
  }()

  var value: Int64

  init(_ value: Int64) { self.value = value }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if encoder.userInfo[Self.isBinary] == nil {
      try container.encode(String(value))
    } else {
      try container.encode(value)
    }
  }
}
