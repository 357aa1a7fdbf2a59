import FoundationEssentials
import Testing

@testable import Program

/// What `make install` installs beside the program is written from its tables; `RECORD_ASSETS=1`
/// writes it anew.
@Suite("Generated assets")
struct AssetsTests {
  @Test(
    "are fresh",
    arguments: [
      ("tercet.1", Manual(table: .whole).page),
      ("completions/tercet.bash", Completion(table: .whole).bash + "\n"),
      ("completions/_tercet", Completion(table: .whole).zsh + "\n"),
      ("completions/tercet.fish", Completion(table: .whole).fish + "\n"),
    ])
  func fresh(name: String, text: String) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "assets").appending(path: name)
    if ProcessInfo.processInfo.environment["RECORD_ASSETS"] != nil {
      try Data(text.utf8).write(to: file)
    }
    #expect(try String(decoding: Data(contentsOf: file), as: UTF8.self) == text)
  }
}
