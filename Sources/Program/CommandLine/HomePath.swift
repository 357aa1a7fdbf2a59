import Domain

extension Subcommand.Values {
  /// A value with `~` at the beginning of a path read as the home directory.
  ///
  /// A shell does that only where a word begins, so not in `--data-dir=~/data`, and nobody does it
  /// for the environment of a service or for a settings file. `~name` stays as it is.
  func expandingHome(_ value: String, home: String?) throws(UserError) -> String {
    switch self {
    case .text, .oneOf, .someOf: return value
    case .file, .directory, .command: break
    }
    guard value == "~" || value.hasPrefix("~/") else { return value }
    guard let home, home.hasPrefix("/") else {
      throw .usage("\(harmless(value, limit: 60)) needs HOME, which is not set")
    }
    // A program's words are cut at blanks, but not within quotes.
    return (self == .command ? "\"\(home)\"" : home) + value.dropFirst()
  }
}
