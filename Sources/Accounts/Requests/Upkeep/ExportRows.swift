import Domain
import Storage

/// Everything of one kind that is stored, oldest first, for a spreadsheet or another program.
///
/// Reads the store alone: it works offline and signed out.
package struct ExportRows: MarketCall {
  package static let patience: CallPatience = .eachLine

  /// What there is to export, by its word on the command line.
  package enum Kind: String, Codable, Sendable, CaseIterable {
    /// Each has its own columns.
    case messages, orders, calls
  }

  /// A row in the form of its command's JSON line.
  package enum Row: Codable, Sendable {
    /// Of `messages`.
    case message(MessageLine)
    /// Of `orders`.
    case order(OrderLine)
    /// Of `calls`, without its secrets.
    case call(CallLine)
  }

  package var kind: Kind

  /// Everything of this kind.
  package init(kind: Kind) { self.kind = kind }

  /// Emits each stored row, oldest first; messages chat by chat.
  package func run(
    on desk: Desk, emit: @escaping @Sendable (Row) async -> Void
  ) async throws(ConsoleError) {
    switch kind {
    case .messages:
      for chat in try await desk.reading({ store in try await store.chats.all() }) {
        try await exportMessages(of: chat.chat, on: desk, emit)
      }
    case .orders:
      let orders = try await desk.ruling { store in
        try await store.orders.recent(limit: Int.max)
      }
      for order in orders.reversed() { await emit(.order(OrderLine(order))) }
    case .calls:
      let calls = try await desk.reading { store in
        try await store.calls.recent(limit: Int.max)
      }
      for call in calls.reversed() { await emit(.call(CallLine(call, revealing: false))) }
    }
  }

  private func exportMessages(
    of chat: String, on desk: Desk, _ emit: @Sendable (Row) async -> Void
  ) async throws(ConsoleError) {
    let messages = try await desk.reading { store in
      try await store.messages.latest(chat, limit: Int.max)
    }
    for line in try await desk.lines(of: messages) { await emit(.message(line)) }
  }
}
