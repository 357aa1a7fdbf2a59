extension SessionRecord {
  /// The version of the form; further fields do not need a new one.
  private static let version: UInt8 = 1
  /// More than 41 sessions, each with five chains of 2,000 skipped messages, take up.
  private static let maximumSize = 16 << 20

  private enum Field {
    static let current: UInt32 = 1
    static let archived: UInt32 = 2
  }

  /// Reads what ``serialized`` gave; throws ``AxolotlError/damagedSession(_:)``.
  public init(serialized: some Collection<UInt8>) throws(AxolotlError) {
    guard serialized.first == SessionRecord.version else {
      throw .damagedSession("an unknown form")
    }
    do {
      try self.init(
        fields: ProtobufMessage(serialized.dropFirst(), maximumSize: SessionRecord.maximumSize))
    } catch .malformed(let flaw) {
      throw .damagedSession(flaw)
    } catch {
      throw error
    }
  }

  private init(fields: ProtobufMessage) throws(AxolotlError) {
    var archived: [SessionState] = []
    for state in fields.allBytes(Field.archived).prefix(SessionRecord.maximumArchived) {
      archived.append(try SessionState(serialized: state))
    }
    var current: SessionState?
    if let state = fields.bytes(Field.current) { current = try SessionState(serialized: state) }
    self.init(current: current, archived: archived)
  }

  /// The record for the store: a version byte and a protocol buffer. It holds keys in the clear.
  ///
  /// A session takes up 300 to 600 bytes, and each skipped message 36.
  public var serialized: [UInt8] {
    var fields = ProtobufMessage()
    if let current { fields.append(Field.current, current.fields) }
    for state in archived { fields.append(Field.archived, state.fields) }
    return [SessionRecord.version] + fields.serialized
  }
}
