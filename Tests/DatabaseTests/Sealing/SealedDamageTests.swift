import Cryptography
import Testing

@testable import Database

/// What was changed outside of the program is refused, with words of ours, and read by nobody.
struct SealedDamageTests {
  private static let key = DatabaseKey(
    SecretBytes([UInt8](repeating: 1, count: 32)), id: [UInt8](repeating: 2, count: 16))
  private static let size = 4096
  private static let frame = 24 + size

  private func open(
    _ layer: FakeDiskLayer, _ key: DatabaseKey = Self.key
  ) throws(DatabaseError) -> Connection {
    let connection = try Connection(path: "/it.db", key: key, below: layer.name, busyTimeout: 0)
    try connection.useWriteAheadLog(retrying: 0)
    return connection
  }

  /// A database of a few pages, one of them full of text, on a disk.
  private func sample(inLog: Bool = false) throws -> FakeDiskLayer {
    let layer = FakeDiskLayer()
    let connection = try open(layer)
    try connection.run(
      """
      CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT);
      INSERT INTO note VALUES (1, replace(hex(zeroblob(5000)), '00', 'marmot'));
      """)
    guard inLog else { return layer }
    // As a kill leaves it: the log is not taken over.
    let copy = FakeDiskLayer()
    try connection.run("UPDATE note SET body = body || 'gopher'")
    for (name, file) in layer.disk.files { copy.disk.files[name] = file.copy() }
    return copy
  }

  private func text(_ connection: Connection) throws(DatabaseError) -> String? {
    try connection.first("SELECT body FROM note") { try $0.get("body") }
  }

  /// What becomes of reading everything after a change of the file.
  private func failure(
    of layer: FakeDiskLayer, key: DatabaseKey = Self.key, _ change: (inout [UInt8]) -> Void
  ) throws -> DatabaseError? {
    let copy = FakeDiskLayer()
    let file = try #require(layer.disk.files["/it.db"]).copy()
    change(&file.bytes)
    copy.disk.files["/it.db"] = file
    let before = file.bytes
    do {
      let text = try text(open(copy, key))
      #expect(text?.count == 30_000, "changed content was read")
      return nil
    } catch {
      #expect(file.bytes == before, "something was written")
      return error
    }
  }

  @Test func everyByteOfAPageCounts() throws {
    let layer = try sample()
    #expect(try failure(of: layer) { _ in } == nil)
    for index in 0..<Self.size {
      // The last page holds text alone: SQLite would see no fault in another one.
      let error = try failure(of: layer) { $0[$0.count - Self.size + index] ^= 0x01 }
      guard case .corrupt(let words) = error else {
        Issue.record("byte \(index): \(String(describing: error))")
        return
      }
      #expect(words.contains("was changed or is damaged"))
    }
  }

  @Test func everyPageCounts() throws {
    let layer = try sample()
    let pages = try #require(layer.disk.files["/it.db"]).bytes.count / Self.size
    for page in 0..<pages {
      for index in [0, 100, 4055, 4056, 4079, 4080, 4095] {
        let error = try failure(of: layer) { $0[page * Self.size + index] ^= 0x80 }
        #expect(
          error == .corrupt("page \(page + 1) was changed or is damaged"), "\(page), \(index)")
      }
    }
  }

  @Test func pagesKeepTheirPlaces() throws {
    let layer = try sample()
    let error = try failure(of: layer) { bytes in
      let last = bytes.count - Self.size
      let (one, other) = (bytes[last...], bytes[last - Self.size..<last])
      bytes.replaceSubrange(last - Self.size..<last + Self.size, with: one + other)
    }
    guard case .corrupt = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func aCutFileIsRefused() throws {
    let layer = try sample()
    for cut in [1, 40, Self.size, Self.size + 1, 2 * Self.size] {
      let error = try failure(of: layer) { $0.removeLast(cut) }
      guard case .corrupt = error else {
        Issue.record("\(cut): \(String(describing: error))")
        return
      }
    }
  }

  @Test func anEmptiedPageIsRefused() throws {
    let layer = try sample()
    let error = try failure(of: layer) {
      $0.replaceSubrange(
        ($0.count - Self.size)..., with: [UInt8](repeating: 0, count: Self.size))
    }
    guard case .corrupt = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func anotherKeyAndAnotherIdOpenNothing() throws {
    let layer = try sample()
    func key(_ secret: UInt8, _ id: UInt8) -> DatabaseKey {
      DatabaseKey(
        SecretBytes([UInt8](repeating: secret, count: 32)), id: [UInt8](repeating: id, count: 16))
    }
    let keys = [key(3, 2), key(1, 3)]
    for key in keys {
      #expect(
        try failure(of: layer, key: key) { _ in } == .corrupt("page 1 was changed or is damaged"))
    }
  }

  /// A log ends at the first frame that is not whole, as after a power failure.
  @Test func aTornLogEndsBeforeTheTear() throws {
    let layer = try sample(inLog: true)
    #expect(try text(open(layer.copy()))?.hasSuffix("gopher") == true)
    let torn = layer.copy()
    let log = try #require(torn.disk.files["/it.db-wal"])
    log.bytes[log.bytes.count - 1000] ^= 1
    #expect(try text(open(torn))?.hasSuffix("marmot") == true)
  }

  /// Under a program that has read the log, a change of it is no torn write.
  @Test func aLogThatIsChangedUnderTheProgramIsRefused() throws {
    let layer = FakeDiskLayer()
    let connection = try open(layer)
    try connection.run(
      """
      PRAGMA cache_size = 1;
      CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT);
      INSERT INTO note VALUES (1, replace(hex(zeroblob(5000)), '00', 'marmot'));
      """)
    let log = try #require(layer.disk.files["/it.db-wal"])
    for frame in 0..<(log.bytes.count - 32) / Self.frame {
      log.bytes[32 + frame * Self.frame + 100] ^= 1
    }
    try connection.run("PRAGMA shrink_memory")
    #expect {
      _ = try text(connection)
    } throws: { error in
      guard case .corrupt(let words)? = error as? DatabaseError else { return false }
      return words.contains("of its log was changed or is damaged")
    }
  }

  @Test func pagesHaveOneSize() throws {
    let connection = try open(FakeDiskLayer())
    #expect(throws: DatabaseError.self) { try connection.run("PRAGMA page_size = 8192") }
    #expect(throws: Never.self) { try connection.run("PRAGMA page_size") }
  }
}

extension FakeDiskLayer {
  /// Another layer with the same on its disk.
  fileprivate func copy() -> FakeDiskLayer {
    let copy = FakeDiskLayer()
    for (name, file) in disk.files { copy.disk.files[name] = file.copy() }
    return copy
  }
}
