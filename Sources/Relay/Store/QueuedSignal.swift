import Database

/// A signal that waits for its device. It is sealed when it goes out.
struct QueuedSignal: Sendable {
  let sequence: Int64
  let signal: IncomingSignal
}

extension QueuedSignal: RowDecodable {
  init(row: borrowing Row) throws {
    sequence = try row.get("sequence")
    signal = IncomingSignal(
      type: UInt64(bitPattern: try row.get("type", as: Int64.self)),
      source: try row.get("source"),
      sourceDevice: UInt64(bitPattern: try row.get("source_device", as: Int64.self)),
      relay: try row.get("relay"),
      timestamp: UInt64(bitPattern: try row.get("timestamp", as: Int64.self)),
      message: try row.get("message"))
  }
}

extension Connection {
  /// So many signals wait for a device at most. What has been taken stays: beyond it new ones are
  /// refused, and their senders know.
  static var queueLength: Int { 1000 }
  /// And so many bytes: a queue of the largest messages would be twice that.
  static var queueBytes: Int { 32 << 20 }

  /// Whether a signal may join a device's queue. Half of a queue is all that one sender can fill, and
  /// all senders of another relay together: whoever floods a device shuts out nobody else.
  func hasRoom(for signal: IncomingSignal, of address: DeviceAddress) throws -> Bool {
    let isTheirs = signal.relay == nil ? "relay IS NULL AND source = ?3" : "relay = ?3"
    return try first(
      """
      SELECT count(*) AS count, ifnull(sum(size), 0) AS bytes,
        count(*) FILTER (WHERE \(isTheirs)) AS their_count,
        ifnull(sum(size) FILTER (WHERE \(isTheirs)), 0) AS their_bytes
      FROM envelope WHERE number = ?1 AND device = ?2
      """, [address.number, address.device, signal.relay ?? signal.source]
    ) { row in
      let (count, bytes) = (try row.get("count", as: Int.self), try row.get("bytes", as: Int.self))
      let theirs = try row.get("their_count", as: Int.self)
      let theirBytes = try row.get("their_bytes", as: Int.self)
      return count < Connection.queueLength && bytes + signal.size <= Connection.queueBytes
        && theirs < Connection.queueLength / 2
        && theirBytes + signal.size <= Connection.queueBytes / 2
    } ?? true
  }

  /// Returns the signal's place in the queue; whether there is room is for the caller to ask.
  @discardableResult
  func enqueue(_ signal: IncomingSignal, for address: DeviceAddress) throws -> Int64 {
    try execute(
      """
      INSERT INTO envelope
        (number, device, type, source, source_device, relay, timestamp, message, size)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        address.number, address.device, Int64(signal.type), signal.source,
        Int64(signal.sourceDevice), signal.relay, Int64(bitPattern: signal.timestamp),
        signal.message, signal.size,
      ])
    return lastInsertedRow
  }

  /// The next signals after one already sent, oldest first.
  func queue(
    of address: DeviceAddress, after sequence: Int64 = 0, limit: Int
  ) throws -> [QueuedSignal] {
    try query(
      """
      SELECT * FROM envelope WHERE number = ? AND device = ? AND sequence > ?
      ORDER BY sequence LIMIT ?
      """, [address.number, address.device, sequence, limit])
  }

  /// Takes a signal off the queue; nil if it is gone already.
  @discardableResult
  func acknowledge(_ sequence: Int64) throws -> IncomingSignal? {
    let queued: QueuedSignal? = try first("SELECT * FROM envelope WHERE sequence = ?", [sequence])
    try execute("DELETE FROM envelope WHERE sequence = ?", [sequence])
    return queued?.signal
  }
}
