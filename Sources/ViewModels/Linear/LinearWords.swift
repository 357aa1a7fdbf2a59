import Domain
import Phrases
import ScreenState

/// Rows of lists as sentences that make sense by themselves.
enum LinearWords {
  /// `Павел: и молока (12:44)`.
  static func message(_ message: ConversationState.Message, _ screen: ScreenState) -> String {
    let time = LocalTime(milliseconds: message.at, zone: screen.zone)
    let today = LocalTime(milliseconds: screen.now, zone: screen.zone)
    var parts = [harmless(message.text)].filter { !$0.isEmpty }
    if message.isDeleted { parts = [Phrase.messageDeleted.text] }
    parts += message.attachments.map { "[\(harmless($0.label))]" }
    parts += message.reactions.map { "\(harmless($0.emoji)) \($0.count)" }
    if message.isEdited { parts.append("(\(Phrase.edited.text))") }
    let status: String? =
      switch message.status {
      case .queued: Phrase.linearQueued.text
      case .held(let reason), .failed(let reason): reason
      case .received, .sent, .read: nil
      }
    let who = message.isOwn ? Phrase.you.text : message.sender.map { visibleName($0) ?? $0 }
    let said = (who.map { "\($0): " } ?? "") + parts.joined(separator: " ")
    return "\(said) (\(time.short(today: today)))" + (status.map { ", \($0)" } ?? "")
  }

  static func chat(_ row: ChatListState.Row) -> String {
    let unread = row.unread > 0 ? ", " + Phrase.linearUnread.with("\(row.unread)") : ""
    let muted = row.isMuted ? ", " + Phrase.linearMuted.text : ""
    let preview = row.preview.isEmpty ? "" : ": " + harmless(row.preview)
    return "\(visibleName(row.title) ?? row.title), \(row.service.title)\(unread)\(muted)\(preview)"
  }

  static func order(_ row: OrderRow) -> String {
    let end = row.filledOut.map { ", " + Phrase.received.with("\(Amount.grouped($0)) \(row.to)") }
    return "\(Amount.grouped(row.amount)) \(row.from) → \(row.to): \(row.status)\(end ?? "")"
  }

  static func balance(_ row: BalancesState.Row) -> String {
    let worth = row.worth.map { ", ≈ \(Amount.grouped($0))" } ?? ""
    let locked =
      Amount.isZero(row.locked) ? "" : ", " + Phrase.locked.with(Amount.grouped(row.locked))
    return "\(row.asset) \(Amount.grouped(row.total))\(locked)\(worth)"
  }

  static func call(_ row: CallRow, _ screen: ScreenState) -> String {
    let today = LocalTime(milliseconds: screen.now, zone: screen.zone)
    let time = LocalTime(milliseconds: row.at, zone: screen.zone).short(today: today)
    return "\(visibleName(row.caller) ?? row.caller), \(time)"
  }
}
