/// Names one chat everywhere in Tercet: a service, and the name that this service has for the chat.
///
/// Its text is what the store keeps and the command line takes: `max:121058319`,
/// `textsecure:+14155550100`, `textsecure:group:0A1B…` for a group that has no other name than its id.
package struct ChatID: Hashable, Sendable {
  /// `service:name`.
  package let text: String

  /// The chat that a service knows by this name.
  package init(_ service: Service, _ name: String) { text = "\(service.rawValue):\(name)" }

  /// The chat of a group that its service knows by an id alone.
  package init(_ service: Service, group id: String) { self.init(service, "group:\(id)") }

  /// As the store has it.
  package init(stored text: String) { self.text = text }

  /// As a person or another program may write it: ` Textsecure: +1 415 555-0100` is
  /// `textsecure:+14155550100`.
  ///
  /// Nil for what is no name of a chat. Whether there is such a service, and such a chat, is found out
  /// by whoever looks it up.
  package init?(_ text: String) {
    let text = text.trimmed
    guard let colon = text.firstIndex(of: ":") else { return nil }
    guard let service = Service(known: text[..<colon].trimmed.lowercased()) else {
      self.init(stored: text)
      return
    }
    let name = text[text.index(after: colon)...].trimmed
    let parts = name.split(separator: ":", omittingEmptySubsequences: false)
    if parts.count == 2, parts[0].trimmed.lowercased() == "group" {
      self.init(service, group: parts[1].trimmed.lowercased())
    } else {
      let bare = name.phoneDigits
      self.init(service, bare.hasPrefix("+") ? bare : name)
    }
  }

  /// The service that the chat belongs to, known to the program or not.
  package var service: Service {
    Service(rawValue: String(text.prefix { $0 != ":" }))
  }

  /// What the service calls it.
  package var name: String {
    String(text.drop { $0 != ":" }.dropFirst())
  }

  /// The id of a group that has no other name; nil for any other chat.
  package var groupID: String? {
    let name = name
    return name.hasPrefix("group:") ? String(name.dropFirst("group:".count)) : nil
  }
}

extension ChatID: CustomStringConvertible {
  package var description: String { text }
}

extension ChatID: Comparable {
  package static func < (one: ChatID, other: ChatID) -> Bool { one.text < other.text }
}

/// Written as its text.
extension ChatID: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let chat = ChatID(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "no name of a chat: \(text.prefix(100))")
    }
    self = chat
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}
