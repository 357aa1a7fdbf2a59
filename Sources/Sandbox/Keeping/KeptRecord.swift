import Transport

/// One thing that a sandbox keeps over restarts: a message, an order, a file.
struct KeptRecord: Sendable {
  /// What it is.
  enum Area: String, Sendable {
    case person, conversation, message, silences, drafts
    case file, content
    case call, device, visitor, revoked
    case wallet, order
    /// Somebody whom a contact of the relay has met.
    case met
  }

  /// Stands before links to files in what is kept, in place of the server's address.
  static let linkMark = "sandbox:"

  let area: Area
  /// Tells it from others of its area.
  let key: String
  /// JSON, or a file's bytes; nil when it is gone.
  let value: [UInt8]?

  init(_ area: Area, _ key: String, bytes: [UInt8]?) {
    self.area = area
    self.key = key
    value = bytes
  }

  init(_ area: Area, _ key: String, _ value: some Encodable) {
    // Links to files stand without the server's address, which is another one each time.
    self.init(area, key, bytes: JSONText.bytes(of: value, settings: [.files: KeptRecord.linkMark]))
  }

  /// The value, if it can still be read: another version may have written it.
  func decoded<Value: Decodable>(as type: Value.Type) -> Value? {
    guard let value else { return nil }
    // What cannot be read is left out; the world does without.
    return try? JSONText.decode(type, from: value)
  }
}

/// What was kept, by area.
struct KeptWorld: Sendable {
  private let records: [KeptRecord.Area: [KeptRecord]]

  init(_ records: [KeptRecord] = []) { self.records = Dictionary(grouping: records, by: \.area) }

  subscript(area: KeptRecord.Area) -> [KeptRecord] { records[area] ?? [] }

  func values<Value: Decodable>(_ area: KeptRecord.Area, as type: Value.Type) -> [Value] {
    self[area].compactMap { $0.decoded(as: type) }
  }
}

/// What has changed since it was last taken, if anybody wants to know.
struct ChangeLog: Sendable {
  private var records: [KeptRecord] = []
  private let isKept: Bool

  init(isKept: Bool = false) { self.isKept = isKept }

  mutating func note(_ area: KeptRecord.Area, _ key: String, _ value: some Encodable) {
    if isKept { records.append(KeptRecord(area, key, value)) }
  }

  mutating func note(_ area: KeptRecord.Area, _ key: String, bytes: [UInt8]?) {
    if isKept { records.append(KeptRecord(area, key, bytes: bytes)) }
  }

  mutating func take() -> [KeptRecord] {
    guard !records.isEmpty else { return [] }
    defer { records = [] }
    return records
  }
}
