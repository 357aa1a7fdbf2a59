import Phrases
import Testing

@testable import Accounts
@testable import Domain
@testable import Interface
@testable import ScreenState
@testable import ViewModels

/// The smallest terminal that is worth having: 40×12, a telephone or a corner of a screen.
@MainActor @Suite struct SmallTerminalGoldenTests {
  private let small = Size(columns: 40, rows: 12)

  private func expect(_ state: ScreenState, _ name: String) throws {
    try Golden.expect(ScreenLayout(state).canvas(small), "\(name)-40x12")
  }

  private func wizard(_ page: WizardState, scroll: Int? = nil) async throws -> ScreenState {
    var state = try await Scene().screen
    var page = page
    page.scroll = scroll
    state.dialog = .wizard(page)
    return state
  }

  @Test(arguments: PaneID.allCases) func eachView(_ pane: PaneID) async throws {
    let scene = try await Scene.inUse()
    scene.model.focus(pane)
    try expect(scene.screen, "focus-\(pane.rawValue)")
  }

  @Test func aCallThatRings() async throws {
    let scene = try await Scene.inUse()
    await scene.show(.call(Sample.ringing))
    try expect(scene.screen, "ring")
    var seen = Sample.ringing
    seen.kind = .video
    await scene.press(.alt("b"))
    await scene.show(.call(seen))
    try expect(scene.screen, "ring-silent")
    await scene.press(.control("p"))
    try expect(scene.screen, "ring-palette")
  }

  @Test func aSearch() async throws {
    let scene = try await Scene.inUse()
    await scene.press(.control("f"), .paste("\"белый хлеб\" молок"), .down)
    try expect(scene.screen, "search")
    await scene.type("x")
    try expect(scene.screen, "search-nothing")
  }

  @Test func signingIn() async throws {
    try expect(try await Scene.maxPage(), "max-start")
    try expect(try await wizard(Sample.scanPage), "max-scan")
    try expect(try await wizard(Sample.captchaPage), "max-captcha")
    try expect(try await wizard(Sample.passwordPage), "max-password")
    try expect(try await wizard(Sample.codePage), "wizard-code")
  }

  /// Row by row down to its end, all of a page has been in sight, and no row twice.
  @Test func allOfAPageCanBeReached() async throws {
    guard case .wizard(let start)? = try await Scene.maxPage().dialog else {
      Issue.record("no page")
      return
    }
    let pages = [
      start, Sample.scanPage, Sample.captchaPage, Sample.tokenPage, Sample.codePage,
    ]
    for state in pages {
      let whole = ScreenLayout(try await wizard(state)).canvas(Size(columns: 40, rows: 60)).words(
        58)
      let place = ScreenLayout(try await wizard(state, scroll: 0)).place(small)
      var seen: [String] = []
      // Title, keys and the rule above them are no part of the page.
      func page(_ rows: [String]) -> [String] { Array(rows.dropFirst().dropLast(2)) }
      for first in 0...place.end {
        let rows = page(
          ScreenLayout(try await wizard(state, scroll: first)).canvas(small).words(12))
        seen += first == 0 ? rows : [rows[rows.count - 1]]
      }
      // With room there is an empty row under the title.
      let rows = Array(whole.dropFirst(2))
      #expect(seen == Array(rows.prefix(seen.count)), "\(state.title)")
      #expect(rows.dropFirst(seen.count).allSatisfy { $0.isEmpty }, "\(state.title)")
    }
  }

  @Test func whatIsWrongStaysInSightBelowItsField() async throws {
    var page = Sample.codePage
    page.problem = "This code is wrong. Two more guesses are left, then ask for a new one."
    let canvas = ScreenLayout(try await wizard(page)).canvas(small)
    #expect(canvas.words(12).joined(separator: " ").contains("then ask for a new one."))
    #expect(canvas.cursor != nil)
    // Scrolled away from its field, the cursor is not shown on other words.
    let end = ScreenLayout(try await wizard(page)).place(small).end
    let away = ScreenLayout(try await wizard(page, scroll: end)).canvas(small)
    #expect(away.cursor.map { 1..<10 ~= $0.row } ?? true)
  }

  @Test func aCodeWithoutRoomIsTextThatScrolls() async throws {
    var state = try await Scene.inUse().screen
    var identity = FingerprintsState()
    let text = (0..<60).map { "word\($0)" }.joined(separator: " ")
    identity.code = .init(label: "Your key", text: text)
    state.dialog = .identity(identity)
    let place = ScreenLayout(state).place(small)
    #expect(place.first == 0 && place.end > 0 && place.rows == 10)
    identity.scroll = place.end
    state.dialog = .identity(identity)
    #expect(ScreenLayout(state).canvas(small).words(12).contains { $0.hasSuffix("word59") })
    #expect(ScreenLayout(state).place(Size(columns: 120, rows: 60)).end == 0)
  }

  @Test("What warns of a bad swap is in sight, whatever else has no room")
  func warningsOfATicket() async throws {
    var state = try await Scene.inUse().screen
    let warning = "This is 12 % worse than the price now"
    var ticket = Sample.review
    ticket.quote?.warnings = [warning]
    state.dialog = .ticket(ticket)
    func words() -> String {
      ScreenLayout(state).canvas(small).words(12).map {
        String($0.drop { " │".contains($0) }.prefix { $0 != "│" }).trimmed
      }
      .joined(separator: " ")
    }
    #expect(words().contains("! " + warning))
    #expect(words().contains(Phrase.atLeast.text))
    ticket.quote?.warnings = []
    ticket.slippageBps = 600
    state.dialog = .ticket(ticket)
    #expect(words().contains(Phrase.slippageExtreme.text))
    ticket.stage = .editing(.slippage)
    state.dialog = .ticket(ticket)
    #expect(words().contains(Phrase.slippageExtreme.text))
    #expect(words().contains("▸ " + Phrase.slippage.text))
  }

  @Test("Of many settings the selected one is in sight")
  func manySettings() async throws {
    var state = try await Scene().screen
    let rows = (0..<9).map { SettingsState.Row(label: "Setting \($0)", value: "value \($0)") }
    for selection in rows.indices {
      state.dialog = .settings(SettingsState(rows: rows, selection: selection))
      let words = ScreenLayout(state).canvas(small).words(12)
      #expect(words.contains { $0.contains("▌ Setting \(selection)") }, "\(words)")
    }
  }

  /// The caller is read whole where that is possible, and never left out.
  @Test(arguments: [40, 50, 60, 80]) func theBannerSaysWhoCalls(columns: Int) async throws {
    let scene = try await Scene.inUse()
    await scene.show(.call(Sample.ringing))
    var state = scene.screen
    for name in ["Ира", "Мария Иванова", "Константин Константинопольский"] {
      state.ring?.call.caller = name
      let row = ScreenLayout(state).canvas(Size(columns: columns, rows: 12)).words(12)[0]
      #expect(row.contains(name.prefix(12)), "\(row)")
      #expect(row.hasSuffix("╸") && TextWidth.columns(of: row) == columns)
    }
  }

  /// At every width: the keys of the tabs, what money is at stake, and nothing over anything else.
  @Test func theHeaderNeverCollides() async throws {
    let state = try await Scene.inUse().screen
    for columns in 40..<110 {
      let row = ScreenLayout(state).canvas(Size(columns: columns, rows: 12)).words(12)[0]
      #expect(row.firstMatch(of: /1.* 2.* 3.* 4/) != nil, "\(row)")
      #expect(row.contains(" SANDBOX"), "\(row)")
      #expect(row.firstMatch(of: /M[●◌○✗] T[●◌○✗] TO[●◌○✗]/) != nil, "\(row)")
    }
  }
}

extension Canvas {
  /// The rows as text, without what stands right of the words.
  fileprivate func words(_ rows: Int) -> [String] {
    (0..<rows).map { row in
      var text = ""
      for cell in self.row(row) where cell.width > 0 { text += cell.text }
      while text.last == " " { text.removeLast() }
      return text
    }
  }
}
