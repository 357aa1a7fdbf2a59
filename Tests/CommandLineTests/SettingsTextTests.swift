import FoundationEssentials
import Glibc
import TestSupport
import Testing

@testable import Domain
@testable import Program

/// The settings file as the console rewrites it, and themes as files beside it.
struct SettingsTextTests {
  @Test(
    "One value is changed, everything else stays byte for byte",
    arguments: [
      ("", "theme = dark\n"),
      ("theme = light\n", "theme = dark\n"),
      ("theme = light", "theme = dark"),
      ("# mine\n\n  theme=light \nprofile = work\n", "# mine\n\n  theme=dark\nprofile = work\n"),
      ("profile = work", "profile = work\ntheme = dark\n"),
      ("profile = work\r\n", "profile = work\r\ntheme = dark\r\n"),
      ("a = 1\r\ntheme =  light\r\nb = 2\r\n", "a = 1\r\ntheme =  dark\r\nb = 2\r\n"),
      ("profile = work\r\nb = 2", "profile = work\r\nb = 2\r\ntheme = dark\r\n"),
      ("# theme = light\n", "# theme = light\ntheme = dark\n"),
      ("theme = a\ntheme = b\n", "theme = a\ntheme = dark\n"),
      ("themes = a\nx = theme = b\n", "themes = a\nx = theme = b\ntheme = dark\n"),
      ("\u{feff}theme = a=b\n", "\u{feff}theme = dark\n"),
      ("\n\n", "\n\ntheme = dark\n"),
    ])
  func rewrites(before: String, after: String) {
    var text = SettingsText(before)
    text.set("theme", to: "dark")
    #expect(Array(text.text.utf8) == Array(after.utf8))
    let once = text
    text.set("theme", to: "dark")
    #expect(text == once)
  }

  // MARK: The file

  private let directory: ScratchDirectory
  private var path: String { directory.file("home/.config/tercet/config") }

  init() throws { directory = try ScratchDirectory() }

  private func write(_ text: String, mode: mode_t = 0o644) throws {
    try FileManager.default.createDirectory(
      atPath: directory.file("home/.config/tercet"), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(filePath: path))
    #expect(chmod(path, mode) == 0)
  }

  private func keep(_ value: String = "dark") throws -> String {
    try ConsoleSettings.keep([("theme", value), ("language", "ru")], in: path)
  }

  private func text(_ file: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: file)), as: UTF8.self)
  }

  private func mode(_ file: String) -> mode_t {
    var status = stat()
    return lstat(file, &status) == 0 ? status.st_mode & 0o7777 : 0
  }

  private var beside: [String] {
    get throws {
      try FileManager.default.contentsOfDirectory(
        atPath: directory.file("home/.config/tercet")
      ).sorted()
    }
  }

  @Test func aFileThatWasNotThereIsForItsOwnerAlone() throws {
    #expect(try keep() == path)
    #expect(try text(path) == "theme = dark\nlanguage = ru\n")
    #expect(mode(path) == 0o600)
    #expect(mode(directory.file("home/.config")) == 0o700)
    #expect(try beside == ["config"], "nothing is left beside it")
  }

  @Test func aFileKeepsItsPermissions() throws {
    try write("# mine\nprofile = work\n", mode: 0o640)
    _ = try keep()
    #expect(try text(path) == "# mine\nprofile = work\ntheme = dark\nlanguage = ru\n")
    #expect(mode(path) == 0o640)
    #expect(try beside == ["config"])
  }

  @Test func aLinkStaysALink() throws {
    try write("")
    let target = directory.file("dotfile")
    try Data("theme = light\n".utf8).write(to: URL(filePath: target))
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
    _ = try keep()
    #expect(try text(target) == "theme = dark\nlanguage = ru\n")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: path) == target)
    try FileManager.default.removeItem(atPath: target)
    #expect(throws: UserError.self) { try keep() }
    #expect(access(target, F_OK) != 0, "nothing is made where a link leads nowhere")
  }

  @Test("What must not or cannot be written stays as it is, and is told in words")
  func refused() throws {
    try write("theme = light\n", mode: 0o444)
    let error = try #require(throws: UserError.self) { try keep() }
    #expect(error.code == "settings-not-kept")
    #expect(error.message == "The settings file \(path) cannot be written (Permission denied)")
    #expect(try text(path) == "theme = light\n")

    #expect(chmod(path, 0o644) == 0)
    try Data([0x74, 0xff, 0x0a]).write(to: URL(filePath: path))
    let odd = try #require(throws: UserError.self) { try keep() }
    #expect(odd.message.hasSuffix("(it is no text in UTF-8)"))
    #expect(try Data(contentsOf: URL(filePath: path)).count == 3)

    try FileManager.default.removeItem(atPath: path)
    #expect(mkfifo(path, 0o600) == 0)
    #expect(throws: UserError.self) { try keep() }
    #expect(unlink(path) == 0 && mkdir(path, 0o700) == 0)
    #expect(throws: UserError.self) { try keep() }
    #expect(try beside == ["config"], "nothing is left beside it")
    let nowhere = try #require(throws: UserError.self) { try ConsoleSettings.keep([], in: nil) }
    #expect(nowhere.code == "no-settings-file")
  }

  // MARK: Themes

  private func invocation(
    _ line: String, _ environment: [String: String] = [:]
  ) throws -> Invocation {
    let arguments = try ParsedArguments(
      line.split(separator: " ").map(String.init), commands: .whole)
    let environment = environment.merging(["HOME": directory.file("home")]) { $1 }
    return Invocation(
      arguments: arguments, settings: try Settings(arguments, environment: environment),
      output: OutputWriter(isJSON: false), environment: environment)
  }

  private func addTheme(_ name: String, _ text: String) throws {
    let themes = directory.file("home/.config/tercet/themes")
    try FileManager.default.createDirectory(atPath: themes, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(filePath: "\(themes)/\(name)"))
  }

  @Test("A theme comes from a flag, the environment or the file; built in, or a file of its own")
  func themes() throws {
    #expect(try invocation("").theme().theme.name == "terminal")
    #expect(try invocation("--theme dark").theme().theme.name == "dark")
    #expect(try invocation("", ["TERCET_THEME": "light"]).theme().theme.name == "light")
    try write("theme = contrast\n")
    #expect(try invocation("").theme().theme.name == "contrast")
    try addTheme("mine", "text = #ffffff\n")
    for name in [".hidden", "old~", "dark"] { try addTheme(name, "text = red\n") }
    let mine = try invocation("--theme mine")
    #expect(try mine.theme().theme.name == "mine")
    #expect(
      mine.settings.themes.names == ["terminal", "dark", "light", "contrast", "plain", "mine"])
    #expect(try invocation("", ["XDG_CONFIG_HOME": "/nowhere"]).settings.themes.names.count == 5)
  }

  @Test("A wrong name says which there are; a name leads to no other file")
  func wrongName() throws {
    try addTheme("mine", "text = #ffffff\n")
    let error = try #require(throws: UserError.self) { try invocation("--theme drak").theme() }
    #expect(
      error.message
        == "--theme is terminal, dark, light, contrast, plain or mine, not drak")
    for name in ["../config", "/etc/passwd", ".", "..", "themes/mine"] {
      let error = try #require(throws: UserError.self) {
        try invocation("", ["TERCET_THEME": name]).theme()
      }
      #expect(error.kind == .usage && error.message.hasPrefix("TERCET_THEME is "), "\(name)")
    }
  }

  @Test("A wrong line is told by its number, and the terminal's own colours are shown")
  func wrongLine() throws {
    try addTheme("mine", "# mine\n\ntext = #ffffff blinking\n")
    let (theme, problem) = try invocation("--theme mine").theme()
    #expect(theme.name == "terminal")
    #expect(
      problem?.message
        == "Line 3 of \(directory.file("home/.config/tercet/themes/mine")) says nothing about a "
        + "theme: text = #ffffff blinking")
  }

  @Test func whatCannotBeChangedByTheFileIsKnown() throws {
    let settings = try invocation("--theme dark", ["TERCET_LANGUAGE": "ru"]).settings
    #expect(settings.override(of: "theme") == "--theme")
    #expect(settings.override(of: "language") == "TERCET_LANGUAGE")
    try write("theme = dark\n")
    #expect(try invocation("", ["TERCET_THEME": ""]).settings.override(of: "theme") == nil)
    #expect(try invocation("").settings.path == path)
    let other = directory.file("other")
    try Data().write(to: URL(filePath: other))
    #expect(try invocation("--config \(other)").settings.path == other)
  }
}
