import Domain
import Phrases
import ScreenState

/// The swap ticket: fields, then the quote to look at, then what became of it.
struct TicketDialog {
  var state: TicketState
  var moment: RenderClock

  /// The width that it would like to have: a field with all its notes beside it.
  static let width = 96
  /// Where amounts begin.
  private static let labelWidth = 11
  private static let fieldWidth = 28
  /// Between two notes.
  private static let gap = "   "

  func content(width: Int, rows limit: Int) -> Canvas {
    var rows = DialogRows(width: width)
    let isSmall = limit < Self.fewRows
    rows.gap()
    switch state.stage {
    case .editing(let field):
      addFields(focus: field, isSmall: isSmall, to: &rows)
      if let reason = state.commitDisabled, state.problem == nil {
        rows.gap()
        rows.isMinor = true
        rows.text(reason, .dim)
        rows.isMinor = false
      }
    case .quoting:
      addFields(focus: nil, isSmall: isSmall, to: &rows)
      rows.gap()
      rows.line(StyledLine(Phrase.quoting.text, .dim))
    case .review: addReview(isSmall: isSmall, to: &rows)
    case .sending:
      addReview(isSmall: isSmall, to: &rows, isSending: true)
    case .finished(let status, let text, let isGood):
      rows.line(StyledLine(status, isGood ? Style.gain.strong : Style.warning.strong))
      if !text.isEmpty {
        rows.gap()
        rows.text(text)
      }
    }
    if let problem = state.problem {
      rows.gap()
      rows.text(problem, .loss)
    }
    rows.gap()
    addHints(to: &rows)
    return rows.canvas(rows: limit)
  }

  /// Below so many rows a warning comes before what was typed by oneself.
  private static let fewRows = 9

  private func addFields(
    focus: TicketState.FieldID?, isSmall: Bool, to rows: inout DialogRows
  ) {
    let isTight = isSmall && state.slippageBps > 100
    rows.isMinor = isTight && focus != .from
    add(.from, .from, focus: focus, to: &rows)
    rows.isMinor = isTight && focus != .amount
    add(.pay, .amount, focus: focus, notes: amountNotes(focus), to: &rows)
    rows.isMinor = isTight && focus != .to
    add(.to, .to, focus: focus, to: &rows)
    rows.isMinor = isTight && focus != .slippage
    add(
      .slippage, .slippage, focus: focus,
      notes: ["%"] + (focus == .slippage ? [Phrase.slippagePresets.text] : []), to: &rows)
    rows.isMinor = focus != .network && focus != .filter
    add(.network, .network, focus: focus, to: &rows)
    add(.venues, .filter, focus: focus, to: &rows)
    rows.isMinor = false
    addCaution(isSmall: isSmall, to: &rows)
  }

  /// Of what the amount is, what a part of it comes to, and how a part is written.
  private func amountNotes(_ focus: TicketState.FieldID?) -> [String] {
    let asset = state.from.text.isEmpty ? state.from.placeholder : state.from.text.uppercased()
    let held = state.available.map { "\(Amount.grouped($0)) \(asset)" }
    let part = state.part.map { part in
      Phrase.partOf.with(Amount.grouped(part), held ?? asset)
    }
    let available = part == nil ? held.map { Phrase.ofAvailable.with($0) } : nil
    let portions = focus == .amount && available != nil ? Phrase.portions.text : nil
    return [part, available, portions].compactMap(\.self)
  }

  /// What a generous slippage means.
  private func addCaution(isSmall: Bool, to rows: inout DialogRows) {
    guard state.slippageBps > 100 else { return }
    rows.text(
      "! " + (state.slippageBps > 500 ? Phrase.slippageExtreme : .slippageHigh).text,
      state.slippageBps > 500 ? Style.loss.strong : Style.warning.strong,
      column: isSmall ? 0 : Self.labelWidth)
  }

  /// A field with as many of its notes beside it as have room, the others below.
  private func add(
    _ label: Phrase, _ id: TicketState.FieldID, focus: TicketState.FieldID?,
    notes: [String] = [], to rows: inout DialogRows
  ) {
    let (field, isFocused) = (state[id], id == focus)
    let fieldWidth = max(0, min(Self.fieldWidth, rows.width - Self.labelWidth))
    let column = Self.labelWidth + fieldWidth + 1
    var beside = ""
    var below = notes
    while let note = below.first {
      let longer = beside.isEmpty ? note : beside + Self.gap + note
      guard TextWidth.columns(of: longer) <= rows.width - column else { break }
      beside = longer
      below.removeFirst()
    }
    rows.add { canvas, row in
      canvas.put(isFocused ? "▸" : " ", column: 0, row: row, style: .accent)
      canvas.put(label.text, column: 2, row: row, style: isFocused ? .bold : .dim)
      let area = Rect(column: Self.labelWidth, row: row, columns: fieldWidth, rows: 1)
      canvas.draw(in: area, FieldView(field: field, isFocused: isFocused).canvas)
      canvas.put(beside, column: column, row: row, style: .dim)
      if let focus {
        canvas.setTarget(.dialogField(id.rawValue - focus.rawValue), row: row)
      }
    }
    guard !below.isEmpty else { return }
    let isMinor = rows.isMinor
    rows.isMinor = true
    rows.text(below.joined(separator: Self.gap), .dim, column: Self.labelWidth)
    rows.isMinor = isMinor
  }

  private func addReview(
    isSmall: Bool, to rows: inout DialogRows, isSending: Bool = false
  ) {
    guard let quote = state.quote else { return }
    let (from, to) = (state.from.text.uppercased(), state.to.text.uppercased())
    let amounts = DecimalColumn(
      [state.amount.text, quote.expectedOut, quote.minimumOut], width: 26)
    let slippage =
      Phrase.slippage.text.lowercased() + " " + Phrase.percent.with(state.slippage.text)
    rows.isMinor = isSmall && (!quote.warnings.isEmpty || state.slippageBps > 100)
    add(
      .pay, amounts.text(state.amount.text), from, to: &rows,
      note: state.available.map { Phrase.ofAvailable.with(Amount.grouped($0)) } ?? "")
    add(
      .receive, sign: "≈", amounts.text(quote.expectedOut), to, to: &rows,
      note: Phrase.atPrice.with(Amount.grouped(quote.price)))
    rows.isMinor = false
    add(.atLeast, amounts.text(quote.minimumOut), to, to: &rows, note: slippage, isStrong: true)
    addCaution(isSmall: isSmall, to: &rows)
    let column = Self.labelWidth
    // Before what a small terminal leaves out.
    for warning in quote.warnings {
      rows.text("! " + warning, Style.warning.strong, column: isSmall ? 0 : column)
    }
    rows.gap()
    let route = [quote.route, quote.fee.map { Phrase.fee.with($0) }].compactMap { $0 }
    rows.isMinor = true
    rows.labelled(Phrase.route.text, route.joined(separator: "  "), column: column)
    rows.isMinor = false
    if !isSending { addValidity(of: quote, to: &rows) }
    let after = [quote.afterFrom, quote.afterTo].compactMap { $0 }
    rows.isMinor = true
    if !after.isEmpty {
      rows.labelled(Phrase.after.text, after.joined(separator: "   "), column: column)
    }
    rows.isMinor = false
    rows.gap()
    if isSending {
      rows.line(StyledLine(Phrase.sending.text, Style.accent.strong))
    } else if let reason = state.commitDisabled {
      rows.text(reason, .warning)
    } else if let question = state.question {
      rows.text(question, Style.warning.strong)
    } else {
      rows.isMinor = isSmall
      rows.line(StyledLine(Phrase.nothingIsSent.text, .dim))
      rows.isMinor = false
    }
  }

  private func add(
    _ label: Phrase, sign: String = " ", _ amount: String, _ asset: String,
    to rows: inout DialogRows, note: String, isStrong: Bool = false
  ) {
    let asset = TextWidth.fit(asset, width: 8)
    let end = Self.labelWidth + TextWidth.columns(of: amount)
    let column = max(end + 1 + TextWidth.columns(of: asset) + 2, end + 8)
    // Half a number is worse than none: it has a row of its own where there is no room.
    let isBeside = column + TextWidth.columns(of: note) <= rows.width
    rows.add { canvas, row in
      canvas.put(label.text, column: 0, row: row, style: .dim, width: Self.labelWidth - 2)
      canvas.put(sign, column: Self.labelWidth - 2, row: row, style: .dim)
      canvas.put(amount, column: Self.labelWidth, row: row, style: isStrong ? .bold : .plain)
      canvas.put(asset, column: end + 1, row: row)
      if isBeside { canvas.put(note, column: column, row: row, style: .dim) }
    }
    guard !isBeside else { return }
    let isMinor = rows.isMinor
    rows.isMinor = true
    rows.text(note, .dim, column: Self.labelWidth)
    rows.isMinor = isMinor
  }

  private func addValidity(of quote: TicketState.QuoteLines, to rows: inout DialogRows) {
    let left = secondsLeft(until: quote.validUntil, now: moment.uptime)
    let span = max(1, quote.validUntil - quote.receivedAt)
    let filled = Int(max(0, min(10, (quote.validUntil - moment.uptime) * 10 / span)))
    let style: Style = left <= 2 ? .warning : .plain
    let age = max(0, moment.uptime - quote.receivedAt) / 1000
    var line = StyledLine(Phrase.quote.text, .dim)
    line += StyledLine(String(repeating: " ", count: max(1, Self.labelWidth - line.width)))
    let rest = Phrase.goodFor.with(Phrase.seconds.with("\(left)"))
    let validity =
      StyledLine(left == 0 ? Phrase.quoteExpired.text : rest, style)
      + StyledLine(" " + String(repeating: "▓", count: filled), style)
      + StyledLine(String(repeating: "░", count: 10 - filled), .dim)
    let old = StyledLine(Phrase.quoteAge.with("\(age)") + ", ", .dim)
    if line.width + old.width + validity.width <= rows.width { line += old }
    line += validity
    guard let before = quote.before else { return rows.line(line) }
    let change = quote.change.map { "  (\($0))" } ?? ""
    let past = StyledLine(Phrase.before.with(Amount.grouped(before)) + change, .dim)
    if line.width + 2 + past.width <= rows.width {
      rows.line(line + StyledLine("  ") + past)
    } else {
      rows.line(line)
      rows.isMinor = true
      rows.line(past, column: Self.labelWidth)
      rows.isMinor = false
    }
  }

  private func addHints(to rows: inout DialogRows) {
    rows.line(BottomLine.line(state.hints, width: rows.width))
  }
}
