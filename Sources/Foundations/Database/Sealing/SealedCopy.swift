import CSQLite
import Glibc

extension Database {
  /// How a database in the open begins.
  private static let openTitle = Array("SQLite format 3\0".utf8)

  /// Whether there is a database at `path` that is not sealed.
  public static func isOpen(_ path: String) -> Bool {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard file >= 0 else { return false }
    defer { close(file) }
    var title = [UInt8](repeating: 0, count: openTitle.count)
    return pread(file, &title, title.count, 0) == title.count && title == openTitle
  }

  /// Seals a database that is in the open, in its place.
  ///
  /// A sealed copy is made beside it, read again as a whole, and takes its place at once: whenever the
  /// program is ended or the power goes, there is the one or the other, whole, and doing it again makes
  /// good. The bytes of the old file are overwritten, as far as the disk lets anybody do that.
  ///
  /// Nobody else may use the database meanwhile.
  public static func seal(
    _ path: String, key: DatabaseKey, functions: [TextFunction] = [], progress: Progress? = nil
  ) throws(DatabaseError) {
    let copy = path + sealing
    removeFiles(copy)
    try makeCopy(of: path, at: copy, key, functions, progress)
    try replace(path, by: copy)
  }

  /// Writes a copy of a sealed database under another key, also while others read and write it.
  public static func copy(
    _ path: String, key: DatabaseKey, to copy: String, key other: DatabaseKey,
    functions: [TextFunction] = []
  ) throws(DatabaseError) {
    let source = try Connection(path: path, key: key, busyTimeout: busyTimeout)
    for function in functions { try source.add(function) }
    try protect(copy)
    try source.copy(to: copy, other) { _ in }
  }

  /// Reads all of a sealed database and throws `.corrupt` if anything is wrong with it.
  public static func check(
    _ path: String, key: DatabaseKey, functions: [TextFunction] = []
  ) throws(DatabaseError) {
    let connection = try Connection(path: path, key: key, busyTimeout: 0)
    for function in functions { try connection.add(function) }
    let verdict = try connection.first("PRAGMA integrity_check(1)") {
      try $0.get("integrity_check", as: String.self)
    }
    guard verdict == "ok" else { throw .corrupt(verdict ?? "the check gave no answer") }
  }

  /// What is behind the name of a copy that is being made.
  private static let sealing = ".sealing"

  /// Makes an empty sealed database, all at once: a crash leaves none, or one that opens.
  static func makeSealed(_ path: String, key: DatabaseKey) throws(DatabaseError) {
    let new = path + sealing
    removeFiles(new)
    try protect(new)
    do {
      let connection = try Connection(path: new, key: key, busyTimeout: 0)
      // Something must be written for there to be pages.
      try connection.run("PRAGMA user_version = 1; PRAGMA user_version = 0;")
    }
    try take(new, to: path)
  }

  private static func makeCopy(
    of path: String, at copy: String, _ key: DatabaseKey, _ functions: [TextFunction],
    _ progress: Progress?
  ) throws(DatabaseError) {
    let source = try Connection(path: path, busyTimeout: busyTimeout)
    // All that is in the log, which does not move with the file.
    guard
      try source.first("PRAGMA wal_checkpoint(TRUNCATE)", map: { try $0.get("busy") as Int }) != 1
    else { throw .busy }
    for function in functions { try source.add(function) }
    let pages = max(
      1, try source.first("PRAGMA page_count") { try $0.get("page_count") as Int } ?? 1)
    try protect(copy)
    try source.copy(to: copy, key) { done in
      progress?(
        MigrationProgress(
          step: "seal", number: 1, count: 1, share: min(1, Double(done) / Double(pages))))
    }
    try check(copy, key: key, functions: functions)
    let sealed = try Connection(path: copy, key: key, busyTimeout: 0)
    guard try sealed.rowCounts() == source.rowCounts() else {
      removeFiles(copy)
      throw .corrupt("the sealed copy has not all rows")
    }
  }

  private static func replace(_ path: String, by copy: String) throws(DatabaseError) {
    // Its log is empty, and no part of the new file.
    for suffix in ["-wal", "-shm", "-journal"] { unlink(path + suffix) }
    let old = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW)
    defer { if old >= 0 { close(old) } }
    try take(copy, to: path)
    if old >= 0 { overwrite(old) }
  }

  /// Gives a whole file its name; once this returns, that is on the disk.
  private static func take(_ new: String, to path: String) throws(DatabaseError) {
    let file = open(new, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw inaccessible(new) }
    defer { close(file) }
    guard fsync(file) == 0, rename(new, path) == 0 else { throw inaccessible(path) }
    for suffix in ["-wal", "-shm", "-journal"] { unlink(new + suffix) }
    let parent = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    let folder = open(parent.isEmpty ? "/" : parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw inaccessible(parent) }
    defer { close(folder) }
    guard fsync(folder) == 0 else { throw inaccessible(parent) }
  }

  private static func inaccessible(_ path: String) -> DatabaseError {
    [ENOSPC, EDQUOT].contains(errno)
      ? .diskFull : .inaccessible(path: path, reason: String(cString: strerror(errno)))
  }

  /// For what it is worth: many disks write elsewhere what takes the place of something.
  private static func overwrite(_ file: Int32) {
    var status = stat()
    guard fstat(file, &status) == 0 else { return }
    let zeros = [UInt8](repeating: 0, count: 1 << 20)
    var offset: off_t = 0
    while offset < status.st_size {
      let count = pwrite(file, zeros, min(zeros.count, Int(status.st_size - offset)), offset)
      guard count > 0 else { return }
      offset += off_t(count)
    }
    fsync(file)
  }

  private static func removeFiles(_ path: String) {
    for suffix in ["", "-wal", "-shm", "-journal"] { unlink(path + suffix) }
  }
}

extension Connection {
  /// Writes a sealed copy of this database, which may be in the open, to a file that has no bytes yet.
  ///
  /// - Parameter progress: hears how many pages are written.
  func copy(
    to path: String, _ key: DatabaseKey, progress: @escaping (Int) -> Void
  ) throws(DatabaseError) {
    let layer = try SealingLayer(key)
    layer.progress = progress
    leaveRoomForSeals()
    // A path in a URI: what has a meaning there is written as its number.
    let name = path.utf8.map { byte in
      byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#") || byte == UInt8(ascii: "%")
        ? "%" + String(byte, radix: 16) : String(UnicodeScalar(byte))
    }.joined()
    try withExtendedLifetime(layer) { () throws(DatabaseError) in
      do throws(DatabaseError) {
        try execute("VACUUM INTO ?", ["file:\(name)?vfs=\(layer.name)"])
      } catch {
        throw layer.takeDamage().map { .corrupt($0.words) } ?? error
      }
    }
  }

  /// How many rows each table has, those of an index of words among them.
  func rowCounts() throws(DatabaseError) -> [String: Int] {
    let tables: [String] = try query(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 ORDER BY name"
    ) { try $0.get("name") }
    var counts: [String: Int] = [:]
    for table in tables {
      let quoted = table.replacing("\"", with: "\"\"")
      counts[table] = try first("SELECT count(*) AS rows FROM \"\(quoted)\"") {
        try $0.get("rows")
      }
    }
    return counts
  }
}
