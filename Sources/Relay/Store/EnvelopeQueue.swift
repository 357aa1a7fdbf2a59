import Database

/// An envelope that waits for its device.
struct QueuedEnvelope: Sendable {
  let sequence: Int64
  let bytes: [UInt8]
}

extension Connection {
  /// So many envelopes wait for a device at most; the oldest go first.
  static var queueLength: Int { 1000 }

  func enqueue(_ envelope: [UInt8], for address: DeviceAddress) throws {
    let device: [any DatabaseConvertible] = [address.number, address.device]
    try execute(
      "INSERT INTO envelope (number, device, bytes) VALUES (?, ?, ?)", device + [envelope])
    try execute(
      """
      DELETE FROM envelope WHERE number = ?1 AND device = ?2 AND sequence <= (
        SELECT sequence FROM envelope WHERE number = ?1 AND device = ?2
        ORDER BY sequence DESC LIMIT 1 OFFSET \(Connection.queueLength))
      """, device)
  }

  /// The next envelopes after one already sent, oldest first.
  func queue(
    of address: DeviceAddress, after sequence: Int64, limit: Int
  ) throws -> [QueuedEnvelope] {
    try query(
      """
      SELECT sequence, bytes FROM envelope WHERE number = ? AND device = ? AND sequence > ?
      ORDER BY sequence LIMIT ?
      """, [address.number, address.device, sequence, limit]
    ) { QueuedEnvelope(sequence: try $0.get("sequence"), bytes: try $0.get("bytes")) }
  }

  func acknowledge(_ sequence: Int64) throws {
    try execute("DELETE FROM envelope WHERE sequence = ?", [sequence])
  }
}
