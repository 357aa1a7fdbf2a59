/// All sessions with one device: the one in use and those before it.
///
/// Two devices that write to each other at the same moment make two sessions; a message of either is
/// understood, and the session of the newest becomes the one in use (TextSecure protocol notes §1.8).
public struct SessionRecord: Sendable, Equatable {
  /// How many older sessions are kept.
  static let maximumArchived = 40

  var current: SessionState?
  /// The newest first.
  private(set) var archived: [SessionState] = []

  /// A record without a session.
  public init() {}

  init(current: SessionState?, archived: [SessionState]) {
    self.current = current
    self.archived = archived
  }

  /// Whether messages can be encrypted.
  public var hasSession: Bool { current != nil }

  /// The identity of the contact in the session in use.
  public var remoteIdentity: PublicKey? { current?.remoteIdentity }

  /// The registration id of the device in the session in use; nil if it is not known.
  public var remoteRegistrationID: UInt32? {
    current.flatMap { $0.remoteRegistrationID == 0 ? nil : $0.remoteRegistrationID }
  }

  /// Whether there is any session, if only one that is over.
  var isEmpty: Bool { current == nil && archived.isEmpty }

  /// The base keys of all sessions, with the identities that they are of.
  public var baseKeys: [BaseKey] {
    ([current].compactMap(\.self) + archived).map {
      BaseKey(identity: $0.remoteIdentity, key: $0.baseKey)
    }
  }

  /// Ends all sessions. They stay archived: what is on its way is read, and what comes again is known
  /// to have been read.
  public mutating func end() {
    if let state = current { archive(state) }
    current = nil
    for index in archived.indices { archived[index].isEnded = true }
  }

  private mutating func archive(_ state: SessionState) {
    archived.insert(state, at: 0)
    archived.removeLast(max(0, archived.count - SessionRecord.maximumArchived))
  }

  /// Makes `state` the session in use and keeps the one before.
  mutating func use(_ state: SessionState) {
    if let current { archive(current) }
    current = state
  }

  /// An older session was used again and has become `state`: it is the one in use now.
  ///
  /// Not so if it is over, nor if the contact has another identity since: a telephone that was given
  /// up must not get back what is meant for the new one.
  mutating func revive(_ index: Int, as state: SessionState) {
    if !state.isEnded, state.remoteIdentity == remoteIdentity {
      archived.remove(at: index)
      use(state)
    } else {
      archived[index] = state
    }
  }

  /// Whether a session was already made from this base key by this identity.
  func knows(baseKey: PublicKey, of identity: PublicKey) -> Bool {
    ([current].compactMap { $0 } + archived).contains {
      $0.baseKey == baseKey && $0.remoteIdentity == identity
    }
  }
}

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
    do {
      self = try Array(serialized).withUnsafeBufferPointer { bytes throws(AxolotlError) in
        try SessionRecord(stored: UnsafeRawBufferPointer(bytes))
      }
    } catch .malformed(let flaw) {
      throw .damagedSession(flaw)
    } catch {
      throw error
    }
  }

  private init(stored bytes: UnsafeRawBufferPointer) throws(AxolotlError) {
    guard bytes.first == SessionRecord.version else { throw .damagedSession("an unknown form") }
    guard bytes.count <= SessionRecord.maximumSize else {
      throw .damagedSession("\(bytes.count) bytes, \(SessionRecord.maximumSize) are allowed")
    }
    var current: UnsafeRawBufferPointer?
    var archived: [SessionState] = []
    var scanner = ProtobufScanner(UnsafeRawBufferPointer(rebasing: bytes.dropFirst()))
    while let field = try scanner.next() {
      switch field.number {
      case Field.current: current = field.bytes ?? current
      case Field.archived where archived.count < SessionRecord.maximumArchived:
        if let state = field.bytes { archived.append(try SessionState(serialized: state)) }
      default: continue
      }
    }
    self.init(current: try current.map(SessionState.init(serialized:)), archived: archived)
  }

  /// The record for the store: a version byte and a protocol buffer. It holds keys in the clear.
  ///
  /// A session takes up 300 to 600 bytes, and each skipped message 36.
  public var serialized: [UInt8] {
    var output: [UInt8] = []
    // Memory that is left for a larger one would keep the keys.
    output.reserveCapacity(
      archived.reduce(1 + (current?.storedSize ?? 0)) { $0 + $1.storedSize })
    output.append(SessionRecord.version)
    if let current {
      output.append(messageField: Field.current) { current.write(to: &$0) }
    }
    for state in archived {
      output.append(messageField: Field.archived) { state.write(to: &$0) }
    }
    return output
  }
}
