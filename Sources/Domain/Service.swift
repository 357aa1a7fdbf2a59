import Phrases

/// A server that Tercet speaks to; the raw value is its name on the command line.
package enum Service: String, Sendable, Codable, CaseIterable {
  case max, trading, textsecure
}

extension Service {
  /// The mark of its chats.
  package var letter: String { String(title.prefix(1)) }

  /// The name people know it by.
  package var title: String {
    switch self {
    case .max: Phrase.serviceMax.text
    case .trading: Phrase.serviceTrading.text
    case .textsecure: Phrase.serviceTextSecure.text
    }
  }
}

extension Service {
  /// The name of a chat of the service on the command line and in the store.
  package func chat(_ id: String) -> String { "\(rawValue):\(id)" }

  /// The service of a chat's name; nil if it is of none.
  package init?(chat: String) {
    guard let prefix = chat.split(separator: ":", maxSplits: 1).first else { return nil }
    self.init(rawValue: String(prefix))
  }
}
