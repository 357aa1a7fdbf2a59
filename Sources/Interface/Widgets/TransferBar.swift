import Domain
import Phrases
import ScreenState

/// How far bytes on their way are: `▓▓▓▓░░░░░░ 42 % of 20 MB`.
enum TransferBar {
  static func line(_ transfer: ConversationState.Transfer, width: Int) -> StyledLine {
    guard let total = transfer.total, total > 0 else {
      return StyledLine(sizeText(transfer.done), .dim).fitted(to: width)
    }
    let done = max(0, min(transfer.done, total))
    let share = Double(done) / Double(total)
    let filled = Int(share * 10)
    let line =
      StyledLine(String(repeating: "▓", count: filled), .accent)
      + StyledLine(String(repeating: "░", count: 10 - filled), .dim)
      + StyledLine(" " + Phrase.percentOf.with("\(Int(share * 100))", sizeText(total)), .dim)
    return line.fitted(to: width)
  }
}
