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
  /// So many signals wait for a device at most; the oldest go first.
  static var queueLength: Int { 1000 }

  /// Returns the signal's place in the queue.
  @discardableResult
  func enqueue(_ signal: IncomingSignal, for address: DeviceAddress) throws -> Int64 {
    try execute(
      """
      INSERT INTO envelope (number, device, type, source, source_device, relay, timestamp, message)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        address.number, address.device, Int64(signal.type), signal.source,
        Int64(signal.sourceDevice), signal.relay, Int64(bitPattern: signal.timestamp),
        signal.message,
      ])
    let sequence = lastInsertedRow
    try execute(
      """
      DELETE FROM envelope WHERE number = ?1 AND device = ?2 AND sequence <= (
        SELECT sequence FROM envelope WHERE number = ?1 AND device = ?2
        ORDER BY sequence DESC LIMIT 1 OFFSET \(Connection.queueLength))
      """, [address.number, address.device])
    return sequence
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
