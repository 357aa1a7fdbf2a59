import Database
import Domain
import Glibc
import Phrases
import Storage

/// One line on the terminal while a large store of an earlier version is brought up to date.
///
/// Ctrl-C may end the program meanwhile: what a step has done so far is kept or undone as a whole, and
/// the next start goes on from there.
struct StoreUpdateLine: Sendable {
  /// A store of fewer bytes is up to date before anybody could read the line.
  private static let least: Int64 = 8 << 20

  private let isShown: Bool

  /// Nothing is shown of a small store, or where standard error is no terminal.
  init(of profile: Profile) {
    var status = stat()
    isShown =
      isatty(STDERR_FILENO) == 1 && stat(profile.databasePath, &status) == 0
      && status.st_size >= StoreUpdateLine.least
  }

  /// Shows how far it has come, in the place of what was shown before.
  var show: Database.Progress? {
    guard isShown else { return nil }
    return { StoreUpdateLine.write("\r\u{1b}[K" + StoreUpdateLine.text($0)) }
  }

  /// Takes the line away.
  func end() {
    if isShown { StoreUpdateLine.write("\r\u{1b}[K") }
  }

  /// `Bringing the store up to date, 2 of 3: 40 %`.
  static func text(_ progress: MigrationProgress) -> String {
    let words = Phrase.storeUpdate.with("\(progress.number)", "\(progress.count)")
    let share = progress.share.map { ": \(Int($0 * 100)) %" } ?? "…"
    return words + share + " " + Phrase.storeUpdateHint.text
  }

  private static func write(_ text: String) {
    var text = text
    text.withUTF8 { bytes in _ = Glibc.write(STDERR_FILENO, bytes.baseAddress, bytes.count) }
  }
}
