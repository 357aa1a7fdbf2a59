import Cryptography
import Domain
import Storage

// Stored records and protocol values in the form that commands print.

extension ChatOutput {
  init(_ chat: ChatRecord) {
    self.init(
      chat: chat.chat, service: chat.service, title: chat.shownTitle, kind: chat.kind.rawValue,
      unread: chat.unread, muted: chat.muted, lastMessageAt: chat.lastMessageAt,
      lastMessage: chat.lastMessage?.line)
  }
}

extension MessageOutput {
  package init(_ message: MessageRecord) {
    self.init(
      chat: message.chat, id: message.lastingId, from: message.senderName ?? message.senderId,
      at: message.at, text: message.shownText, status: message.status.rawValue,
      replyTo: message.replyTo,
      attachments: message.attachments.map {
        Attachment(name: $0.scriptName, type: $0.type, bytes: $0.bytes, path: $0.path)
      }, edited: message.edited,
      reactions: (message.reactions ?? []).map {
        Reaction(emoji: $0.emoji, count: $0.count, own: $0.own)
      })
  }
}

extension CallOutput {
  package init(_ call: CallRecord, revealing: Bool) {
    self.init(
      event: call.state == .ringing ? "incoming" : call.state.rawValue,
      conversationId: call.conversationId, callerId: call.callerId, caller: call.callerName,
      callee: call.calleeId.map { call.calleeName ?? $0 }, durationMs: call.duration,
      kind: call.kind.rawValue, at: call.at, signaling: call.signaling, stun: call.stun,
      turn: call.turn, turnUser: call.turnUser, group: call.groupName,
      token: revealing ? call.token : nil,
      turnPassword: revealing ? call.turnPassword : nil)
  }
}

extension BalanceOutput {
  package init(_ balance: BalanceRecord) {
    self.init(
      asset: balance.asset, total: balance.total, locked: balance.locked,
      available: balance.available, at: balance.at,
      unreadable: balance.isUnreadable ? true : nil)
  }
}

extension QuoteOutput {
  package init(_ quote: Quote) {
    self.init(
      from: quote.request.from, to: quote.request.to, amount: quote.request.amount.text,
      expectedOut: quote.expectedOut.text, price: quote.price?.text, fee: quote.fee?.text,
      expiresAt: quote.expiresAt,
      route: quote.route.map {
        Step(
          from: $0.fromAsset ?? "", to: $0.toAsset ?? "", amountIn: $0.amountIn?.text,
          amountOut: $0.amountOut?.text, venue: $0.place)
      }, warnings: quote.doubts)
  }
}

extension Quote {
  /// What a person should know of its numbers. Its time is not among that: a command acts at once.
  fileprivate var doubts: [String]? {
    let doubts = warnings.filter { ![.noValidity, .expiryInSeconds].contains($0) }
    return doubts.isEmpty ? nil : doubts.map(\.message)
  }
}

extension OrderOutput {
  package init(_ order: OrderRecord) {
    self.init(
      clientOrderId: order.clientOrderId, orderId: order.orderId, status: order.status.text,
      from: order.from, to: order.to, amount: order.amount, filledOut: order.filledOut,
      txHash: order.txHash, updatedAt: order.updatedAt, at: order.createdAt,
      expectedOut: order.expectedOut, minimumOut: order.minimumOut?.plainText,
      reason: order.reason)
  }
}

extension SwapOutput {
  /// The output for a swap that was sent by somebody who can no longer be asked.
  package static func unknown(_ clientOrderId: String) -> SwapOutput {
    SwapOutput(
      clientOrderId: clientOrderId, orderId: nil, status: OrderStatus.unknown.text, filledOut: nil,
      txHash: nil)
  }

  package init(_ order: OrderRecord) {
    self.init(
      clientOrderId: order.clientOrderId, orderId: order.orderId, status: order.status.text,
      filledOut: order.filledOut, txHash: order.txHash)
  }

  /// What is known of a swap whose row cannot be read.
  package init(_ id: ClientOrderID, _ outcome: SwapOutcome<UserError>) {
    let (orderId, status): (String?, OrderStatus) =
      switch outcome {
      case .accepted(let orderId, let status): (orderId, status)
      case .rejected: (nil, .rejected)
      case .notSent: (nil, .notSent)
      case .unknown: (nil, .unknown)
      }
    self.init(
      clientOrderId: id.text, orderId: orderId, status: status.text, filledOut: nil, txHash: nil)
  }
}
