import Testing

@testable import Domain
@testable import Interface
@testable import ScreenState
@testable import ViewModels

/// A terminal may have any size, and changes it while anything is open.
@MainActor struct TinyScreenTests {
  @Test("No screen and no dialog is too large for a terminal of any size")
  func anySize() async throws {
    var states = [try await Scene().screen, try await Scene.inUse().screen]
    let wizards = [
      Sample.codePage, Sample.numberPage, Sample.scanPage, Sample.captchaPage, Sample.tokenPage,
      Sample.passwordPage,
    ]
    let base = states[1]
    func over(_ dialog: DialogState) -> ScreenState {
      var state = base
      state.dialog = dialog
      return state
    }
    states += wizards.map { over(.wizard($0)) }
    states += [
      over(.ticket(Sample.ticket)), over(.ticket(Sample.review)), over(.devices(Sample.devices)),
      over(.line(Sample.line)), over(.identity(Sample.identity)), over(.form(Sample.sendForm)),
    ]
    // What keys open: a chat, sign-in, the help, everything, the search, new chat, settings, a swap.
    for keys: [Key] in [
      [.enter], [.enter, .up], [.character("S")], [.function(1)], [.control("p")],
      [.control("f")], [.character("n")], [.character(",")], [.character("t")],
      [.character("3"), .character("p")], [.character("4"), .enter],
    ] {
      let scene = try await Scene.inUse()
      for key in keys { await scene.press(key) }
      states.append(scene.screen)
    }
    let first = try await Scene()
    await first.press(.character("S"))
    states.append(first.screen)
    for state in states {
      var last: Frame?
      for columns in Array(0...45) + [60, 80] {
        for rows in [0, 1, 2, 3, 5, 8, 10, 12, 24] {
          last = ScreenLayout(state).frame(Size(columns: columns, rows: rows), after: last)
        }
      }
      #expect(last?.canvas.size == Size(columns: 80, rows: 24))
    }
  }
}
