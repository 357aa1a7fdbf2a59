import FoundationEssentials
import TestSupport
import Testing

/// Settings that are changed in the console are there after a restart.
struct SettingsTests {
  @Test func themeAndLanguageStay() async throws {
    let person = try Person()
    let settings = person.home.file(".config/tercet/config")
    try FileManager.default.createDirectory(
      atPath: person.home.file(".config/tercet"), withIntermediateDirectories: true)
    try Data("# mine\r\nread-marks = never\r\n".utf8).write(to: URL(filePath: settings))
    let terminal = try await person.terminal(columns: 80, rows: 24)
    try await terminal.run("tercet --sandbox --scenario quiet")
    try await terminal.until("Welcome to Tercet.")
    try await terminal.press("Escape")
    try await terminal.until("CHATS")

    try await terminal.press(",")
    try await terminal.until("‹ terminal ›")
    try await terminal.press("Right")
    try await terminal.until("‹ dark ›")
    try await terminal.press("Down", "Right")
    try await terminal.until("the dialog and all behind it in Russian") { screen in
      screen.contains("‹ Русский ›") && screen.contains("НАСТРОЙКИ") && !screen.contains("SETTINGS")
    }
    #expect(await terminal.written(from: 0).contains("48;5;234"), "the dark background")
    try await terminal.press("Enter")
    try await terminal.until(".config/tercet/config")
    #expect(
      try String(decoding: Data(contentsOf: URL(filePath: settings)), as: UTF8.self)
        == "# mine\r\nread-marks = never\r\ntheme = dark\r\nlanguage = ru\r\n")
    try await terminal.press("C-c")
    _ = try await terminal.exitCode()

    let count = await terminal.written.count
    try await terminal.run("clear; tercet --sandbox --scenario quiet")
    try await terminal.until("the wizard in Russian") { $0.contains("Добро пожаловать") }
    #expect(await terminal.written(from: count).contains("48;5;234"))
    try await terminal.press("Escape")
    try await terminal.until("ЧАТЫ")
    try await terminal.press(",")
    try await terminal.until("‹ dark ›")
    // Taken back.
    try await terminal.press("Right", "Right")
    try await terminal.until("‹ contrast ›")
    try await terminal.press("Escape")
    try await terminal.until("the end of the dialog") { !$0.contains("НАСТРОЙКИ") }
    try await terminal.press("q")
    #expect(try await terminal.exitCode() == 0)
    #expect(try await terminal.isRestored())
  }

  @Test func noColourWinsOverAnyTheme() async throws {
    let person = try Person()
    let terminal = try await person.terminal(
      columns: 80, rows: 24, environment: ["NO_COLOR": "1", "TERCET_THEME": "dark"])
    try await terminal.run("tercet --sandbox --scenario quiet")
    try await terminal.until("Welcome to Tercet.")
    try await terminal.press("Escape")
    try await terminal.until("CHATS")
    try await terminal.press(",")
    try await terminal.until("NO_COLOR is set")
    let written = await terminal.written(from: 0)
    #expect(!written.contains("48;5;") && !written.contains("38;5;"))
    try await terminal.press("Escape", "q")
    #expect(try await terminal.exitCode() == 0)
  }
}

extension Terminal {
  /// What was written from a byte on.
  fileprivate func written(from start: Int) -> String {
    String(decoding: written[start...], as: UTF8.self)
  }
}
