import Domain
import Testing

@testable import Interface
@testable import ScreenState

@Suite struct DecimalColumnTests {
  private func rows(_ amounts: [String], width: Int) -> [String] {
    let column = DecimalColumn(amounts, width: width)
    return amounts.map(column.text)
  }

  @Test func pointsStandInOneLine() {
    #expect(
      rows(["1234567.23", "2.6", "0", "-0.110"], width: 30) == [
        "1 234 567.23 ", "        2.6  ", "        0    ", "       −0.110",
      ])
  }

  @Test func longFractionsSayThatTheyGoOn() {
    #expect(rows(["0.123456789", "12.5"], width: 8) == [" 0.1234…", "12.5    "])
  }

  @Test func zerosAtTheEndGoWithoutAWord() {
    #expect(rows(["0.01000000", "12.5"], width: 7) == [" 0.0100", "12.5   "])
  }

  @Test func wholePartsAreNeverCut() {
    #expect(
      rows(["123456789.5", "1.25", "12"], width: 8) == ["########", " 1.25   ", "12      "])
    #expect(rows(["12345.25", "0.5"], width: 7) == ["12 345…", "0.5    "])
  }

  @Test(arguments: 0...24) func everyRowIsAsWideAsTheColumn(_ width: Int) {
    let amounts = ["123456789.000001", "0.10", "1.50", "−7", "weird", ""]
    let column = DecimalColumn(amounts, width: width)
    #expect(column.width <= width)
    for amount in amounts {
      let text = column.text(amount)
      #expect(TextWidth.columns(of: text) == column.width)
      let digits = text.filter { $0 != " " }
      // What is shown is the amount, or says that it is not all of it.
      #expect(
        digits == amount || digits.hasSuffix("…") || digits.allSatisfy { $0 == "#" }
          || Amount(serverText: digits) == Amount(serverText: amount),
        "\(amount) as \(text)")
    }
  }

  @Test(arguments: [
    ("1000", "1 000"), ("-1000000.0001", "−1 000 000.0001"), ("+1234.5", "+1 234.5"),
    ("999", "999"), ("1e5", "1e5"),
    ("", ""), ("1.2.3", "1.2.3"), (".5", ".5"),
  ])
  func grouping(_ amount: String, _ grouped: String) {
    #expect(Amount.grouped(amount) == grouped)
  }
}

@Suite struct ListWindowTests {
  @Test func selectionIsAlwaysVisible() {
    for count in 0...12 {
      for height in 0...8 {
        for selection in 0..<max(1, count) {
          let window = ListWindow(count: count, selection: selection, height: height)
          #expect(window.visible.count == min(count, height))
          #expect((0..<max(1, count)).contains(window.visible.lowerBound))
          #expect(window.visible.upperBound <= count)
          if count > 0, height > 0 { #expect(window.visible.contains(selection)) }
        }
      }
    }
  }

  @Test func anOutlyingSelectionShowsTheEnd() {
    #expect(ListWindow(count: 10, selection: 99, height: 3).visible == 7..<10)
    #expect(ListWindow(count: 10, selection: nil, height: 3).visible == 0..<3)
  }
}

@Suite struct HelpOverlayTests {
  @Test("Nothing of it is cut off at the right edge", arguments: [36, 60, 76, 100])
  func whole(_ width: Int) {
    let long = "tercet logout max, tercet logout textsecure"
    let reason = "Sign in to TextSecure first: press Shift-S, then choose it."
    let state = HelpState(groups: [
      .init(
        title: "HERE",
        entries: [
          .init(keys: "L", title: "sign out of the selected chat's messenger", cli: long),
          .init(keys: "Alt-s", title: "mute", cli: "tercet mute CHAT"),
          .init(keys: "K", title: "show the keys", disabledReason: reason),
        ])
    ])
    let overlay = HelpOverlay(state: state)
    func rows(_ overlay: HelpOverlay, _ count: Int) -> [String] {
      let canvas = overlay.content(width: width, rows: count)
      return (0..<count).map { canvas.part(row: $0).text }
    }
    let words = rows(overlay, 40).joined(separator: " ").split(separator: " ")
    for text in [long, reason, "tercet mute CHAT"] {
      for word in text.split(separator: " ") { #expect(words.contains(word), "\(word)") }
    }
    let last = overlay.end(width: width, rows: 4)
    var scrolled = state
    scrolled.scroll = last
    let end = rows(HelpOverlay(state: scrolled), 4)
    #expect(end.last?.contains("↓") == false, "the end can be reached")
  }
}

@Suite struct FieldViewTests {
  private func view(_ field: FieldState, width: Int) -> Canvas {
    FieldView(field: field, isFocused: true).canvas(Size(columns: width, rows: 1))
  }

  @Test func theCursorStaysInSight() {
    let field = FieldState(text: "abcdefghij")
    #expect(view(field, width: 5).text == "ghij")
    #expect(view(field, width: 5).cursor == Point(column: 4, row: 0))
    #expect(view(FieldState(text: "abcdefghij", cursor: 2), width: 5).text == "abcde")
    #expect(view(FieldState(text: "日本語テスト"), width: 6).cursor == Point(column: 4, row: 0))
  }

  @Test func secretsAreDots() {
    let canvas = view(FieldState(text: "hunter2", style: .secret), width: 10)
    #expect(canvas.text == "•••••••")
  }

  @Test func codesHavePlaces() {
    let code = FieldState(text: "123", style: .code(places: 6))
    #expect(view(code, width: 20).text == "1 2 3 _ _ _")
    #expect(view(code, width: 20).cursor == Point(column: 6, row: 0))
    let full = FieldState(text: "123456", style: .code(places: 6))
    #expect(view(full, width: 20).cursor == Point(column: 10, row: 0))
  }

  @Test("Of options without room for all the chosen one is whole, and more of them are told")
  func choicesWithoutRoom() {
    let names = ["TextSecure relay", "MAX", "TheOne Trading"]
    for (index, name) in names.enumerated() {
      let field = FieldState(text: name, style: .choice(names))
      #expect(view(field, width: 26).text == "‹ \(name) › \(index + 1)/3")
    }
    #expect(
      view(FieldState(text: "a", style: .choice(["a", "b"])), width: 12).text == "(•) a  ( ) b")
  }

  @Test func emptyFieldsShowWhatBelongsThere() {
    #expect(view(FieldState(placeholder: "+7 900"), width: 10).text == "(+7 900)")
    #expect(view(FieldState(), width: 10).text.isEmpty)
  }
}

@Suite struct AppearanceTests {
  @Test(arguments: [(256, nil, true), (8, "", true), (8, "1", false), (2, nil, false)])
  func coloursAreOptional(_ colours: Int, _ noColour: String?, _ hasColours: Bool) {
    #expect(Appearance(colours: colours, noColour: noColour).hasColours == hasColours)
  }

  @Test func withoutColoursRolesThatMatterStillDiffer() {
    let appearance = Appearance(colours: 0, noColour: nil)
    let plain = appearance.look(of: .plain)
    for style in [Style.dim, .accent, .warning, .alarm, .selected] {
      #expect(appearance.look(of: style) != plain)
      #expect(appearance.look(of: style).colour == nil)
    }
  }
}

@Suite struct FramePacerTests {
  @Test func theFirstChangeIsDrawnAtOnceAndAStormIsPaced() {
    var pacer = FramePacer()
    #expect(pacer.request(at: .seconds(10)) == .zero)
    #expect(pacer.request(at: .seconds(10)) == nil)
    pacer.drawn(at: .seconds(10))
    let soon = Duration.seconds(10) + .milliseconds(5)
    #expect(pacer.request(at: soon) == FramePacer.interval - .milliseconds(5))
    #expect(pacer.request(at: soon) == nil)
    pacer.drawn(at: .seconds(11))
    #expect(pacer.request(at: .seconds(12)) == .zero)
  }

  @Test func aSecondHoldsAtMostSixtyFrames() {
    var pacer = FramePacer()
    var frames = 0
    var now = Duration.zero
    var due: Duration?
    while now < .seconds(1) {
      if let delay = pacer.request(at: now) { due = now + delay }
      if let time = due, time <= now {
        pacer.drawn(at: now)
        due = nil
        frames += 1
      }
      now += .microseconds(100)
    }
    #expect(50...60 ~= frames)
  }
}

@Suite struct NameTests {
  @Test("Of a telephone number the end tells it from others; of a name the beginning")
  func cut() {
    #expect(TextWidth.fitName("+14155550188", width: 10) == "+1415…0188")
    #expect(TextWidth.fitName("+14155550188", width: 7) == "+14…188")
    #expect(TextWidth.fitName("+1 415 555 0188", width: 12) == "+1 415 …0188")
    #expect(TextWidth.fitName("+14155550188", width: 12) == "+14155550188")
    #expect(TextWidth.fitName("Alice Green", width: 6) == "Alice…")
    #expect(TextWidth.fitName("+1 for pizza", width: 6) == "+1 fo…")
    for width in 0...12 {
      #expect(TextWidth.columns(of: TextWidth.fitName("+14155550188", width: width)) <= width)
    }
  }

  @Test("A person has one colour, of those that a terminal has; without colours none")
  func colours() {
    let many = Appearance(colours: 256, noColour: nil)
    let looks = Set((0..<8).map { many.look(of: Style(.person(UInt8($0)))) })
    #expect(looks.count == 8)
    #expect(many.look(of: Style(.person(3))) == many.look(of: Style(.person(11))))
    #expect(Appearance(colours: 16, noColour: nil).look(of: Style(.person(3))).colour != nil)
    let none = Appearance(colours: 256, noColour: "1")
    #expect(none.look(of: Style(.person(3))) == none.look(of: .plain))
  }
}

@Suite struct BalanceColumnsTests {
  private let rows: [BalancesState.Row] = [
    .init(asset: "USDT", total: "101.23", locked: "0", available: "101.23", worth: "101.23"),
    .init(
      asset: "ETH", total: "2.6", locked: "0.4", available: "2.2", worth: "5625.82",
      trend: [0, 2, 3, 5, 6, 7, 7, 7]),
    .init(
      asset: "BTC", total: "0.11", locked: "0", available: "0.11", worth: "1391.35",
      trend: [7, 6, 5, 4, 3, 2, 1, 0]),
  ]

  private func text(_ columns: Int) -> [Substring] {
    var state = BalancesState(rows: rows, freshness: .live(since: Sample.now))
    state.countedIn = "USDT"
    let pane = BalancesPane(
      state: state, moment: RenderClock(now: Sample.now, zone: .utc), isFocused: false)
    return pane.canvas(Size(columns: columns, rows: 6)).text.split(separator: "\n")
  }

  @Test("Amount, price and worth at every width, nothing less where there is more room")
  func widths() {
    for columns in 32...120 {
      let rows = text(columns)
      #expect(rows[2].contains("2.6"))
      #expect(
        rows[2].hasSuffix(" 5 625.82") || columns < 36 && rows[2].hasSuffix(" 5 625"), "\(rows[2])")
      #expect(rows[3].contains("0.11") && rows[3].contains("▃"), "\(rows[3])")
      #expect(rows[2].contains("locked 0.4") || columns < 33, "\(columns) \(rows[2])")
      #expect(rows[2].contains("▃") || columns < 44, "\(columns) \(rows[2])")
    }
  }
}
