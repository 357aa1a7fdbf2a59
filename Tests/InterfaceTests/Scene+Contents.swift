import Cryptography
import Database
import Domain
import MaxService
import TextSecureService

@testable import Storage

extension Store {
  /// What people really have: chats of every sort and state, messages, calls, balances and orders.
  func fillScene() async throws {
    try await chats.save(Sample.chats)
    try await messages.save(
      Sample.messages + Sample.livelyMessages + Sample.secureMessages + Sample.foundMessages)
    for call in Sample.calls { try await calls.save(call) }
    try await balances.save(Sample.earlierBalances)
    for order in Sample.orders { try await orders.record(order, []) }
    try await accounts.save(
      AccountRecord(
        service: .textsecure, url: "http://127.0.0.1:1", identifier: "+14155550101",
        displayName: "+14155550101", secret: Secret("nothing"), createdAt: 1))
    try await trust()
    try await save(
      GroupRecord(
        id: "0a", name: "Book club",
        members: ["+14155550100", "+14155550102", "+14155550103", "+14155550101"]))
    try await contacts.save([
      ContactRecord(service: .textsecure, id: "+14155550100", name: "Alice", updatedAt: 1),
      ContactRecord(service: .textsecure, id: "+14155550102", name: "Bob", updatedAt: 1),
      ContactRecord(service: .textsecure, id: "+14155550101", name: "Ира", updatedAt: 1),
    ])
  }

  func save(_ group: GroupRecord) async throws {
    try await database.write { try $0.save(group) }
  }

  /// Alice's key was compared; Bob's has changed.
  private func trust() async throws {
    func key(_ byte: UInt8) -> [UInt8] { [5] + [UInt8](repeating: byte, count: 32) }
    var step = TextSecureStep()
    step.identities = ["+14155550100": key(1), "+14155550102": key(2)]
    _ = try await secure.commit(step)
    try await secure.verify("+14155550100")
    try await secure.suspect(key(3), of: "+14155550102")
  }
}

extension Sample {
  static let chats: [ChatRecord] = [
    .init(
      chat: "max:1", service: .max, kind: .dialog, title: "Павел", peerId: "5", unread: 2,
      lastMessageAt: ago(), lastMessageId: "9", lastMessage: "и молока", readMark: ago(seconds: 3)),
    .init(
      chat: "max:2", service: .max, kind: .group, title: "Дача 2026", unread: 128, muted: true,
      lastMessageAt: ago(minutes: 34), lastMessage: "Мария: кто везёт мангал?", readMark: now),
    .init(
      chat: "max:3", service: .max, kind: .dialog, title: "Мария", peerId: "6",
      lastMessageAt: ago(minutes: 50), lastMessage: "…"),
    .init(
      chat: "textsecure:+14155550100", service: .textsecure, kind: .dialog, title: "Alice",
      peerId: "+14155550100", unread: 1, lastMessageAt: ago(minutes: 55),
      lastMessage: "see you at six", readMark: now),
    .init(
      chat: "textsecure:+14155550102", service: .textsecure, kind: .dialog, title: "Bob",
      peerId: "+14155550102", lastMessageAt: ago(minutes: 70), lastMessage: "?"),
    .init(
      chat: "textsecure:group:0a", service: .textsecure, kind: .group, title: "Book club",
      lastMessageAt: ago(minutes: 80), lastMessage: "you: Chapter 3"),
    .init(
      chat: "max:4", service: .max, kind: .saved, title: "",
      lastMessageAt: ago(minutes: 1500), lastMessage: "📎 смета.xlsx"),
    .init(
      chat: "max:5", service: .max, kind: .group,
      title: "👨‍👩‍👧 Семья и все-все-все родственники до седьмого колена", unread: 1,
      lastMessageAt: ago(minutes: 60 * 24 * 3),
      lastMessage: "👍🏽 ну и прекрасно, увидимся в воскресенье у бабушки, если не будет дождя",
      readMark: now),
    .init(
      chat: "max:6", service: .max, kind: .group, title: "東京オフィス", unread: 4321,
      lastMessageAt: ago(minutes: 60 * 24 * 400), lastMessage: "会議は三時からです", readMark: now),
    .init(
      chat: "max:7", service: .max, kind: .dialog, title: "evil\u{1b}[31m\u{202e}txt.exe\u{7}",
      lastMessageAt: ago(minutes: 60 * 24 * 20), lastMessage: "line\nbreak\ttab\u{0}nul"),
    .init(chat: "max:8", service: .max, kind: .dialog, title: ""),
    .init(
      chat: "max:9", service: .max, kind: .group, title: "Выходные",
      lastMessageAt: ago(minutes: 60 * 24 * 500), readMark: now, othersMark: ago(minutes: 6)),
  ]

  private static func message(
    _ id: String, in chat: ChatID, at: Int64, _ text: String, own: Bool = false,
    _ change: (inout MessageRecord) -> Void = { _ in }
  ) -> MessageRecord {
    var message = MessageRecord(
      chat: chat, id: id, senderId: own ? "1" : "5", senderName: own ? "Ира" : "Павел", at: at,
      text: text, status: own ? .sent : .received, own: own)
    change(&message)
    return message
  }

  static let messages: [MessageRecord] = [
    message("0", in: "max:1", at: ago(minutes: 1600), "До завтра"),
    message("1", in: "max:1", at: ago(minutes: 5), "Павел changed the title") {
      $0.kind = .system
    },
    message("2", in: "max:1", at: ago(minutes: 4), "Ты где?"),
    message("3", in: "max:1", at: ago(minutes: 3), "Уже еду, буду через 20 минут", own: true),
    message("4", in: "max:1", at: ago(minutes: 1, seconds: 2), "Хорошо, жду") {
      $0.replyTo = "3"
      $0.attachments = [AttachmentRecord(name: "смета.xlsx", type: "file", bytes: 49_210)]
    },
    message(
      "5", in: "max:1", at: ago(minutes: 1),
      "Это длинное сообщение, которое занимает больше одной строки, потому что люди пишут "
        + "так, как говорят, и 日本語も混ざる, а потом ещё https://example.org/"
        + String(repeating: "x", count: 60), own: true
    ) { ($0.status, $0.edited) = (.queued, true) },
    message("6", in: "max:1", at: ago(seconds: 5), "") { $0.status = .deleted },
    message("7", in: "max:1", at: ago(seconds: 4), "не ушло", own: true) {
      ($0.status, $0.failure) = (.failed, .told(words: "the chat is closed for new messages"))
    },
    message("8", in: "max:1", at: ago(seconds: 2), "Возьми хлеба"),
    message("9", in: "max:1", at: ago(seconds: 1), "и молока"),
  ]

  /// A chat with messages that look like something, and that people react to.
  static let livelyMessages: [MessageRecord] = [
    message(
      "1", in: "max:9", at: ago(minutes: 9),
      "bold, italic, underlined, struck and code, see here @Ира"
    ) {
      $0.spans = [
        .init(kind: "STRONG", start: 0, length: 4),
        .init(kind: "EMPHASIZED", start: 6, length: 6),
        .init(kind: "UNDERLINE", start: 14, length: 10),
        .init(kind: "STRIKETHROUGH", start: 26, length: 6),
        .init(kind: "CODE", start: 37, length: 4),
        .init(kind: "LINK", start: 47, length: 4, url: "https://example.org/s"),
        .init(kind: "USER_MENTION", start: 52, length: 4),
      ]
    },
    message("2", in: "max:9", at: ago(minutes: 8), "Кто за субботу?") {
      $0.reactions = [
        .init(emoji: "👍", count: 3, own: true), .init(emoji: "❤️", count: 1),
        .init(emoji: "👎", count: 12),
      ]
    },
    message("3", in: "max:9", at: ago(minutes: 7), "Я за", own: true) {
      $0.reactions = [.init(emoji: "🔥", count: 1)]
      $0.edited = true
    },
    message("4", in: "max:9", at: ago(minutes: 6), "forwarded from Мария\nСписок") {
      $0.kind = .forward
      $0.spans = [.init(kind: "QUOTE", start: 0, length: 20)]
      $0.attachments = [
        AttachmentRecord(name: "список.txt", type: "file", bytes: 900, source: "{}")
      ]
    },
    message("5", in: "max:9", at: ago(minutes: 5), "") { $0.status = .deleted },
  ]

  private static func line(
    _ id: String, minutes: Int64, _ text: String, own: Bool = false,
    _ change: (inout MessageRecord) -> Void = { _ in }
  ) -> MessageRecord {
    message(id, in: "textsecure:+14155550100", at: ago(minutes: minutes), text, own: own) {
      if !own { ($0.senderId, $0.senderName) = ("+14155550100", "Alice") }
      change(&$0)
    }
  }

  /// An encrypted chat with everything that can go wrong in one.
  static let secureMessages: [MessageRecord] = [
    line("1", minutes: 30, "you began a new session") { $0.kind = .system },
    line("2", minutes: 29, "Here is the picture") {
      $0.attachments = [
        AttachmentRecord(name: "picture.jpg", type: "image/jpeg", bytes: 48_210, source: "{}")
      ]
    },
    line("3", minutes: 28, "") {
      $0.attachments = [
        AttachmentRecord(
          name: "notes.txt", type: "text/plain", bytes: 900, path: "/home/ira/notes.txt",
          source: "{}")
      ]
    },
    line("4", minutes: 27, "This message could not be decrypted: no session") {
      $0.kind = .unreadable
    },
    line("5", minutes: 26, "A message under a new key waits here") { $0.kind = .held },
    line("6", minutes: 25, "The key of Alice has changed") { $0.kind = .system },
    line("7", minutes: 4, "Sent before", own: true),
    line("8", minutes: 3, "Is that you?", own: true) {
      ($0.status, $0.failure) = (.queued, .told(words: "The key of Alice has changed"))
    },
    line("9", minutes: 2, "What is this", own: true) {
      $0.status = .failed
      $0.failure = .told(words: "The relay does not know this number any more")
    },
    line("10", minutes: 1, "A large one", own: true) {
      $0.status = .queued
      $0.attachments = [AttachmentRecord(name: "film.mp4", type: "video/mp4", bytes: 20 << 20)]
    },
  ]

  /// What the search finds, in chats that are not open.
  static let foundMessages: [MessageRecord] = [
    message("f1", in: "max:3", at: ago(minutes: 53), "Возьми белый хлеб и молока") {
      $0.senderName = "Мария"
    },
    message(
      "f2", in: "max:4", at: ago(minutes: 2000),
      "Список: соль, спички, "
        + String(repeating: "всякое другое, что ещё нужно в доме, ", count: 6)
        + "белый хлеб, молоко, сыр и то, чего не хватает", own: true),
    message(
      "f3", in: "max:7", at: ago(minutes: 60 * 24 * 40),
      "белый хлеб\nи молоко\u{7} · смета.xlsx"
    ) { $0.senderName = "evil\u{1b}[31m\u{202e}txt.exe" },
    message("f4", in: "max:5", at: ago(minutes: 60 * 24 * 500), "Белый хлеб с молоком") {
      $0.senderName = "Константин Константинопольский-Белозерский"
    },
  ]

  static let calls: [CallRecord] = [
    .init(
      service: .max, conversationId: "a", callerId: "5", callerName: "Павел", kind: .audio,
      at: ago(minutes: 13),
      state: .missed, signaling: "wss://videowebrtc.example.org",
      stun: "stun:videostun.example.org:19302",
      turn: ["turn:turn1.example.org:19302", "turn:turn2.example.org:19302"]),
    .init(
      service: .max, conversationId: "b", callerId: "6",
      callerName: "Мария Константинопольская-Белозерская",
      kind: .video, at: ago(minutes: 1300), state: .declined),
  ]

  /// A call that rings.
  static let ringing = CallRecord(
    service: .max, conversationId: "c", callerId: "5", callerName: "Павел", kind: .audio,
    at: ago(seconds: 7))

  private static func balance(
    _ asset: String, _ total: String, locked: String = "0", at: Int64 = ago(minutes: 3)
  ) -> BalanceRecord {
    BalanceRecord(asset: asset, total: total, locked: locked, at: at)
  }

  /// What two of the balances were before they moved.
  static let earlierBalances = balances.map { balance in
    var balance = balance
    if balance.asset == "ETH" { balance.total = "2.5" }
    if balance.asset == "BTC" { balance.total = "0.12" }
    return balance
  }

  static let balances: [BalanceRecord] = [
    balance("USDT", "1234567.23"), balance("ETH", "2.6", locked: "0.4"),
    balance("BTC", "0.110000000000000001"), balance("DOGE", "0"),
    balance("SOL", "1", locked: "3"),
  ]

  static let orders: [OrderRecord] = [
    .init(
      clientOrderId: "tercet-1", status: .processing, from: "ETH", to: "USDT", amount: "0.10",
      slippageBps: 30, expectedOut: "216.37", createdAt: ago(seconds: 3), updatedAt: ago()),
    .init(
      clientOrderId: "tercet-7f3a", status: .unknown, from: "BTC", to: "ETH", amount: "0.01",
      slippageBps: 30,
      reason: "The line broke before the answer came. Ask the server with u; do not swap again.",
      createdAt: ago(minutes: 12), updatedAt: ago(minutes: 12)),
    .init(
      clientOrderId: "tercet-2", orderId: "88121", status: .filled, from: "ETH", to: "USDT",
      amount: "1.50", slippageBps: 30, expectedOut: "3246.10", filledOut: "3245.67",
      txHash: "0x88e6a0c2ddd26feeb64f039a2c41296fcb3f5640aa11bb22cc33dd44ee55ff66",
      createdAt: ago(minutes: 90), updatedAt: ago(minutes: 89)),
    .init(
      clientOrderId: "tercet-3", status: .rejected, from: "SHIBAINU", to: "USDT",
      amount: "123456789.000001", slippageBps: 30, reason: "slippage",
      createdAt: ago(minutes: 3000), updatedAt: ago(minutes: 3000)),
  ]
}
