import Domain
import Storage

/// Everything of one kind that is stored, oldest first, for a spreadsheet or another program.
///
/// Reads the store alone: it works offline and signed out.
package struct ExportRows: TradingRequest {
  package static let timeoutRule: TimeoutRule = .eachLine

  /// What there is to export, by its word on the command line.
  package enum Kind: String, Codable, Sendable, CaseIterable {
    /// Each has its own columns.
    case messages, orders, calls
  }

  /// A row in the form of its command's JSON line.
  package enum Row: Codable, Sendable {
    /// Of `messages`.
    case message(MessageOutput)
    /// Of `orders`.
    case order(OrderOutput)
    /// Of `calls`, without its secrets.
    case call(CallOutput)
  }

  package var kind: Kind

  /// Everything of this kind.
  package init(kind: Kind) { self.kind = kind }

  /// Emits each stored row, oldest first; messages chat by chat.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (Row) async -> Void
  ) async throws(UserError) {
    switch kind {
    case .messages:
      for chat in try await hub.withStore({ store in try await store.chats.all() }) {
        try await exportMessages(of: chat.chat, on: hub, emit)
      }
    case .orders:
      let orders = try await hub.withLedger { store in
        try await store.orders.recent(limit: Int.max)
      }
      for order in orders.reversed() { await emit(.order(OrderOutput(order))) }
    case .calls:
      let calls = try await hub.withStore { store in
        try await store.calls.recent(limit: Int.max)
      }
      for call in calls.reversed() { await emit(.call(CallOutput(call, revealing: false))) }
    }
  }

  private func exportMessages(
    of chat: ChatID, on hub: AccountHub, _ emit: @Sendable (Row) async -> Void
  ) async throws(UserError) {
    let messages = try await hub.withStore { store in
      try await store.messages.latest(chat, limit: Int.max)
    }
    for line in try await hub.lines(of: messages) { await emit(.message(line)) }
  }
}
