import Cryptography

/// Files that people sent and that stand in the accounts from the start, and who may have them.
///
/// A link carries its own proof, as the real ones do: whoever has it gets the file.
struct FileStore: Sendable {
  enum Kind: String, Sendable, Codable { case photo, file, video, audio }

  /// A place for one file, empty until it was uploaded.
  struct Slot: Sendable, Codable {
    let id: Int64
    let kind: Kind
    let owner: Int64
    var name = ""
    var content: [UInt8] = []
    /// Processed: may be hung on a message.
    var isReady = false

    /// The content is kept beside it, as it is.
    enum CodingKeys: CodingKey { case id, kind, owner, name, isReady }
  }

  /// All contents together; a new file beyond it is refused.
  private static let capacity = 256 << 20
  private static let firstID: Int64 = 910_000_000

  private var slots: [Int64: Slot] = [:]
  private var lastID = FileStore.firstID
  private var size = 0
  private let key: [UInt8]
  /// What is to be kept.
  var changes = ChangeLog()

  init(seed: UInt64) { key = Array("files \(seed)".utf8) }

  subscript(id: Int64) -> Slot? { slots[id] }

  mutating func restore(_ kept: KeptWorld) {
    for slot in kept.values(.file, as: Slot.self) {
      slots[slot.id] = slot
      lastID = max(lastID, slot.id)
    }
    for record in kept[.content] {
      guard let id = Int64(record.key), slots[id] != nil else { continue }
      slots[id]?.content = record.value ?? []
      size += record.value?.count ?? 0
    }
  }

  /// Makes room for a file of `owner`.
  mutating func open(_ kind: Kind, for owner: Int64) -> Slot {
    lastID += 1
    let slot = Slot(id: lastID, kind: kind, owner: owner)
    slots[lastID] = slot
    changes.note(.file, "\(slot.id)", slot)
    return slot
  }

  /// Puts a file into its empty place; false if there is none, or no room.
  mutating func fill(_ id: Int64, name: String, _ content: [UInt8]) -> Bool {
    guard let slot = slots[id], slot.content.isEmpty, !content.isEmpty,
      size + content.count <= FileStore.capacity
    else { return false }
    size += content.count
    slots[id]?.name = name
    slots[id]?.content = content
    // Photos are there at once; the others are announced by opcode 136.
    slots[id]?.isReady = slot.kind == .photo
    changes.note(.content, "\(id)", bytes: content)
    changes.note(.file, "\(id)", slots[id])
    return true
  }

  mutating func finish(_ id: Int64) {
    slots[id]?.isReady = true
    if let slot = slots[id] { changes.note(.file, "\(id)", slot) }
  }

  /// What a message carries of the file.
  func token(of id: Int64) -> String { "\(slots[id]?.kind.rawValue ?? "")-\(id)" }

  /// The uploaded file that a message's attachment names by token or id.
  func slot(token: String?, id: Int64?, kind: Kind) -> Slot? {
    let named = token.flatMap { Int64($0.split(separator: "-").last ?? "") } ?? id
    guard let slot = named.flatMap({ slots[$0] }), slot.kind == kind, !slot.content.isEmpty,
      token == nil || token == self.token(of: slot.id)
    else { return nil }
    return slot
  }

  // MARK: Links

  /// Where a photo is to be seen, for everybody.
  static func photoPath(_ id: Int64) -> String { "/i?r=\(id)" }

  func uploadPath(_ slot: Slot) -> String {
    let name = slot.kind == .photo ? "photoIds" : "id"
    return "/upload/\(slot.kind.rawValue)?\(name)=\(slot.id)&key=\(proof("upload", slot.id))"
  }

  func downloadPath(_ id: Int64, size: Int) -> String {
    "/download?id=\(id)&size=\(size)&key=\(proof("download \(size)", id))"
  }

  /// The place that an upload's link names, if its proof is right.
  func slot(uploadQuery query: [Substring: Substring]) -> Slot? {
    guard let id = (query["photoIds"] ?? query["id"]).flatMap({ Int64($0) }), let slot = slots[id],
      query["key"].map(String.init) == proof("upload", id)
    else { return nil }
    return slot
  }

  /// What a download's link brings; files that nobody uploaded are made up.
  func content(downloadQuery query: [Substring: Substring]) -> [UInt8]? {
    guard let id = query["id"].flatMap({ Int64($0) }),
      let size = query["size"].flatMap({ Int($0) }),
      query["key"].map(String.init) == proof("download \(size)", id)
    else { return nil }
    return slots[id]?.content ?? FileStore.filling(id, size: min(size, 8 << 20))
  }

  /// A photo, a small grey one if nobody uploaded it.
  func photo(_ query: [Substring: Substring]) -> [UInt8]? {
    guard let id = query["r"].flatMap({ Int64($0) }) else { return nil }
    return slots[id]?.content ?? FileStore.pixel
  }

  private func proof(_ purpose: String, _ id: Int64) -> String {
    Hexadecimal.encode(Digest.sha256.authenticate("\(purpose) \(id)".utf8, key: key).prefix(12))
  }

  /// The same bytes for the same file every time.
  private static func filling(_ id: Int64, size: Int) -> [UInt8] {
    (0..<size).map { UInt8(truncatingIfNeeded: ($0 &* 31 &+ Int(id)) >> 3) }
  }

  /// A PNG of one grey pixel.
  private static let pixel: [UInt8] = [
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52,
    0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x00, 0x00, 0x00, 0x00, 0x3a, 0x7e, 0x9b,
    0x55, 0x00, 0x00, 0x00, 0x0a, 0x49, 0x44, 0x41, 0x54, 0x78, 0xda, 0x63, 0x68, 0x00, 0x00, 0x00,
    0x82, 0x00, 0x81, 0xda, 0x45, 0x08, 0x3b, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae,
    0x42, 0x60, 0x82,
  ]
}
