import Domain
import Storage

/// What stands in a list in an order of its own.
protocol SortedRecord {
  /// Names one of them, whatever it looks like.
  associatedtype Key: Hashable
  var key: Key { get }
  /// Whether it stands higher in the list.
  static func isBefore(_ one: Self, _ other: Self) -> Bool
}

/// Records by their keys, and in the order of a list.
///
/// Changing one of many costs about as much as finding it; a batch is sorted once.
struct SortedList<Record: SortedRecord> {
  private var records: [Record.Key: Record] = [:]
  /// Every record, in order.
  private(set) var all: [Record] = []

  /// From this many on, sorting all is cheaper than moving each.
  private static var batch: Int { 32 }

  /// - Parameter records: in any order; of those with the same key the last one counts.
  init(_ records: [Record] = []) {
    self.records = Dictionary(records.map { ($0.key, $0) }, uniquingKeysWith: { $1 })
    sort()
  }

  /// The record of this key.
  subscript(key: Record.Key) -> Record? { records[key] }

  /// Where a record stands.
  func index(of key: Record.Key) -> Int? {
    guard let record = records[key] else { return nil }
    let index = place(of: record)
    return index < all.count && all[index].key == key ? index : nil
  }

  /// Puts records in their places that are new or look different.
  mutating func update(_ news: [Record]) {
    guard news.count < Self.batch else {
      for record in news { records[record.key] = record }
      return sort()
    }
    for record in news { update(record) }
  }

  private mutating func update(_ record: Record) {
    guard let old = index(of: record.key) else {
      records[record.key] = record
      return all.insert(record, at: place(of: record))
    }
    records[record.key] = record
    all[old] = record
    // Only what lies between its old and its new place makes room: mostly little.
    var place = old
    while place > 0, Record.isBefore(record, all[place - 1]) {
      all.swapAt(place, place - 1)
      place -= 1
    }
    while place < all.count - 1, Record.isBefore(all[place + 1], record) {
      all.swapAt(place, place + 1)
      place += 1
    }
  }

  /// Takes the record of this key out.
  mutating func remove(_ key: Record.Key) {
    if let index = index(of: key) { all.remove(at: index) }
    records[key] = nil
  }

  private mutating func sort() { all = records.values.sorted(by: Record.isBefore) }

  /// The number of records that stand before this one.
  private func place(of record: Record) -> Int {
    var (low, high) = (0, all.count)
    while low < high {
      let middle = (low + high) / 2
      if Record.isBefore(all[middle], record) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension ChatRecord: SortedRecord {
  var key: ChatID { chat }

  /// The newest message first.
  static func isBefore(_ one: ChatRecord, _ other: ChatRecord) -> Bool {
    (one.lastMessageAt ?? 0, one.chat) > (other.lastMessageAt ?? 0, other.chat)
  }
}

extension OrderRecord: SortedRecord {
  var key: String { id }

  /// What more is expected of first, then the newest.
  static func isBefore(_ one: OrderRecord, _ other: OrderRecord) -> Bool {
    (one.isOpen && !one.isLost ? 1 : 0, one.createdAt, one.id)
      > (other.isOpen && !other.isLost ? 1 : 0, other.createdAt, other.id)
  }
}
