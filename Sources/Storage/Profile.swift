import Database
import Glibc

/// The private directory in which one set of accounts lives.
package struct Profile: Sendable, Equatable {
  /// An absolute or relative path without a final slash.
  package let directory: String

  /// The store.
  package var databasePath: String { directory + "/tercet.db" }
  /// The store of paper trading, which holds nothing else.
  package var paperDatabasePath: String { directory + "/paper.db" }
  /// What says how the store is unlocked.
  package var keysPath: String { directory + "/tercet.keys" }
  /// The file that `ProfileLock` locks.
  package var lockPath: String { directory + "/lock" }
  /// The socket through which commands reach the console that holds the profile.
  package var controlSocketPath: String { directory + "/control.sock" }

  /// The profile in exactly this directory (`--data-dir`).
  package init(directory: String) {
    let trimmed = directory.reversed().drop { $0 == "/" }.reversed()
    self.directory = trimmed.isEmpty ? directory : String(trimmed)
  }

  /// The profile of this name below `$XDG_DATA_HOME/FOLDER`, or `~/.local/share/FOLDER`.
  ///
  /// - Parameters:
  ///   - name: 1 ... 64 letters, digits, `-` and `_` of ASCII.
  ///   - folder: keeps worlds apart whose profiles may share names.
  package init(
    name: String, environment: [String: String], folder: String = "tercet"
  ) throws(StorageError) {
    try Profile.checkName(name)
    // The XDG rules: a relative path is to be ignored as if it were not set.
    if let home = environment["XDG_DATA_HOME"], home.hasPrefix("/") {
      self.init(directory: "\(home)/\(folder)/\(name)")
    } else if let home = environment["HOME"], home.hasPrefix("/") {
      self.init(directory: "\(home)/.local/share/\(folder)/\(name)")
    } else {
      throw .noDataDirectory
    }
  }

  /// Throws `badProfileName` for what could lead anywhere else: 1 ... 64 letters, digits, `-` and `_` of
  /// ASCII are a name.
  package static func checkName(_ name: String) throws(StorageError) {
    let allowed = name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
    guard allowed, 1...64 ~= name.utf8.count else { throw .badProfileName(name) }
  }

  /// Makes the directory, and those above it, for the owner alone (0700).
  ///
  /// An existing directory that others may enter is closed to them when it is empty or a profile
  /// already; any other is refused, because it may be shared on purpose.
  package func prepare() throws(StorageError) {
    try makeDirectories()
    var status = stat()
    guard stat(directory, &status) == 0 else { throw failure(directory) }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw .inaccessible(path: directory, reason: "not a directory")
    }
    guard status.st_uid == geteuid() else {
      throw .exposed(path: directory, reason: "it belongs to another user")
    }
    guard status.st_mode & 0o077 != 0 else { return }
    guard try isOurs() else {
      throw .exposed(path: directory, reason: "other users may enter it")
    }
    guard chmod(directory, 0o700) == 0 else { throw failure(directory) }
  }

  /// Whether there is a store in the directory, sealed or not.
  package var storeIsThere: Bool {
    access(databasePath, F_OK) == 0 || access(paperDatabasePath, F_OK) == 0
  }

  /// Whether no store in the directory is sealed. A file of nothing is one that was lost, which says so
  /// when it is opened.
  var storeIsNewOrOpen: Bool {
    [databasePath, paperDatabasePath].allSatisfy { path in
      var status = stat()
      return lstat(path, &status) != 0 || status.st_size == 0 || Database.isOpen(path)
    }
  }

  private func makeDirectories() throws(StorageError) {
    var path = ""
    for (index, part) in directory.split(separator: "/").enumerated() {
      path += (index == 0 && !directory.hasPrefix("/") ? "" : "/") + part
      guard mkdir(path, 0o700) != 0 else { continue }
      let reason = errno
      // Some systems say EROFS or EACCES of a directory that is there.
      if access(path, F_OK) == 0 { continue }
      throw .inaccessible(path: path, reason: String(cString: strerror(reason)))
    }
  }

  private func isOurs() throws(StorageError) -> Bool {
    guard let listing = opendir(directory) else { throw failure(directory) }
    defer { closedir(listing) }
    var isEmpty = true
    while let entry = readdir(listing) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { field in
        field.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name == "tercet.db" || name == "tercet.keys" { return true }
      if name != ".", name != ".." { isEmpty = false }
    }
    return isEmpty
  }

  private func failure(_ path: String) -> StorageError {
    .inaccessible(path: path, reason: String(cString: strerror(errno)))
  }
}
