import Phrases
import Testing

@testable import Interface
@testable import Languages
@testable import ScreenState
@testable import ViewModels

/// The settings as they look, and the whole screen in another language.
@MainActor @Suite struct SettingsGoldenTests {
  private let sizes = [(120, 40), (80, 24), (40, 12)].map { Size(columns: $0.0, rows: $0.1) }

  private func expect(_ state: ScreenState, _ name: String) throws {
    for size in sizes {
      try Golden.expect(
        ScreenLayout(state).canvas(size), "\(name)-\(size.columns)x\(size.rows)")
    }
  }

  /// A console in use whose settings are of a program that keeps none.
  private func scene() async throws -> Scene {
    let scene = try await Scene.inUse()
    scene.model.context.program.settings = {
      SettingsAccess(
        [
          .init(
            .theme, ["terminal", "dark", "light"].map { .init($0, label: $0) },
            current: "terminal", override: "TERCET_THEME"
          ) { $0 == "light" ? "Line 3 of ~/.config/tercet/themes/light says nothing." : nil },
          .init(
            .language, Language.allCases.map { .init($0.rawValue, label: $0.name) },
            current: "en"
          ) { _ in nil },
        ]
      ) { _ in .success("") }
    }
    await scene.press(.escape)
    return scene
  }

  @Test func theDialog() async throws {
    let scene = try await scene()
    await scene.press(.character(","))
    try expect(scene.screen, "settings")
    await scene.press(.right)
    try expect(scene.screen, "settings-changed")
    await scene.press(.right, .down)
    await scene.press(.up)
    try expect(scene.screen, "settings-problem")
  }

  @Test(
    "All three keys are in sight on the smallest terminal", arguments: Language.allCases)
  func keys(language: Language) async throws {
    try await Vocabulary.$ofTask.withValue(language.vocabulary) {
      let scene = try await scene()
      await scene.press(.character(","))
      let text = ScreenLayout(scene.screen).canvas(Size(columns: 40, rows: 12)).text
      for key in ["←→ ", "Enter ", "Esc "] { #expect(text.contains(key), "\(language)") }
      #expect(!text.contains("…"))
    }
  }

  @Test("In another language nothing on the screen stays as it was worded before")
  func anotherLanguage() async throws {
    let scene = try await Scene.inUse()
    await scene.press(.escape)
    let sizes = [Size(columns: 120, rows: 40), Size(columns: 80, rows: 24)]
    for pane in PaneID.allCases {
      scene.model.focus(pane)
      for size in sizes {
        // Rows and panes are kept from this one.
        let before = ScreenLayout(scene.model.screen(rows: 40)).frame(size)
        for language in [Language.russian, .ukrainian] {
          try await Vocabulary.$ofTask.withValue(language.vocabulary) {
            let fresh = try await Scene.inUse()
            await fresh.press(.escape)
            fresh.model.focus(pane)
            let wanted = ScreenLayout(fresh.model.screen(rows: 40)).frame(size)
            let after = ScreenLayout(scene.model.screen(rows: 40)).frame(size, after: before)
            #expect(after.canvas.text == wanted.canvas.text)
            #expect(after.canvas != before.canvas)
          }
        }
        let again = ScreenLayout(scene.model.screen(rows: 40)).frame(size, after: before)
        #expect(again.canvas == before.canvas && again.changed.isEmpty)
      }
    }
  }
}
