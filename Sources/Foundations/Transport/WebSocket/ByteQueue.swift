/// Bytes appended at the end and consumed from the front, without moving the rest each time.
struct ByteQueue {
  private var storage: [UInt8] = []
  private var head = 0
  /// How many bytes have ever been appended: a mark that a consumer can be measured against.
  private(set) var appended = 0

  var count: Int { storage.count - head }
  var isEmpty: Bool { count == 0 }
  /// How many bytes have ever been consumed.
  var consumed: Int { appended - count }

  mutating func append(_ bytes: [UInt8]) {
    storage.append(contentsOf: bytes)
    appended += bytes.count
  }

  mutating func append(_ bytes: UnsafeRawBufferPointer) {
    storage.append(contentsOf: bytes)
    appended += bytes.count
  }

  /// Gives the unread bytes to `body`.
  func withUnread<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    storage.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[head...])) }
  }

  /// A copy of the unread bytes.
  var unread: ArraySlice<UInt8> { storage[head...] }

  mutating func consume(_ count: Int) {
    head += count
    if head == storage.count {
      storage.removeAll(keepingCapacity: storage.capacity <= 1 << 16)
      head = 0
    } else if head > 1 << 16, head > storage.count / 2 {
      storage.removeFirst(head)
      head = 0
    }
  }
}
