import Domain
import Files
import ViewModels

/// The settings of a file, one `name = value` a line.
struct SettingsFile: Sendable {
  /// A value and the line that gave it, counted from 1.
  struct Entry: Sendable {
    let value: String
    let line: Int
  }

  let path: String
  private(set) var entries: [String: Entry] = [:]
  /// Keys of the person's own, in the order of their lines: `bind KEYS = COMMAND`. Whether there are such
  /// keys and commands, the console says.
  private(set) var bindings: [KeyBinding] = []

  /// The last `=` parts keys and command: it may be one of the keys.
  private static func binding(_ line: String, line number: Int) -> KeyBinding? {
    guard line.hasPrefix("bind "), let equals = line.lastIndex(of: "=") else { return nil }
    let keys = line[..<equals].dropFirst(5).trimmed
    return KeyBinding(
      line: number, keys: keys, command: line[line.index(after: equals)...].trimmed)
  }

  /// Reads the file; nil if there is none and it need not be there.
  ///
  /// - Parameter isNamed: somebody asked for this very file.
  init?(_ path: String, isNamed: Bool, knowing commands: CommandSet) throws(UserError) {
    self.path = path
    let text: String
    do throws(FileError) {
      text = try NamedStream.text(of: path)
    } catch {
      if error.isAbsence, !isNamed { return nil }
      throw .usage("the settings file \(path) cannot be read: \(error.reason)")
    }
    // A settings file names no other one.
    let names = commands.globalOptions.filter(\.isSetting).map(\.name)
    let known = Set(names).subtracting(["config"])
    let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
    for (number, line) in lines.enumerated() {
      let bare = line.trimmed
      if bare.isEmpty || bare.hasPrefix("#") { continue }
      if let binding = SettingsFile.binding(bare, line: number + 1) {
        bindings.append(binding)
        continue
      }
      let parts = bare.split(separator: "=", maxSplits: 1).map(\.trimmed)
      guard parts.count == 2, known.contains(parts[0]) else {
        throw .usage("line \(number + 1) of \(path) is not a setting: \(harmless(bare, limit: 60))")
      }
      entries[parts[0]] = Entry(value: parts[1], line: number + 1)
    }
  }
}
