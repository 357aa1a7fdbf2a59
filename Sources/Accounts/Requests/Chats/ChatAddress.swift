import Domain
import Storage

/// The name of a chat in a call, in the one form that the store knows, however it was written and
/// whoever made the call: `textsecure:+1 415 555-0100` is `textsecure:+14155550100`.
@propertyWrapper
package struct ChatAddress: Sendable, Equatable, Codable {
  private var normal: String

  package var wrappedValue: String {
    get { normal }
    set { normal = ChatAddress.normalized(newValue) }
  }

  package init(wrappedValue: String) { normal = ChatAddress.normalized(wrappedValue) }

  package init(from decoder: any Decoder) throws {
    self.init(wrappedValue: try decoder.singleValueContainer().decode(String.self))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(normal)
  }

  /// What is no chat's name at all stays as it is: whoever looks it up says so.
  static func normalized(_ text: String) -> String {
    let text = text.trimmed
    guard let colon = text.firstIndex(of: ":"),
      let service = Service(known: text[..<colon].trimmed.lowercased())
    else { return text }
    let name = text[text.index(after: colon)...].trimmed
    let parts = name.split(separator: ":", omittingEmptySubsequences: false)
    if parts.count == 2, parts[0].trimmed.lowercased() == "group" {
      return "\(service.rawValue):group:\(parts[1].trimmed.lowercased())"
    }
    let bare = name.phoneDigits
    return "\(service.rawValue):\(bare.hasPrefix("+") ? bare : name)"
  }
}

/// Likewise, where a call may be about no certain chat.
@propertyWrapper
package struct AnyChatAddress: Sendable, Equatable, Codable {
  private var normal: String?

  package var wrappedValue: String? {
    get { normal }
    set { normal = newValue.map(ChatAddress.normalized) }
  }

  package init(wrappedValue: String?) { normal = wrappedValue.map(ChatAddress.normalized) }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    self.init(wrappedValue: container.decodeNil() ? nil : try container.decode(String.self))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(normal)
  }
}

extension KeyedDecodingContainer {
  /// A call without the key is about no certain chat.
  func decode(_ type: AnyChatAddress.Type, forKey key: Key) throws -> AnyChatAddress {
    try decodeIfPresent(type, forKey: key) ?? AnyChatAddress(wrappedValue: nil)
  }
}
