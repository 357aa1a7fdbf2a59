import Phrases
import Synchronization
import Testing

@testable import Accounts
@testable import Domain
@testable import ScreenState
@testable import ViewModels

/// The settings dialog: what is changed is seen at once, and kept or taken back.
@MainActor @Suite struct SettingsModelTests {
  /// The program around the console, which writes down what it is told.
  @MainActor private final class Program {
    var theme = "terminal"
    var language = "en"
    /// What was shown, in order.
    var shown: [String] = []
    let kept = Kept()
    var failure: UserError?
    var override: String?

    func access() -> SettingsAccess {
      SettingsAccess(
        [
          .init(
            .theme, ["terminal", "dark", "broken"].map { .init($0, label: $0.uppercased()) },
            current: theme, override: override
          ) { [self] value in
            theme = value
            shown.append(value)
            return value == "broken" ? "Line 3 is wrong" : nil
          },
          .init(
            .language, [.init("en", label: "English"), .init("ru", label: "Русский")],
            current: language
          ) { [self] value in
            language = value
            shown.append(value)
            return nil
          },
        ]
      ) { [failure, kept] changes in
        if let failure { return .failure(failure) }
        kept.add(changes.map { "\($0.subject.rawValue) = \($0.value)" })
        return .success("~/config")
      }
    }
  }

  /// What was written down.
  private final class Kept: Sendable {
    private let all = Mutex<[String]>([])

    var lines: [String] { all.withLock { $0 } }

    func add(_ lines: [String]) { all.withLock { $0 += lines } }
  }

  private let program = Program()
  private let model: ConsoleModel

  init() throws {
    model = try HubFixture.emptyModel()
    model.context.program.settings = { [program] in program.access() }
  }

  private var state: SettingsState? {
    if case .settings(let state)? = model.screen.dialog { state } else { nil }
  }

  private var values: [String]? { state?.rows.map(\.value) }

  private func press(_ keys: Key...) async {
    for key in keys {
      model.press(key)
      await model.context.hub.environment.busy.untilIdle()
    }
  }

  @Test func opensByKeyAndFromThePalette() async {
    await press(.character(","))
    #expect(values == ["TERMINAL", "English", "on", "0"])
    #expect(state?.rows.map(\.label) == ["Theme", "Language", "Bell", "Keys of your own"])
    await press(.escape)
    #expect(state == nil)
    await press(.control("p"))
    for letter in "colours" { await press(.character(letter)) }
    await press(.enter)
    #expect(state != nil)
  }

  @Test("Arrows and Space change a value, which is shown at once, and go round")
  func changes() async {
    await press(.character(","), .right)
    #expect(program.shown == ["dark"] && values?[0] == "DARK")
    await press(.left, .left)
    #expect(program.shown == ["dark", "terminal", "broken"])
    #expect(state?.problem == "Line 3 is wrong")
    await press(.character(" "))
    #expect(program.theme == "terminal" && state?.problem == nil)
    await press(.down, .character(" "))
    #expect(program.language == "ru" && values?[1] == "Русский")
    await press(.down, .right)
    #expect(values?[2] == "off" && !model.calls.bell.isOn)
    #expect(program.kept.lines == [], "nothing is kept yet")
  }

  @Test("Esc takes everything back, and so does whatever else closes the dialog")
  func takesBack() async {
    for isByKey in [true, false] {
      await press(.character(","), .right, .down, .right, .down, .right)
      #expect(program.theme == "dark" && program.language == "ru" && !model.calls.bell.isOn)
      if isByKey { await press(.escape) } else { model.dialogs.close() }
      #expect(state == nil)
      #expect(program.theme == "terminal" && program.language == "en" && model.calls.bell.isOn)
    }
    #expect(program.kept.lines == [])
  }

  @Test("Enter keeps what was changed, and nothing else")
  func keeps() async throws {
    await press(.character(","), .right, .down, .right, .left, .enter)
    #expect(state == nil)
    #expect(program.kept.lines == ["theme = dark"])
    #expect(program.theme == "dark")
    #expect(model.screen.notices.last?.text == Phrase.settingsKept.with("~/config"))
    await press(.character(","), .enter)
    #expect(state == nil && program.kept.lines.count == 1)
    let store = model.context.hub.environment.store
    #expect(try await store.settings.value(.silence) == nil)
    await press(.character(","), .end, .up, .character(" "), .enter)
    #expect(try await store.settings.value(.silence) != nil, "the bell has its own place")
    #expect(program.kept.lines.count == 1)
  }

  @Test("A file that cannot be written is told, and the dialog stays")
  func failure() async {
    program.failure = UserError(.failed, code: "x", "It cannot be written", hint: "Look at it")
    await press(.character(","), .right, .enter)
    #expect(state?.problem == "It cannot be written. Look at it.")
    #expect(program.theme == "dark")
    await press(.escape)
    #expect(program.theme == "terminal" && state == nil)
  }

  @Test("What a flag or the environment has given is told to count again")
  func overrides() async {
    program.override = "TERCET_THEME"
    await press(.character(","))
    #expect(state?.note == nil)
    await press(.right)
    #expect(state?.note == Phrase.settingOverridden.with("TERCET_THEME"))
    await press(.down)
    #expect(state?.note == nil)
  }

  @Test("The help lies over it, and leaves it as it is")
  func help() async {
    await press(.character(","), .right, .character("?"))
    #expect(state == nil)
    await press(.escape)
    #expect(state != nil && program.theme == "dark")
    await press(.character("x"))
    #expect(state != nil)
  }

  @Test("A sentence that is typed at a list opens it with a comma, and changes nothing")
  func words() async {
    for letter in "a, quick SHLxbmd 1234, ?" { await press(.character(letter)) }
    await press(.escape)
    #expect(values == ["TERMINAL", "English", "on", "0"])
    await press(.enter)
    #expect(state == nil && program.shown == [] && program.kept.lines == [])
    #expect(model.calls.bell.isOn)
  }
}
