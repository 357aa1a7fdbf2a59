import Phrases
import Synchronization

/// A server that Tercet speaks to, by its name on the command line and in the store: `max`.
///
/// Which services there are is nowhere listed but where the program registers them.
package struct Service: RawRepresentable, Hashable, Sendable, Codable {
  package let rawValue: String

  /// The service of this name, known to the program or not.
  package init(rawValue: String) { self.rawValue = rawValue }

  /// A service, and what people call it wherever the program speaks of it.
  package init(_ name: String, title: Phrase) {
    rawValue = name
    Service.titles.withLock { $0[name] = title }
  }

  /// The service of this name; nil unless the program knows it.
  package init?(known name: String) {
    guard Service.titles.withLock({ $0[name] != nil }) else { return nil }
    rawValue = name
  }

  /// Of the services that were named so far: a name alone comes from the store and from other
  /// processes.
  private static let titles = Mutex<[String: Phrase]>([:])
}

extension Service {
  /// The name people know it by.
  package var title: String { Service.titles.withLock { $0[rawValue] }?.text ?? rawValue }

  /// The mark of its chats.
  package var letter: String { String(title.prefix(1)) }
}
