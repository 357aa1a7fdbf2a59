/// Where a message stands in its chat: by its moment, and by its id among those of one moment.
package struct MessagePlace: Sendable, Equatable, Comparable {
  /// Wall-clock milliseconds.
  package var at: Int64
  /// The id; an empty one stands before all of its moment.
  package var id: String

  /// The place of a message of this moment and id.
  package init(at: Int64, id: String = "") {
    self.at = at
    self.id = id
  }

  package static func < (one: Self, other: Self) -> Bool {
    // As SQLite compares: by bytes.
    one.at == other.at ? one.id.utf8.lexicographicallyPrecedes(other.id.utf8) : one.at < other.at
  }
}

extension MessageRecord {
  /// Where it stands in its chat.
  package var place: MessagePlace { MessagePlace(at: at, id: id) }
}

/// A stretch of a chat that is stored without a break.
package struct MessageStretch: Sendable, Equatable {
  /// Oldest first.
  package var messages: [MessageRecord]
  /// What ended it, if that was a hole in what is stored.
  package var hole: HistoryGap?
}

/// Moments of two stored messages of a chat between which there may be others that are not stored.
package struct HistoryGap: Sendable, Equatable {
  /// Of the earlier one, in wall-clock milliseconds.
  package var start: Int64
  /// Of the later one.
  package var finish: Int64

  /// A hole between these moments.
  package init(start: Int64, finish: Int64) {
    self.start = start
    self.finish = finish
  }
}
