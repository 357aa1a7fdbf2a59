import Cryptography
import Database
import Files
import Glibc

/// One sealed file of everything that a profile keeps in its stores.
///
/// It is the header of a key of its own, then the stores, sealed with that key. Taking the profile out of
/// it again needs the passphrase of the backup and nothing else.
package enum Backup {
  private static let title = "tercet backup 1\n"
  /// Bytes that are copied at a time.
  private static let piece = 1 << 20
  /// A header has less.
  private static let headerLimit = 4096

  /// Writes a backup to a new file, also while another process works with the profile.
  package static func write(
    _ ring: KeyRing, with keys: ProfileKeys, passphrase: Secret, to path: String
  ) throws(BackupError) {
    let source = ring.profile
    let folder = path + ".parts"
    let parts = Profile(directory: folder)
    do {
      guard access(path, F_OK) != 0 else { throw BackupError.exists(path) }
      try parts.prepare()
      defer { parts.removeEverything() }
      let own = KeyRing(of: parts, folder: nil, name: "", random: ring.random, cost: ring.cost)
      let sealing = try own.make(.passphrase(passphrase))
      var sections = [("keys", parts.keysPath)]
      for (name, from, to, old, new) in [
        ("store", source.databasePath, parts.databasePath, keys.store, sealing.store),
        ("paper", source.paperDatabasePath, parts.paperDatabasePath, keys.paper, sealing.paper),
      ] where access(from, F_OK) == 0 {
        try Database.copy(
          from, key: old, to: to, key: new, functions: Schema.functions)
        sections.append((name, to))
      }
      try join(sections, at: path)
    } catch {
      throw BackupError(error)
    }
  }

  private static func join(_ sections: [(String, String)], at path: String) throws {
    let temporary = path + ".unfinished"
    unlink(temporary)
    let file = try NewFile(temporary)
    do {
      try file.write(Array(title.utf8))
      for (name, part) in sections {
        var status = stat()
        guard stat(part, &status) == 0 else { throw FileError(errno, part) }
        try file.write(Array("\(name) \(status.st_size)\n".utf8))
        let from = open(part, O_RDONLY | O_CLOEXEC)
        guard from >= 0 else { throw FileError(errno, part) }
        defer { close(from) }
        try pour(from, into: file, count: Int(status.st_size), temporary)
      }
      try file.write(Array("end 0\n".utf8))
      try file.sync()
      guard link(temporary, path) == 0 else { throw FileError(errno, path) }
      unlink(temporary)
      try DurableFile.flushFolder(of: path)
    } catch {
      unlink(temporary)
      throw error
    }
  }

  /// Takes a profile out of a backup; the profile must have nothing in it, and is unlocked by the
  /// backup's passphrase then.
  package static func restore(
    _ path: String, passphrase: Secret, to ring: KeyRing
  ) throws(BackupError) {
    let profile = ring.profile
    guard !profile.storeIsThere, access(profile.keysPath, F_OK) != 0 else {
      throw .notEmpty(profile.directory)
    }
    let folder = Profile(directory: profile.directory + "/restoring")
    do {
      folder.removeEverything()
      try folder.prepare()
      defer { folder.removeEverything() }
      try split(path, into: folder)
      let keys = try KeyRing(of: folder, folder: nil, name: "").unlock(.passphrase(passphrase))
      // Read as a whole, before anything of it is used.
      for (part, key) in [
        (folder.databasePath, keys.store), (folder.paperDatabasePath, keys.paper),
      ] where access(part, F_OK) == 0 {
        try Database.check(part, key: key, functions: Schema.functions)
      }
      // The header last: with it the profile is one.
      for (from, to) in [
        (folder.paperDatabasePath, profile.paperDatabasePath),
        (folder.databasePath, profile.databasePath), (folder.keysPath, profile.keysPath),
      ] where access(from, F_OK) == 0 {
        guard rename(from, to) == 0 else { throw FileError(errno, to) }
      }
      try DurableFile.flushFolder(of: profile.keysPath)
    } catch {
      throw BackupError(error)
    }
  }

  private static func split(_ path: String, into folder: Profile) throws {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw FileError(errno, path) }
    defer { close(file) }
    guard try line(file, path) + "\n" == title else { throw BackupError.damaged(path) }
    var left = [
      "keys": folder.keysPath, "store": folder.databasePath, "paper": folder.paperDatabasePath,
    ]
    while true {
      let words = try line(file, path).split(separator: " ").map(String.init)
      guard words.count == 2, let count = Int(words[1]), count >= 0 else {
        throw BackupError.damaged(path)
      }
      if words[0] == "end" { break }
      guard let target = left.removeValue(forKey: words[0]),
        words[0] != "keys" || count <= headerLimit
      else { throw BackupError.damaged(path) }
      let part = try NewFile(target)
      try pour(file, into: part, count: count, path)
      try part.sync()
    }
    guard left["keys"] == nil, left["store"] == nil else { throw BackupError.damaged(path) }
  }

  private static func line(_ file: Int32, _ path: String) throws -> String {
    var bytes: [UInt8] = []
    var byte: UInt8 = 0
    while bytes.count < 64 {
      guard read(file, &byte, 1) == 1 else { break }
      if byte == 10 { return String(decoding: bytes, as: UTF8.self) }
      bytes.append(byte)
    }
    throw BackupError.damaged(path)
  }

  private static func pour(_ from: Int32, into: NewFile, count: Int, _ path: String) throws {
    var left = count
    var buffer = [UInt8](repeating: 0, count: piece)
    while left > 0 {
      let read = read(from, &buffer, min(left, piece))
      guard read > 0 else { throw BackupError.damaged(path) }
      try into.write(Array(buffer[..<read]))
      left -= read
    }
  }
}

/// Why a backup was not written, or nothing taken out of one. Nothing was changed.
package enum BackupError: Error {
  case exists(String)
  case notEmpty(String)
  case damaged(String)
  case keys(KeyError)
  case database(DatabaseError)
  case file(FileError)
  case profile(StorageError)

  init(_ error: any Error) {
    self =
      switch error {
      case let error as BackupError: error
      case let error as KeyError: .keys(error)
      case let error as FileError: .file(error)
      case let error as StorageError: .profile(error)
      default: .database(DatabaseError(wrapping: error))
      }
  }
}
