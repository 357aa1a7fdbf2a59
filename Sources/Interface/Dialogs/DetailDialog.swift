import Domain
import Phrases
import ScreenState

/// Everything known about one order or one call.
enum DetailDialog {
  static func order(_ order: OrderRow, width: Int, rows limit: Int, moment: RenderClock) -> Canvas {
    var rows = DialogRows(width: width)
    let column = 13
    func add(_ label: Phrase, _ text: String?, _ style: Style = .plain) {
      guard let text, !text.isEmpty else { return }
      rows.labelled(label.text, text, style, column: column)
    }
    add(.orderStatus, order.status, order.statusStyle)
    add(.orderReason, order.reason, order.isUnknown ? .warning : .plain)
    rows.gap()
    add(.orderAmount, "\(Amount.grouped(order.amount)) \(order.from) → \(order.to)")
    add(.orderExpected, order.expectedOut.map { "≈ \(Amount.grouped($0)) \(order.to)" })
    add(.atLeast, order.minimumOut.map { "\(Amount.grouped($0)) \(order.to)" })
    add(
      .orderFilled, order.filledOut.map { "\(Amount.grouped($0)) \(order.to)" },
      order.isBelowMinimum ? .loss : .gain)
    let difference = order.slippage.map {
      order.isBelowMinimum ? "\($0)  " + Phrase.orderBelow.text : $0
    }
    add(.orderSlippage, difference, order.isBelowMinimum ? .warning : .plain)
    add(.orderResult, order.result)
    rows.gap()
    add(.orderCreated, moment.full(order.createdAt))
    add(.orderUpdated, moment.full(order.updatedAt))
    add(.clientOrderId, order.id, .dim)
    add(.orderId, order.orderId, .dim)
    add(.orderTransaction, order.txHash, .dim)
    return rows.canvas(rows: limit)
  }

  static func call(_ call: CallRow, width: Int, rows limit: Int, moment: RenderClock) -> Canvas {
    var rows = DialogRows(width: width)
    let column = 13
    rows.line(
      StyledLine("☎ ", call.outcome.style) + StyledLine(call.caller, .bold)
        + StyledLine(" · " + (call.isVideo ? Phrase.video.text : Phrase.audio.text), .dim)
        + StyledLine(call.isOutgoing ? " · " + Phrase.callOutgoing.text : "", .dim))
    rows.gap()
    if let group = call.group { rows.labelled(Phrase.callGroup.text, group, column: column) }
    rows.labelled(Phrase.callWhen.text, moment.full(call.at) ?? "", column: column)
    rows.labelled(
      Phrase.callState.text, call.outcomeText, call.outcome.style, column: column)
    if let talk = call.talk {
      rows.labelled(Phrase.callTalk.text, stopwatchText(milliseconds: talk), column: column)
    }
    let servers = [(Phrase.callSignaling, call.signaling), (.callStun, call.stun)]
    for case (let label, let text?) in servers {
      rows.labelled(label.text, text, column: column)
    }
    for (index, turn) in call.turn.enumerated() {
      rows.labelled(index == 0 ? Phrase.callTurn.text : "", turn, column: column)
    }
    return rows.canvas(rows: limit)
  }
}

extension RenderClock {
  /// `2026-11-21 12:44:07`; nil for a time that is not known.
  func full(_ milliseconds: Int64) -> String? {
    guard milliseconds > 0 else { return nil }
    let time = time(milliseconds)
    return "\(time.date) \(time.clockWithSeconds)"
  }
}
