import Testing

@testable import Interface
@testable import ScreenState

/// The smallest terminal that is worth having: 40×12, a telephone or a corner of a screen.
@Suite struct SmallTerminalGoldenTests {
  private let small = Size(columns: 40, rows: 12)

  private func expect(_ state: ScreenState, _ name: String) throws {
    try Golden.expect(ScreenLayout(state).canvas(small), "\(name)-40x12")
  }

  private func wizard(_ page: WizardState, scroll: Int? = nil) -> ScreenState {
    var state = Sample.empty
    var page = page
    page.scroll = scroll
    state.dialog = .wizard(page)
    return state
  }

  @Test(arguments: PaneID.allCases) func eachView(_ pane: PaneID) throws {
    var state = Sample.screen
    state.focus = pane
    try expect(state, "focus-\(pane.rawValue)")
  }

  @Test func aCallThatRings() throws {
    var state = Sample.screen
    state.ring = Sample.ring
    try expect(state, "ring")
    state.ring?.isSilent = true
    state.ring?.call.isVideo = true
    try expect(state, "ring-silent")
    state.dialog = .palette(Sample.palette)
    try expect(state, "ring-palette")
  }

  @Test func aSearch() throws {
    var state = Sample.screen
    state.dialog = .search(Sample.search)
    try expect(state, "search")
    var nothing = Sample.search
    (nothing.hits, nothing.selection, nothing.hasMore, nothing.outcome) = ([], nil, false, .done)
    state.dialog = .search(nothing)
    try expect(state, "search-nothing")
  }

  @Test func signingIn() throws {
    try expect(wizard(Sample.startPage), "max-start")
    try expect(wizard(Sample.scanPage), "max-scan")
    try expect(wizard(Sample.captchaPage), "max-captcha")
    try expect(wizard(Sample.passwordPage), "max-password")
    try expect(wizard(Sample.codePage), "wizard-code")
  }

  /// Row by row down to its end, all of a page has been in sight, and no row twice.
  @Test func allOfAPageCanBeReached() throws {
    let pages = [
      Sample.startPage, Sample.scanPage, Sample.captchaPage, Sample.tokenPage, Sample.codePage,
    ]
    for state in pages {
      let whole = ScreenLayout(wizard(state)).canvas(Size(columns: 40, rows: 60)).words(58)
      let place = ScreenLayout(wizard(state, scroll: 0)).place(small)
      var seen: [String] = []
      // Title, keys and the rule above them are no part of the page.
      func page(_ rows: [String]) -> [String] { Array(rows.dropFirst().dropLast(2)) }
      for first in 0...place.end {
        let rows = page(ScreenLayout(wizard(state, scroll: first)).canvas(small).words(12))
        seen += first == 0 ? rows : [rows[rows.count - 1]]
      }
      // With room there is an empty row under the title.
      let rows = Array(whole.dropFirst(2))
      #expect(seen == Array(rows.prefix(seen.count)), "\(state.title)")
      #expect(rows.dropFirst(seen.count).allSatisfy { $0.isEmpty }, "\(state.title)")
    }
  }

  @Test func whatIsWrongStaysInSightBelowItsField() throws {
    var page = Sample.codePage
    page.problem = "This code is wrong. Two more guesses are left, then ask for a new one."
    let canvas = ScreenLayout(wizard(page)).canvas(small)
    #expect(canvas.words(12).joined(separator: " ").contains("then ask for a new one."))
    #expect(canvas.cursor != nil)
    // Scrolled away from its field, the cursor is not shown on other words.
    let end = ScreenLayout(wizard(page)).place(small).end
    let away = ScreenLayout(wizard(page, scroll: end)).canvas(small)
    #expect(away.cursor.map { 1..<10 ~= $0.row } ?? true)
  }

  @Test func aCodeWithoutRoomIsTextThatScrolls() throws {
    var state = Sample.screen
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

  /// The caller is read whole where that is possible, and never left out.
  @Test(arguments: [40, 50, 60, 80]) func theBannerSaysWhoCalls(columns: Int) {
    var state = Sample.screen
    state.ring = Sample.ring
    for name in ["Ира", "Мария Иванова", "Константин Константинопольский"] {
      state.ring?.call.caller = name
      let row = ScreenLayout(state).canvas(Size(columns: columns, rows: 12)).words(12)[0]
      #expect(row.contains(name.prefix(12)), "\(row)")
      #expect(row.hasSuffix("╸") && TextWidth.columns(of: row) == columns)
    }
  }

  /// At every width: the keys of the tabs, what money is at stake, and nothing over anything else.
  @Test func theHeaderNeverCollides() {
    for columns in 40..<110 {
      let row = ScreenLayout(Sample.screen).canvas(Size(columns: columns, rows: 12)).words(12)[0]
      #expect(row.firstMatch(of: /1.* 2.* 3.* 4/) != nil, "\(row)")
      #expect(row.contains(" SANDBOX"), "\(row)")
      #expect(row.firstMatch(of: /M[●◌○✗] T[●◌○✗] [●◌○✗]/) != nil, "\(row)")
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
