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
  private let language = Vocabulary.language

  /// - Parameter state: what there is to show; its `now` is the time of the picture.
  package init(_ state: ScreenState) {
    self.state = state
    moment = RenderClock(
      now: state.now, uptime: state.uptime, zone: state.zone,
      step: state.isCounting ? RenderClock.second : RenderClock.minute)
  }

  /// The picture for a terminal of this size, and how long it stays true by itself.
  ///
  /// - Parameter before: the one that was drawn last, of whose panes those are taken that show the same.
  package func frame(_ size: Size, after before: Frame? = nil) -> Frame {
    let painting = painting(size, after: before)
    return Frame(
      canvas: painting.canvas, nextChange: nextChange, sight: sight(size, of: painting),
      language: language, parts: painting.parts, changed: painting.changed)
  }

  /// The picture for a terminal of this size.
  package func canvas(_ size: Size) -> Canvas { painting(size, after: nil).canvas }

  /// What of the picture is out of sight on a terminal of this size.
  private func sight(_ size: Size, of painting: Painting) -> ScrollLimits {
    let begins = state.conversation.map { $0.top != nil && $0.selection == nil } ?? false
    let below = painting.parts[.pane(.conversation)]?.below
    return ScrollLimits(
      helpEnd: helpEnd(size), page: place(size), hasUnreadBelow: begins && below ?? 0 > 0,
      isEndInSight: below == 0 && state.dialog == nil)
  }

  /// How far the help can be scrolled on a terminal of this size.
  private func helpEnd(_ size: Size) -> Int {
    guard case .help(let help) = state.dialog else { return .max }
    let banner = state.ring == nil ? 0 : CallBanner.rows
    // Without the two lines and their rules, and the frame.
    let rows = size.rows - banner - 6 - taken(of: size)
    let width = DialogFrame.contentWidth(HelpOverlay.width, in: Rect(size))
    return HelpOverlay(state: help).end(width: width, rows: rows)
  }

  /// Rows that a notice takes of the panes: all but the one that stands in the rule's place.
  private func taken(of size: Size) -> Int { max(0, notice(on: size).rows - 1) }

  private func notice(on size: Size) -> NoticeBar {
    NoticeBar(notices: state.notices, size: size)
  }

  /// What is in sight of a page that takes the whole screen, on a terminal of this size.
  func place(_ size: Size) -> PagePlace {
    let banner = state.ring == nil ? 0 : CallBanner.rows
    let taken = self.taken(of: size)
    let size = Size(columns: size.columns, rows: size.rows - banner - taken)
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

  private func painting(_ size: Size, after before: Frame?) -> Painting {
    // In another language everything is worded anew, though it shows the same.
    let isSame = before?.language == language
    var painting = Painting(size, after: isSame ? before?.parts ?? [:] : [:])
    paint(size, &painting)
    return painting
  }

  private func paint(_ size: Size, _ painting: inout Painting) {
    guard size.columns >= Self.smallest.columns, size.rows >= Self.smallest.rows else {
      let words = Phrase.terminalTooSmall.with("\(size.columns)", "\(size.rows)")
      painting.canvas.paragraph(words, row: 0, indent: 0)
      return drawMode(in: &painting.canvas)
    }
    var area = Rect(size)
    if let ring = state.ring {
      painting.draw(
        CallBanner(state: ring, moment: moment), .banner, in: area.takeTop(CallBanner.rows))
    }
    if case .identity(let identity) = state.dialog, let code = identity.code {
      let screen = CodeScreen(
        code: code, hints: identity.hints, reserved: modeColumns, scroll: identity.scroll)
      painting.canvas.draw(in: area, screen.canvas)
      return drawMode(in: &painting.canvas)
    }
    let taken = self.taken(of: size)
    if case .wizard(let wizard) = state.dialog {
      let foot = Rect(
        column: 0, row: size.rows - 2 - taken, columns: size.columns, rows: taken + 1)
      area.rows -= taken
      let screen = WizardScreen(state: wizard, reserved: modeColumns)
      painting.canvas.draw(in: area, screen.canvas)
      if taken > 0 { painting.canvas.draw(screen.foot(size), column: 0, row: size.rows - 1) }
      drawMode(in: &painting.canvas)
      return notice(on: size).draw(in: foot, of: &painting.canvas)
    }
    let isWide = size.columns >= Self.wideColumns
    var bar = StatusBar(state: state.status, moment: moment)
    if !isWide { bar.tabs = tabs }
    painting.draw(bar, .status, in: area.takeTop(1))
    painting.draw(
      BottomLine(hints: hints, attention: state.attention), .foot, in: area.takeBottom(1))
    let foot = area.takeBottom(1 + taken)
    painting.canvas.horizontalRule(row: area.takeTop(1).row)
    painting.canvas.horizontalRule(row: foot.row)
    if isWide {
      drawColumns(in: area, of: &painting)
    } else {
      drawView(in: area, of: &painting)
    }
    drawDialog(in: area, of: &painting.canvas)
    notice(on: size).draw(in: foot, of: &painting.canvas)
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

  /// A dialog with fields or choices shows its keys itself, beside what they do; below it stands the way
  /// to the help alone.
  private var hints: [Hint] {
    switch state.dialog {
    case .ticket, .form, .identity, .group, .choice, .line, .devices, .search, .palette,
      .settings, .people, .picture, .chart:
      state.hints.filter(\.isLasting)
    case .wizard, .help, .order, .call, nil: state.hints
    }
  }

  // MARK: All at once

  private func drawColumns(in area: Rect, of painting: inout Painting) {
    var middle = area
    let left = middle.takeLeft(Self.leftColumns(of: area.columns))
    let right = middle.takeRight(Self.rightColumns(of: area.columns))
    let leftRule = middle.takeLeft(1).column
    let rightRule = middle.takeRight(1).column
    for column in [leftRule, rightRule] {
      painting.canvas.verticalRule(
        column: column, from: area.row - 1, to: area.row + area.rows)
    }
    painting.draw(chats, .pane(.chats), in: left)
    painting.draw(conversation, .pane(.conversation), in: middle)
    if state.focus == .chats { markFocus(above: left, in: &painting.canvas) }
    if state.focus == .conversation { markFocus(above: middle, in: &painting.canvas) }
    drawDesk(in: right, rule: rightRule, of: &painting)
  }

  static func leftColumns(of columns: Int) -> Int { max(24, min(56, columns * 7 / 30)) }

  /// Of what is more than a conversation needs to be read well, the desk gets a third.
  static func rightColumns(of columns: Int) -> Int {
    max(32, min(80, columns * 3 / 10 + max(0, columns - 120) / 20))
  }

  /// Balances, orders and calls below each other, each as high as its content if that is possible.
  private func drawDesk(in area: Rect, rule: Int?, of painting: inout Painting) {
    var rest = area
    let isWide = rule != nil
    let calls =
      isWide
      ? min(Self.rows(state.calls.rows.total, state.calls.freshness), area.rows / 4) + 1 : 0
    let worth = state.balances.worth == nil ? 0 : 1
    let balances = min(
      Self.rows(state.balances.rows.count + worth, state.balances.freshness),
      (area.rows - calls) / 2)
    let places = (balances: rest.takeTop(balances), rule: rest.takeTop(1).row)
    painting.draw(self.balances, .pane(.balances), in: places.balances)
    drawRule(row: places.rule, rule: rule, in: area, of: &painting.canvas)
    if state.focus == .balances { markFocus(above: places.balances, in: &painting.canvas) }
    let orders =
      isWide
      ? min(Self.rows(state.orders.rows.total, state.orders.freshness), rest.rows - calls)
      : rest.rows
    let place = rest.takeTop(orders)
    painting.draw(self.orders, .pane(.orders), in: place)
    if state.focus == .orders { markFocus(above: place, in: &painting.canvas) }
    guard isWide else { return }
    drawRule(row: rest.takeTop(1).row, rule: rule, in: area, of: &painting.canvas)
    painting.draw(self.calls, .pane(.calls), in: rest)
    if state.focus == .calls { markFocus(above: rest, in: &painting.canvas) }
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
    let chat = state.conversation?.title ?? "–"
    let current = Self.view(of: state.focus)
    return [
      (Phrase.viewChats.text, PaneID.chats, state.chats.unread), (chat, .conversation, 0),
      (Phrase.viewDesk.text, .balances, state.orders.unknown),
      (Phrase.viewCalls.text, .calls, state.calls.missed),
    ].enumerated().map { index, tab in
      StatusBar.Tab(
        number: index + 1, title: tab.0, pane: tab.1, count: tab.2,
        isCurrent: index + 1 == current)
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

  private func drawView(in area: Rect, of painting: inout Painting) {
    switch state.focus {
    case .chats: painting.draw(chats, .pane(.chats), in: area)
    case .conversation: painting.draw(conversation, .pane(.conversation), in: area)
    case .balances, .orders: drawDesk(in: area, rule: nil, of: &painting)
    case .calls: painting.draw(calls, .pane(.calls), in: area)
    }
  }

  // MARK: Panes

  private var chats: ChatListPane {
    ChatListPane(state: state.chats, moment: moment.byMinute, isFocused: state.focus == .chats)
  }

  var conversation: ConversationPane {
    ConversationPane(
      state: state.conversation, moment: moment.byMinute, isFocused: state.focus == .conversation)
  }

  private var balances: BalancesPane {
    BalancesPane(state: state.balances, moment: moment, isFocused: state.focus == .balances)
  }

  private var orders: OrdersPane {
    OrdersPane(state: state.orders, moment: moment, isFocused: state.focus == .orders)
  }

  private var calls: CallsPane {
    CallsPane(state: state.calls, moment: moment.byMinute, isFocused: state.focus == .calls)
  }

  // MARK: Over the panes

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
    let step = moment.step
    let aging = step - (state.now % step + step) % step
    let expiry = state.nextExpiry.map { max(1, $0 - state.uptime) }
    return .milliseconds(min(aging, expiry ?? aging))
  }
}

extension ScreenState {
  /// Something on the screen changes every second.
  fileprivate var isCounting: Bool {
    if ring != nil { return true }
    switch dialog {
    case .ticket(let ticket):
      if case .review = ticket.stage { return true }
    case .wizard: return false
    default: break
    }
    let isWaiting = status.entries.contains { entry in
      if case .waiting = entry.state { true } else { false }
    }
    let hasYoungOrder =
      orders.open > 0
      && orders.rows.contains {
        $0.isOpen && $0.filledOut == nil && now - $0.createdAt < 60_000
      }
    return isWaiting || hasYoungOrder || balances.isAging(at: now)
  }
}

/// A picture, and when it has to be drawn anew though nothing happens.
package struct Frame: Sendable {
  package let canvas: Canvas
  /// How long until something in it changes by mere passing of time, as a countdown does; nil for
  /// never.
  package let nextChange: Duration?
  /// What of it is out of sight.
  package let sight: ScrollLimits
  /// What its cells belong to, for the mouse.
  var targets: [TargetArea] { canvas.targets }
  /// In which it is worded.
  let language: String
  /// The panes in it, for the next picture.
  let parts: [Painting.Place: Painting.Part]
  /// Those of them that were drawn anew.
  let changed: Set<Painting.Place>

  /// The same picture, which stays until something is told.
  package var held: Frame {
    Frame(
      canvas: canvas, nextChange: nil, sight: sight, language: language, parts: parts, changed: [])
  }
}
