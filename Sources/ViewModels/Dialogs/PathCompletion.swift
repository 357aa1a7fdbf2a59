import FoundationEssentials
import Glibc

/// What completing and judging of paths needs of the file system; tests bring their own.
package struct PathCompletion: Sendable {
  /// A name in a folder.
  struct Entry: Sendable, Equatable {
    var name: String
    var isDirectory: Bool
  }

  /// What lies at a path.
  enum Finding: Sendable, Equatable {
    case nothing
    case directory
    case file(bytes: Int64)
  }

  /// Where `~` is.
  package var home: String
  /// What is in a folder; nothing where it cannot be read. May take its time.
  var list: @Sendable (String) async -> [Entry]
  /// What lies at an absolute path. May take its time.
  var find: @Sendable (String) async -> Finding
  /// Makes a directory, for whoever owns this home alone; false where that cannot be.
  var create: @Sendable (String) async -> Bool = { _ in false }

  /// More names than these are not looked at.
  static let mostEntries = 10_000

  /// The absolute path that a person means: `~` is home, and so is where relative ones begin.
  func absolute(_ text: String) -> String {
    let text = text.trimmed
    if text == "~" || text.isEmpty { return home }
    if text.hasPrefix("~/") { return singled(joined(home, String(text.dropFirst(2)))) }
    return singled(text.hasPrefix("/") ? text : joined(home, text))
  }

  /// Whether files can be saved in a folder. The one that dialogs suggest is made where it is missing;
  /// any other one may be a slip of the keys.
  func isThere(_ folder: String) async -> Bool {
    switch await find(folder) {
    case .directory: return true
    case .file: return false
    case .nothing:
      let suggested = absolute("~/Downloads")
      return [suggested, suggested + "/"].contains(folder) ? await create(folder) : false
    }
  }

  /// The text completed as far as there is but one way to go on, and the names it could go on with.
  func completed(_ text: String) async -> (text: String, names: [String]) {
    let text = text == "~" ? "~/" : text
    let cut = text.lastIndex(of: "/").map { text.index(after: $0) } ?? text.startIndex
    let before = String(text[..<cut])
    let folder = absolute(before)
    let beginning = String(text[cut...])
    let matches = await list(folder).filter { entry in
      entry.name.hasPrefix(beginning) && (beginning.hasPrefix(".") || !entry.name.hasPrefix("."))
    }.sorted { $0.name < $1.name }
    guard let first = matches.first else { return (text, []) }
    if matches.count == 1 {
      return (before + first.name + (first.isDirectory ? "/" : ""), [])
    }
    let shared = matches.dropFirst().reduce(first.name[...]) { shared, entry in
      shared.prefix(zip(shared, entry.name).prefix { $0 == $1 }.count)
    }
    return (before + shared, matches.map { $0.name + ($0.isDirectory ? "/" : "") })
  }

  /// With one slash where there are several: what is shown and kept reads as others write it.
  private func singled(_ path: String) -> String {
    guard path.contains("//") else { return path }
    let parts = path.split(separator: "/").joined(separator: "/")
    return "/" + parts + (path.hasSuffix("/") && !parts.isEmpty ? "/" : "")
  }

  private func joined(_ folder: String, _ rest: String) -> String {
    folder.hasSuffix("/") ? folder + rest : folder + "/" + rest
  }
}

extension PathCompletion {
  /// This machine's files.
  static var system: PathCompletion {
    PathCompletion(
      home: ProcessInfo.processInfo.environment["HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? "/",
      list: { entries(of: $0) }, find: { finding(at: $0) },
      create: { mkdir($0, 0o700) == 0 })
  }

  private static func entries(of folder: String) -> [Entry] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var entries: [Entry] = []
    while entries.count < mostEntries, let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name != ".", name != ".." else { continue }
      entries.append(
        Entry(name: name, isDirectory: finding(at: folder + "/" + name) == .directory))
    }
    return entries
  }

  private static func finding(at path: String) -> Finding {
    var status = stat()
    guard stat(path, &status) == 0 else { return .nothing }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: return .directory
    case S_IFREG: return .file(bytes: Int64(status.st_size))
    // Reading a device or a pipe might never end.
    default: return .nothing
    }
  }
}
