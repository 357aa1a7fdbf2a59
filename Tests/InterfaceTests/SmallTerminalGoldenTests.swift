import Testing

@testable import Console
@testable import Interface

/// The smallest terminal that is worth having: 40×12, a telephone or a corner of a screen.
@Suite struct SmallTerminalGoldenTests {
  private let small = Size(columns: 40, rows: 12)

  private func expect(_ state: ScreenState, _ name: String) throws {
    try Golden.expect(ScreenLayout(state).canvas(small), "\(name)-40x12")
  }

  private func wizard(_ page: WizardState, scroll: Int = 0) -> ScreenState {
    var state = Sample.empty
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
}
