import Cryptography
import Database
import FoundationEssentials
import Storage
import TestSupport

/// Profiles to measure on, written once and copied for each use.
struct Profiles {
  /// Where they are kept from one run to the next.
  let directory: String

  /// A fresh copy of a profile of this size.
  func copy(messages: Int, chats: Int) async throws -> ProfileCopy {
    let original = try await original(messages: messages, chats: chats)
    let copy = try ProfileCopy()
    try FileManager.default.copyItem(atPath: original, toPath: copy.path)
    return copy
  }

  private func original(messages: Int, chats: Int) async throws -> String {
    let files = FileManager.default
    let folder = "\(directory)/\(try await mark())"
    let path = "\(folder)/\(messages)-in-\(chats)"
    if files.fileExists(atPath: path) { return path }
    try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
    var plan = ProfilePlan(directory: path + "-unfinished")
    if files.fileExists(atPath: plan.directory) { try files.removeItem(atPath: plan.directory) }
    plan.messages = messages
    plan.chats = chats
    try await ProfileWriter(plan).run()
    try files.moveItem(atPath: plan.directory, toPath: path)
    return path
  }

  /// Names the tables and what fills them: a profile of other tables is of no use.
  private func mark() async throws -> String {
    let tables: [String] = try await Store.inMemory().database.read {
      try $0.query("SELECT ifnull(sql, '') AS sql FROM sqlite_schema ORDER BY name") {
        try $0.get("sql")
      }
    }
    let text = tables.joined(separator: "\n") + "\(ProfileWriter.version)"
    return Hexadecimal.encode(Digest.sha256.hash(text.utf8).prefix(6))
  }
}

/// A profile that goes when the value does.
struct ProfileCopy {
  private let place: ScratchDirectory
  var path: String { place.file("profile") }

  init() throws { place = try ScratchDirectory() }
}
