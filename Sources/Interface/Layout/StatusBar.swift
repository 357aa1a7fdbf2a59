import Domain
import Phrases
import ScreenState

/// The first line: an indicator for each service, which world this is, and the time.
struct StatusBar: Pane {
  var state: StatusState
  var moment: RenderClock
  /// The views to choose from, where they are shown one at a time.
  var tabs: [Tab] = []

  struct Tab: Equatable {
    var number: Int
    var title: String
    /// What gets the keys there.
    var pane: PaneID
    /// What waits there, if anything.
    var count: Int
    var isCurrent: Bool
  }

  func canvas(_ size: Size) -> Canvas {
    var canvas = Canvas(size)
    let clock = StyledLine("  \(moment.today.clock) ", .plain)
    let name = StyledLine(" tercet", .bold) + StyledLine("  ")
    guard !tabs.isEmpty else {
      let right = state.mode.mark(isHalted: state.isHalted) + clock
      canvas.put(right, column: size.columns - right.width, row: 0)
      let room = size.columns - right.width - 2
      var left = ClickableLine(name)
      left.append(fitting(room - name.width, Detail.allCases.lazy.map(indicators)))
      canvas.put(left, column: 0, row: 0, width: room)
      return canvas
    }
    // On a narrow screen the program's name goes first, then how far the market is, the clock, and
    // the indicators; the tabs' numbers are keys, and what money is at stake is always said.
    let blank = StyledLine(" ")
    let steps = [
      (name, indicators(.sign), clock), (blank, indicators(.sign), clock),
      (blank, indicators(.mark), clock),
      (blank, indicators(.mark), blank), (blank, ClickableLine(), blank),
    ]
    for (index, (name, signs, clock)) in steps.enumerated() {
      let right = state.mode.mark(isHalted: state.isHalted) + clock
      let signColumn = size.columns - right.width - 2 - signs.width
      let room = signColumn - name.width - 1
      guard index == steps.count - 1 || tabLine(4).width <= room else { continue }
      canvas.put(right, column: size.columns - right.width, row: 0)
      canvas.put(signs, column: signColumn, row: 0)
      var tabs = ClickableLine(name)
      tabs.append(fitting(room, (0...4).lazy.map(tabLine)))
      canvas.put(tabs, column: 0, row: 0, width: signColumn)
      break
    }
    return canvas
  }

  /// The first of some lines that fits, or the last.
  private func fitting(
    _ width: Int, _ lines: some BidirectionalCollection<ClickableLine>
  ) -> ClickableLine {
    lines.first { $0.width <= width } ?? lines.last ?? ClickableLine()
  }

  /// Titles are cut more with each step of narrowness; the numbers, which are keys, stay.
  private func tabLine(_ narrowness: Int) -> ClickableLine {
    let width = [16, 10, 6, 6, 0][narrowness]
    var line = ClickableLine()
    for tab in tabs {
      let isWaiting = tab.count > 0 && narrowness >= 3
      let style: Style =
        tab.isCurrent
        ? Style(.accent, bold: true, underlined: true) : isWaiting ? Style.accent.strong : .plain
      if !line.isEmpty { line.append(StyledLine(narrowness < 2 ? "  " : " ")) }
      var words = StyledLine("\(tab.number)", tab.isCurrent ? style : .dim)
      if width > 0 { words += StyledLine(" " + TextWidth.fit(tab.title, width: width), style) }
      if tab.count > 0, narrowness < 3 { words += StyledLine(" \(tab.count)", Style.accent.strong) }
      line.append(words, .view(tab.pane))
    }
    return line
  }

  /// How much is said of each service.
  private enum Detail: Int, CaseIterable {
    case meter, everything, noSkew, noAccount, state, sign, mark
  }

  private func indicators(_ detail: Detail) -> ClickableLine {
    var line = ClickableLine()
    for entry in state.entries {
      if !line.isEmpty {
        line.append(StyledLine(detail.rawValue >= Detail.sign.rawValue ? " " : "   "))
      }
      line.append(indicator(entry, detail), .lamp(entry.service))
    }
    return line
  }

  /// The letter of a service; its capitals where another service has the same letter.
  private func sign(of service: Service) -> String {
    let others = state.entries.filter { $0.service != service }.map(\.service)
    guard state.markets.contains(service), others.contains(where: { $0.letter == service.letter })
    else { return service.letter }
    return service.title.filter(\.isUppercase)
  }

  /// How long ago the round trip was measured, once that says more about then than about now.
  private func age(of entry: ConnectionStatus) -> String? {
    guard let measured = entry.measuredAt, moment.now - measured >= Self.freshTime else {
      return nil
    }
    return moment.age(measured)
  }

  /// Lines are measured at least twice a minute where they are measured at all.
  private static let freshTime: Int64 = 120_000

  /// `38ms`: where every column counts, without the space.
  private func shortMilliseconds(_ time: Int64) -> String {
    Phrase.milliseconds.with("\(time)").replacing(" ", with: "")
  }

  private func indicator(_ entry: ConnectionStatus, _ detail: Detail) -> StyledLine {
    let name = entry.service.title
    let isMarket = state.markets.contains(entry.service)
    if detail == .mark {
      return StyledLine(sign(of: entry.service)) + entry.state.sign
    }
    if detail == .sign {
      // Messengers by the letters that mark their chats; the market also by how far away it is.
      let sign = StyledLine(sign(of: entry.service)) + entry.state.sign
      guard isMarket else { return sign }
      let isOld = age(of: entry) != nil
      return sign
        + StyledLine(isOld ? "" : entry.roundTrip.map(shortMilliseconds) ?? "", .dim)
    }
    var line = StyledLine(name + " ") + entry.state.sign
    let isFull = detail.rawValue <= Detail.everything.rawValue
    if case .stopped(let error) = entry.state, isFull {
      return line + StyledLine(" " + TextWidth.fit(error.message, width: 40), .loss)
    }
    if let words = entry.state.words(uptime: moment.uptime) {
      return line + StyledLine(" " + words, entry.state.style)
    }
    if let account = entry.account, detail.rawValue < Detail.noAccount.rawValue {
      line += StyledLine(" " + TextWidth.fit(account, width: 18))
    }
    if let roundTrip = entry.roundTrip, detail != .state {
      let age = age(of: entry).map { " " + Phrase.ago.with($0) } ?? ""
      line += StyledLine(" \(Phrase.milliseconds.with("\(roundTrip)"))\(age)", .dim)
    }
    if let meter = entry.meter, detail == .meter { line += StyledLine("  " + meter.text, .dim) }
    // A messenger's is measured at its login alone, and matters to nothing that is signed.
    let leastSkew: Int64 = isMarket ? 100 : 5000
    if let skew = entry.skew, isFull, abs(skew) >= leastSkew {
      let text = "\(skew < 0 ? "−" : "")\(spanText(milliseconds: abs(skew)))"
      line += StyledLine("  " + Phrase.skew.with(text), abs(skew) >= 5000 ? .warning : .dim)
    }
    return line
  }
}

extension StatusState.Mode {
  /// The word that always says what money is at stake, and beside it whether trade is halted.
  func mark(isHalted: Bool) -> StyledLine {
    isHalted
      ? word + StyledLine(" · ", .dim) + StyledLine(" \(Phrase.modeHalted.text) ", .alarm) : word
  }

  private var word: StyledLine {
    switch self {
    case .live: StyledLine(Phrase.modeLive.text, Style.warning.strong)
    case .sandbox: StyledLine(Phrase.modeSandbox.text, Style.accent.strong)
    case .dryRun: StyledLine(Phrase.modeDryRun.text, Style.accent.strong)
    case .paper: StyledLine(Phrase.modePaper.text, Style.accent.strong)
    }
  }
}

extension ConnectionLoad {
  /// `3 messages/s  2 of 50 feeds`.
  var text: String {
    Phrase.messagesPerSecond.with("\(messagesPerSecond)") + "  "
      + Phrase.subscriptionsUsed.with("\(subscriptions)")
  }
}

extension ConnectionState {
  /// A shape for each, so that the colour only repeats it.
  var sign: StyledLine {
    let text =
      switch self {
      case .notSetUp: "○"
      case .connecting, .waiting: "◌"
      case .online: "●"
      case .stopped: "✗"
      }
    return StyledLine(text, style)
  }

  var style: Style {
    switch self {
    case .notSetUp: .dim
    case .connecting, .waiting: .warning
    case .online: .gain
    case .stopped: .loss
    }
  }

  /// What there is to say instead of the account; nil when all is well.
  func words(uptime: Int64) -> String? {
    switch self {
    case .notSetUp: Phrase.connectionNotSetUp.text
    case .connecting: Phrase.connectionConnecting.text
    case .online: nil
    // The pause is over: it tries.
    case .waiting(let until) where until <= uptime: Phrase.connectionConnecting.text
    case .waiting(let until):
      Phrase.connectionRetry.with(Phrase.seconds.with("\(secondsLeft(until: until, now: uptime))"))
    case .stopped: Phrase.connectionStopped.text
    }
  }
}

/// Whole seconds until a time, the begun one counted; 0 afterwards.
func secondsLeft(until: Int64, now: Int64) -> Int64 {
  max(0, (until - now + 999) / 1000)
}
