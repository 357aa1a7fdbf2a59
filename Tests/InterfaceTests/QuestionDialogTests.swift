import Phrases
import Testing

@testable import Interface
@testable import ScreenState
@testable import ViewModels

/// Questions before something that cannot be undone, on terminals of every size.
@MainActor @Suite struct QuestionDialogTests {
  private func asked(_ loss: String, scroll: Int? = nil) async throws -> ScreenState {
    var state = try await Scene.inUse().screen
    var choice = ChoiceState(
      title: Phrase.signOutTitle.with("MAX"), introduction: loss,
      options: [
        .init(id: "no", label: Phrase.staySignedIn.text),
        .init(id: "yes", label: Phrase.signOutNow.text),
      ])
    (choice.isQuestion, choice.selection, choice.scroll) = (true, 0, scroll)
    choice.hints = [Hint(.enter, .hintChoose), Hint(.escape, .hintLeave)]
    state.dialog = .choice(choice)
    return state
  }

  private let losses = [
    Phrase.signOutOfMaxLoses.with("4325"), Phrase.signOutOfTextSecureLoses.with("4325"),
    Phrase.signOutOfTradingLoses.text, Phrase.leaveGroupLoses.text, Phrase.resumeLoses.text,
    Phrase.acceptKeyLoses.with("Константин Константинопольский"), Phrase.verifyKeyMeans.with("Bob"),
    Phrase.endSessionLoses.with("Bob"),
  ]

  /// The words in sight, the dialog's frame left out.
  private func words(_ state: ScreenState, _ size: Size) -> String {
    ScreenLayout(state).canvas(size).rowsOfText.map { row in
      row.trimming { " │┌┐└┘─".contains($0) }
    }.joined(separator: " ")
  }

  @Test("Both answers are always in sight, and all that is lost is, or is scrolled to")
  func everySize() async throws {
    for size in [(40, 10), (40, 12), (60, 12), (80, 24), (120, 40)] {
      let size = Size(columns: size.0, rows: size.1)
      for loss in losses {
        let end = ScreenLayout(try await asked(loss, scroll: 0)).place(size).end
        var seen = ""
        for scroll in 0...end {
          let state = try await asked(loss, scroll: scroll)
          let words = words(state, size)
          #expect(words.contains(Phrase.staySignedIn.text))
          #expect(words.contains(Phrase.signOutNow.text))
          #expect(scroll == end || words.contains("PgDn"), "what is out of sight is marked")
          seen += words
        }
        // Where it scrolls the mark lies over the ends of some words, which come again above.
        let last = loss.split(separator: " ").suffix(2).joined(separator: " ")
        #expect(seen.contains(last), "\(size) \(loss)")
        if size.rows >= 24 { #expect(end == 0) }
      }
    }
  }

  @Test func pictures() async throws {
    let small = Size(columns: 40, rows: 12)
    try Golden.expect(ScreenLayout(try await asked(losses[0])).canvas(small), "sign-out-40x12")
    let tiny = Size(columns: 40, rows: 10)
    try Golden.expect(ScreenLayout(try await asked(losses[1])).canvas(tiny), "sign-out-40x10")
    let usual = Size(columns: 80, rows: 24)
    try Golden.expect(ScreenLayout(try await asked(losses[0])).canvas(usual), "sign-out-80x24")
  }

  @Test("The list has the keys: its rule and row are bright, the chat invites nobody")
  func besideAChat() async throws {
    let state = try await Scene.inUse().screen
    let canvas = ScreenLayout(state).canvas(Size(columns: 120, rows: 40))
    let text = canvas.rowsOfText
    #expect(text.contains { $0.contains(Phrase.writeFromElsewhere.text) })
    // Own lines have that sign, too, behind the time.
    #expect(!text.contains { $0.contains("│ ▸") || $0.contains(Phrase.writeHere.text) })
    #expect(text[1].hasPrefix("━━━") && text[1].hasSuffix("───"))
    #expect(canvas.cursor == nil)
    try Golden.expect(canvas, "chats-beside-a-chat-120x40")
  }

  @Test("The bottom line says that there are more keys, and never loses the two that show them")
  func bottomLine() async throws {
    let hints = [
      Hint(.enter, .hintOpenChat), Hint(.character("n"), .hintAddContact),
      Hint(key: "/", label: "search"), Hint(key: "^P", label: "everything", isLasting: true),
      Hint(key: "t", label: "trade"), Hint(key: "?", label: "help", isLasting: true),
    ]
    for width in 20...100 {
      let line = BottomLine.line(hints, width: width).line
      let text = line.spans.map(\.text).joined()
      #expect(line.width <= width)
      #expect(text.contains("^P") && text.contains("?"), "\(width): \(text)")
      #expect(text.hasSuffix("…") || text.contains("trade"), "\(width): \(text)")
    }
  }
}

extension Canvas {
  fileprivate var rowsOfText: [String] {
    (0..<size.rows).map { row in self.row(row).map(\.text).joined() }
  }
}

extension String {
  fileprivate func trimming(_ isEdge: (Character) -> Bool) -> String {
    var text = Substring(self)
    while let first = text.first, isEdge(first) { text.removeFirst() }
    while let last = text.last, isEdge(last) { text.removeLast() }
    return String(text)
  }
}
