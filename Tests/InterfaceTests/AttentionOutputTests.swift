import MaxService
import Testing
import TextSecureService
import TradingService

@testable import Domain
@testable import Interface
@testable import ScreenState

/// What reaches a person outside the picture: the desktop, the title; and what the terminal tells of
/// the focus.
@MainActor @Suite struct AttentionOutputTests {
  @Test("Each terminal is asked for a notification as it knows it")
  func notices() {
    let sequences = [
      ["TERM": "xterm-kitty"], ["TERM_PROGRAM": "iTerm.app"], ["TERM": "foot"],
      ["TERM": "xterm-kitty", "TMUX": "x"],
    ].map { DesktopNotice($0).sequence(title: "tercet", text: "Call: Павел") }
    let start = "\u{1b}]99;i=tercet:o=unfocused:e=1:d=0:p=title;dGVyY2V0\u{1b}\\"
    #expect(sequences[0].hasPrefix(start))
    #expect(sequences[1] == "\u{1b}]9;tercet: Call: Павел\u{1b}\\")
    #expect(sequences[2] == "\u{1b}]777;notify;tercet;Call: Павел\u{1b}\\")
    #expect(sequences[3] == sequences[2], "tmux would take the other for the pane's title")
  }

  @Test(
    "No name ends a notification or begins another sequence",
    arguments: ["a\u{7}b", "a\u{1b}\\b", "a\u{9c}b", "a;b;c", "\u{202e}evil", "a\nb"])
  func harmlessText(_ name: String) {
    for environment in [["TERM": "xterm-kitty"], ["TERM_PROGRAM": "iTerm.app"], [:]] {
      let sequence = DesktopNotice(environment).sequence(title: "tercet", text: name)
      let pieces = sequence.split(separator: "\u{1b}\\")
      for piece in pieces {
        #expect(!piece.dropFirst().unicodeScalars.contains { $0.value < 0x20 })
        #expect(!piece.unicodeScalars.contains { [0x7f, 0x9c, 0x202e].contains($0.value) })
      }
      #expect(!sequence.contains("a;b"))
    }
  }

  @Test("The title has the count, is written when that changes, and is given back")
  func title() {
    let entering = Array("\u{1b}[?1049h\u{1b}[22;0;0t".utf8)
    var title = TerminalTitle(term: "xterm-256color", savedBy: entering)
    #expect(title.change(to: 0) == "\u{1b}]2;tercet\u{7}")
    #expect(title.change(to: 0) == nil)
    #expect(title.change(to: 3) == "\u{1b}]2;(3) tercet\u{7}")
    title.forget()
    #expect(title.change(to: 3) != nil)
    #expect(title.saving.isEmpty && title.restoring.isEmpty, "the screen does")
    let inside = TerminalTitle(term: "tmux-256color", savedBy: Array("\u{1b}[?1049h".utf8))
    #expect(inside.saving == Array("\u{1b}[22;2t".utf8))
    #expect(inside.restoring == Array("\u{1b}[23;2t".utf8))
    var console = TerminalTitle(term: "linux", savedBy: [])
    #expect(console.change(to: 3) == nil && console.saving.isEmpty)
  }

  @Test("Reports of the focus are no keys that anybody pressed")
  func focus() {
    var decoder = KeyDecoder()
    let keys = decoder.decode(Array("a\u{1b}[Ib\u{1b}[O".utf8))
    #expect(keys == [.character("a"), .focusIn, .character("b"), .focusOut])
    #expect(!Key.focusIn.name.isEmpty)
    // What was pasted is not ended by it.
    var reader = KeyReader()
    _ = reader.read(Array("\u{1b}[200~x\u{1b}[201~".utf8), at: .zero)
    _ = reader.read(Array("\u{1b}[I".utf8), at: .milliseconds(10))
    #expect(reader.read([0x0d], at: .milliseconds(20)) == [.newline])
  }

  @Test("At 80 columns each lamp has letters of its own")
  func lamps() async throws {
    let scene = try await Scene.inUse()
    let text = ScreenLayout(scene.screen).canvas(Size(columns: 80, rows: 24)).text
    #expect(text.contains("M● T● TO●38ms"), "\(text.prefix(100))")
  }

  @Test("A muted chat has a mark in the list, in one row and in two")
  func muted() async throws {
    var list = ChatListState(rows: [
      .init(id: "max:1", service: .max, title: "Павел", isMuted: true),
      .init(id: "max:2", service: .max, title: "Мария"),
    ])
    list.selection = 1
    for size in [Size(columns: 30, rows: 20), Size(columns: 80, rows: 10)] {
      let text = ChatListPane(
        state: list, moment: RenderClock(now: Sample.now, zone: .utc), isFocused: true
      ).canvas(size).text
      #expect(text.contains("Павел ⊘") && !text.contains("Мария ⊘"), "\(text)")
    }
  }
}
