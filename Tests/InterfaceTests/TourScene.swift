import Domain
import MaxService
import Storage

@testable import Accounts
@testable import ScreenState
@testable import ViewModels

/// The console as a person has it after a week, on a clock that stands still: what the README begins
/// with.
extension Scene {
  static func tour() async throws -> Scene {
    let scene = try await Scene(isSandbox: true) { store in
      try await store.chats.save(Tour.chats)
      try await store.messages.save(Tour.messages)
      for call in Sample.calls { try await store.calls.save(call) }
      try await store.balances.save(Tour.balances)
      for order in Sample.orders.prefix(3) { try await store.orders.record(order, []) }
      for point in Tour.prices { try await store.prices.save(point) }
      _ = try await store.prices.add(
        sell: "ETH", buy: "USDT", .above, price: "2200", at: Sample.now)
    }
    await scene.opened("max:1", balances: Tour.balances)
    await scene.show(
      .typing(chat: "max:1", name: "Павел", until: scene.model.context.uptime + 8000))
    return scene
  }
}

private enum Tour {
  static func chat(
    _ id: ChatID, _ service: Service, _ kind: ChatRecord.Kind, _ title: String, minutes: Int64,
    _ last: ChatPreview, unread: Int = 0
  ) -> ChatRecord {
    ChatRecord(
      chat: id, service: service, kind: kind, title: title, peerId: "5", unread: unread,
      lastMessageAt: Sample.ago(minutes: minutes), lastMessage: last, readMark: Sample.now)
  }

  static let chats: [ChatRecord] = [
    chat("max:1", .max, .dialog, "Павел", minutes: 0, "и молока"),
    chat("max:2", .max, .group, "Дача 2026", minutes: 34, "Мария: кто везёт мангал?", unread: 3),
    chat("max:3", .max, .dialog, "Мария", minutes: 50, "До вечера!"),
    chat(
      "textsecure:+14155550100", .textsecure, .dialog, "Alice", minutes: 55, "see you at six",
      unread: 1),
    chat("max:5", .max, .dialog, "דנה", minutes: 62, "נפגשים ב-18:30 ליד הבית."),
    chat("max:4", .max, .saved, "", minutes: 1500, "📎 смета.xlsx"),
  ]

  static func message(
    _ id: String, minutes: Int64, _ text: String, own: Bool = false,
    _ change: (inout MessageRecord) -> Void = { _ in }
  ) -> MessageRecord {
    var message = MessageRecord(
      chat: "max:1", id: id, senderId: own ? "1" : "5", senderName: own ? "Ира" : "Павел",
      at: Sample.ago(minutes: minutes), text: text, status: own ? .sent : .received, own: own)
    change(&message)
    return message
  }

  static let messages: [MessageRecord] = [
    message("1", minutes: 1600, "До завтра"),
    message("2", minutes: 9, "Ты где?"),
    message("3", minutes: 8, "Уже еду, буду через 20 минут", own: true),
    message("4", minutes: 6, "Хорошо, жду. Вот смета, посмотри, когда будет время") {
      $0.replyTo = "3"
      $0.attachments = [AttachmentRecord(name: "смета.xlsx", type: "file", bytes: 49_210)]
      $0.reactions = [.init(emoji: "👍", count: 1, own: true)]
    },
    message("5", minutes: 3, "Посмотрю. Адрес тот же? https://example.org/map", own: true),
    message("6", minutes: 1, "Возьми хлеба"),
    message("7", minutes: 0, "и молока"),
  ]

  static let balances: [BalanceRecord] = [
    ("USDT", "3346.90", "0"), ("ETH", "2.6", "0.4"), ("BTC", "0.11", "0"),
  ].map {
    BalanceRecord(asset: $0.0, total: $0.1, locked: $0.2, at: Sample.now)
  }

  /// A day with a point every ten minutes, by hand: up in the morning, down at noon, up again.
  static let prices: [PricePoint] = (0..<144).flatMap { step -> [PricePoint] in
    let slope = step < 60 ? step : step < 100 ? 120 - step : step - 80
    let wave = [0, 3, 5, 4, 1, -3, -5, -4][step % 8]
    let at = Sample.ago(minutes: Int64(144 - step) * 10)
    let (ether, bitcoin) = (2100 + slope + wave * 2, 63_800 + slope * 9 + wave * 30)
    let worth = 3347 + ether * 26 / 10 + bitcoin * 11 / 100
    return [("ETH", "\(ether).35"), ("BTC", "\(bitcoin).5"), (PricePoint.total, "\(worth).2")].map {
      PricePoint(sell: $0.0, buy: "USDT", at: at, price: $0.1)
    }
  }
}
