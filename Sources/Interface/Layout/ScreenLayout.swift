import Phrases
import ScreenState

/// The whole screen: a function of the state and the terminal's size.
package struct ScreenLayout: Sendable {
  /// From this width on everything is seen at once, below it one view at a time.
  static let wideColumns = 110
  static let smallest = Size(columns: 40, rows: 10)
  /// Columns that something to choose would like to have.
  static let questionWidth = 60

  let state: ScreenState
  let moment: RenderClock

  /// - Parameter state: what there is to show; its `now` is the time of the picture.
  package init(_ state: ScreenState) {
    self.state = state
    moment = RenderClock(now: state.now, uptime: state.uptime, zone: state.zone)
  }

  /// The picture for a terminal of this size, and how long it stays true by itself.
  package func frame(_ size: Size) -> Frame {
    Frame(canvas: canvas(size), nextChange: nextChange)
  }

  /// What of the picture is out of sight on a terminal of this size.
  package func sight(_ size: Size) -> ScrollLimits {
    ScrollLimits(
      helpEnd: helpEnd(size), page: place(size), hasUnreadBelow: hasUnreadOutOfSight(size))
  }

  /// How far the help can be scrolled on a terminal of this size.
  private func helpEnd(_ size: Size) -> Int {
    guard case .help(let help) = state.dialog else { return .max }
    let banner = state.ring == nil ? 0 : CallBanner.rows
    // Without the two lines and their rules, and the frame.
    return HelpOverlay(state: help).end(rows: size.rows - banner - 6)
  }

  /// What is in sight of a page that takes the whole screen, on a terminal of this size.
  func place(_ size: Size) -> PagePlace {
    let banner = state.ring == nil ? 0 : CallBanner.rows
    let size = Size(columns: size.columns, rows: size.rows - banner)
    switch state.dialog {
    case .wizard(let wizard): return WizardScreen(state: wizard).place(size)
    case .identity(let identity):
      guard let code = identity.code else { return PagePlace() }
      return CodeScreen(code: code, hints: [], scroll: identity.scroll).place(size)
    case .choice(let choice) where choice.isQuestion:
      // Without the two lines and their rules, and the frame.
      let rows = size.rows - 6
      let width = DialogFrame.contentWidth(Self.questionWidth, in: Rect(size))
      return QuestionDialog(state: choice).place(Size(columns: width, rows: rows))
    default: return PagePlace()
    }
  }

  /// The picture for a terminal of this size.
  package func canvas(_ size: Size) -> Canvas {
    var canvas = Canvas(size)
    guard size.columns >= Self.smallest.columns, size.rows >= Self.smallest.rows else {
      let words = Phrase.terminalTooSmall.with("\(size.columns)", "\(size.rows)")
      canvas.paragraph(words, row: 0, indent: 0)
      drawMode(in: &canvas)
      return canvas
    }
    var area = Rect(size)
    if let ring = state.ring {
      canvas.draw(CallBanner(state: ring, moment: moment), in: area.takeTop(CallBanner.rows))
    }
    if case .identity(let identity) = state.dialog, let code = identity.code {
      let screen = CodeScreen(
        code: code, hints: identity.hints, reserved: modeColumns, scroll: identity.scroll)
      canvas.draw(screen, in: area)
      drawMode(in: &canvas)
      return canvas
    }
    if case .wizard(let wizard) = state.dialog {
      canvas.draw(WizardScreen(state: wizard, reserved: modeColumns), in: area)
      drawMode(in: &canvas)
      drawToast(above: area.row + area.rows - 2, in: &canvas)
      return canvas
    }
    let isWide = size.columns >= Self.wideColumns
    var bar = StatusBar(state: state.status, moment: moment)
    if !isWide { bar.tabs = tabs }
    canvas.draw(in: area.takeTop(1), bar.canvas)
    canvas.draw(
      in: area.takeBottom(1),
      BottomLine(hints: hints, attention: state.attention).canvas)
    let (top, bottom) = (area.takeTop(1).row, area.takeBottom(1).row)
    canvas.horizontalRule(row: top)
    canvas.horizontalRule(row: bottom)
    if isWide {
      drawColumns(in: area, of: &canvas)
    } else {
      drawView(in: area, of: &canvas)
    }
    drawDialog(in: area, of: &canvas)
    drawToast(above: bottom, in: &canvas)
    return canvas
  }

  /// What money is at stake, where the status bar does not say it.
  private func drawMode(in canvas: inout Canvas) {
    canvas.put(
      modeMark, column: max(0, canvas.size.columns - modeMark.width - 1),
      row: canvas.size.rows - 1)
  }

  private var modeMark: StyledLine { state.status.mode.mark(isHalted: state.status.isHalted) }

  /// Columns that this takes, with space before it.
  private var modeColumns: Int { modeMark.width + 2 }

  /// A dialog with fields or choices shows its keys itself, beside what they do.
  private var hints: [Hint] {
    switch state.dialog {
    case .ticket, .form, .identity, .group, .choice, .line, .devices, .search, .palette: []
    case .wizard, .help, .order, .call, nil: state.hints
    }
  }

  // MARK: All at once

  private func drawColumns(in area: Rect, of canvas: inout Canvas) {
    var middle = area
    let left = middle.takeLeft(Self.leftColumns(of: area.columns))
    let right = middle.takeRight(Self.rightColumns(of: area.columns))
    let leftRule = middle.takeLeft(1).column
    let rightRule = middle.takeRight(1).column
    for column in [leftRule, rightRule] {
      canvas.verticalRule(column: column, from: area.row - 1, to: area.row + area.rows)
    }
    canvas.draw(chats, in: left)
    canvas.draw(conversation, in: middle)
    if state.focus == .chats { markFocus(above: left, in: &canvas) }
    if state.focus == .conversation { markFocus(above: middle, in: &canvas) }
    drawDesk(in: right, rule: rightRule, of: &canvas)
  }

  static func leftColumns(of columns: Int) -> Int { max(24, min(40, columns * 7 / 30)) }
  static func rightColumns(of columns: Int) -> Int { max(32, min(48, columns * 3 / 10)) }

  /// Balances, orders and calls below each other, each as high as its content if that is possible.
  private func drawDesk(in area: Rect, rule: Int?, of canvas: inout Canvas) {
    var rest = area
    let isWide = rule != nil
    let calls =
      isWide
      ? min(Self.rows(state.calls.rows.count, state.calls.freshness), area.rows / 4) + 1 : 0
    let worth = state.balances.worth == nil ? 0 : 1
    let balances = min(
      Self.rows(state.balances.rows.count + worth, state.balances.freshness),
      (area.rows - calls) / 2)
    let places = (balances: rest.takeTop(balances), rule: rest.takeTop(1).row)
    canvas.draw(self.balances, in: places.balances)
    drawRule(row: places.rule, rule: rule, in: area, of: &canvas)
    if state.focus == .balances { markFocus(above: places.balances, in: &canvas) }
    let orders =
      isWide
      ? min(Self.rows(state.orders.rows.count, state.orders.freshness), rest.rows - calls)
      : rest.rows
    let place = rest.takeTop(orders)
    canvas.draw(self.orders, in: place)
    if state.focus == .orders { markFocus(above: place, in: &canvas) }
    guard isWide else { return }
    drawRule(row: rest.takeTop(1).row, rule: rule, in: area, of: &canvas)
    canvas.draw(self.calls, in: rest)
    if state.focus == .calls { markFocus(above: rest, in: &canvas) }
  }

  /// The rule above the pane that has the keys is thick and bright, so that one sees where letters go;
  /// a dialog has them itself.
  private func markFocus(above pane: Rect, in canvas: inout Canvas) {
    guard state.dialog == nil else { return }
    let row = pane.row - 1
    for column in pane.column..<pane.column + pane.columns where canvas[column, row].isRule {
      canvas.put("━", column: column, row: row, style: .accent)
    }
  }

  /// Rows a pane wishes: its heading, its content, and why that failed.
  private static func rows(_ count: Int, _ freshness: Freshness) -> Int {
    if case .failed = freshness { 3 + count } else { 1 + max(2, count) }
  }

  private func drawRule(row: Int, rule: Int?, in area: Rect, of canvas: inout Canvas) {
    canvas.horizontalRule(row: row, from: rule ?? area.column, to: area.column + area.columns - 1)
  }

  // MARK: One view at a time

  private var tabs: [StatusBar.Tab] {
    let missed = state.calls.rows.count { $0.outcome == .missed }
    let unknown = state.orders.rows.count { $0.isUnknown }
    let chat = state.conversation?.title ?? "–"
    let current = Self.view(of: state.focus)
    return [
      (Phrase.viewChats.text, state.chats.unread), (chat, 0), (Phrase.viewDesk.text, unknown),
      (Phrase.viewCalls.text, missed),
    ].enumerated().map { index, tab in
      StatusBar.Tab(
        number: index + 1, title: tab.0, count: tab.1, isCurrent: index + 1 == current)
    }
  }

  /// The number of the view that a pane is part of, which is also its key.
  private static func view(of pane: PaneID) -> Int {
    switch pane {
    case .chats: 1
    case .conversation: 2
    case .balances, .orders: 3
    case .calls: 4
    }
  }

  private func drawView(in area: Rect, of canvas: inout Canvas) {
    switch state.focus {
    case .chats: canvas.draw(chats, in: area)
    case .conversation: canvas.draw(conversation, in: area)
    case .balances, .orders: drawDesk(in: area, rule: nil, of: &canvas)
    case .calls: canvas.draw(calls, in: area)
    }
  }

  // MARK: Panes

  private var chats: ChatListPane {
    ChatListPane(state: state.chats, moment: moment, isFocused: state.focus == .chats)
  }

  var conversation: ConversationPane {
    ConversationPane(
      state: state.conversation, moment: moment, isFocused: state.focus == .conversation)
  }

  private var balances: BalancesPane {
    BalancesPane(state: state.balances, moment: moment, isFocused: state.focus == .balances)
  }

  private var orders: OrdersPane {
    OrdersPane(state: state.orders, moment: moment, isFocused: state.focus == .orders)
  }

  private var calls: CallsPane {
    CallsPane(state: state.calls, moment: moment, isFocused: state.focus == .calls)
  }

  // MARK: Over the panes

  private func drawToast(above row: Int, in canvas: inout Canvas) {
    let lines = Toast(notices: state.notices).lines(width: canvas.size.columns)
    for (index, line) in lines.enumerated() {
      let row = row - lines.count + index
      canvas.fill(Rect(column: 0, row: row, columns: canvas.size.columns, rows: 1))
      canvas.put(line, column: 0, row: row, width: canvas.size.columns)
    }
  }

  /// What lies under a dialog steps back: dim where there is much of it, else out of sight.
  func clear(_ area: Rect, of canvas: inout Canvas) {
    canvas.cursor = nil
    if canvas.size.columns >= Self.wideColumns {
      canvas.restyle(area) { _ in .dim }
    } else {
      canvas.fill(area)
    }
  }
}

extension ScreenLayout {
  /// How long the picture of this state stays true by itself: until a countdown, an age or the
  /// clock shows another number, or something is taken back.
  ///
  /// What moves by the second makes it a second; otherwise nothing changes before the minute does,
  /// and an idle console sleeps until then.
  package var nextChange: Duration {
    let step: Int64 = isCounting ? 1000 : 60_000
    let aging = step - (state.now % step + step) % step
    let expiry = state.nextExpiry.map { max(1, $0 - state.uptime) }
    return .milliseconds(min(aging, expiry ?? aging))
  }

  /// Something on the screen changes every second.
  private var isCounting: Bool {
    if state.ring != nil { return true }
    switch state.dialog {
    case .ticket(let ticket):
      if case .review = ticket.stage { return true }
    case .wizard: return false
    default: break
    }
    let isWaiting = state.status.entries.contains { entry in
      if case .waiting = entry.state { true } else { false }
    }
    let hasYoungOrder = state.orders.rows.contains {
      $0.isOpen && $0.filledOut == nil && state.now - $0.createdAt < 60_000
    }
    return isWaiting || hasYoungOrder || state.balances.isAging(at: state.now)
  }
}

extension ScreenLayout {
  /// Whether a terminal of this size has no room for all unread messages of the conversation, which
  /// then begins with the first one.
  func hasUnreadOutOfSight(_ size: Size) -> Bool {
    guard let chat = state.conversation, chat.top != nil, chat.selection == nil,
      size.columns >= Self.smallest.columns, size.rows >= Self.smallest.rows
    else { return false }
    var columns = size.columns
    if columns >= Self.wideColumns {
      columns -= Self.leftColumns(of: size.columns) + Self.rightColumns(of: size.columns) + 2
    }
    let banner = state.ring == nil ? 0 : CallBanner.rows
    // Without the first and last line and their rules.
    return conversation.linesBelow(Size(columns: columns, rows: size.rows - banner - 4)) > 0
  }
}
