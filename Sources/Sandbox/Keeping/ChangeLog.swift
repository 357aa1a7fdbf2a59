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
