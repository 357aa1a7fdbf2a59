import Testing

@testable import Interface
@testable import ScreenState

/// Pictures of messages that look like something, and of what is done with them.
@Suite struct MessageGoldenTests {
  private static let classic = Size(columns: 80, rows: 24)
  private static let wide = Size(columns: 120, rows: 40)

  private func expect(
    _ name: String, sizes: [Size], _ change: (inout ScreenState) -> Void
  ) throws {
    var state = Sample.screen
    state.conversation = Sample.livelyChat
    state.focus = .conversation
    change(&state)
    for size in sizes {
      try Golden.expect(
        ScreenLayout(state).canvas(size), "\(name)-\(size.columns)x\(size.rows)")
    }
  }

  @Test func looksAndReactions() throws {
    try expect("lively-chat", sizes: [Self.classic, Self.wide]) { $0.conversation?.selection = 2 }
  }

  @Test func choices() throws {
    try expect("react", sizes: [Self.classic, Self.wide]) { $0.dialog = .choice(Sample.reactions) }
    try expect("forward", sizes: [Self.classic]) { $0.dialog = .choice(Sample.targets) }
    try expect("delete", sizes: [Self.classic]) {
      $0.dialog = .choice(
        ChoiceState(
          title: "DELETE", introduction: "Я за",
          options: [.init(id: "me", label: "for me"), .init(id: "all", label: "for everybody")],
          selection: 0, progress: "Deleting…",
          hints: [Hint(key: "Enter", label: "choose"), Hint(key: "Esc", label: "leave")]))
    }
  }

  @Test func aChangeIsBeingWritten() throws {
    try expect("editing", sizes: [Self.classic]) {
      $0.conversation?.composer.isWriting = true
      $0.conversation?.composer.quote = .init(sender: "editing", text: "Я за")
      $0.conversation?.composer.field = FieldState(text: "Я против", style: .lines)
    }
  }

  @Test("Styled text breaks where plain text does", arguments: [1, 2, 7, 20, 33, 500])
  func wrapping(_ width: Int) {
    let texts = [
      "Это длинное сообщение, которое занимает больше одной строки, и 日本語も混ざる",
      "one\ntwo  three \n\n four", "\u{1b}[31mred\u{7}", " ", "", "👨‍👩‍👧‍👦🏖 👍🏽",
    ]
    for text in texts {
      let spans: [ConversationState.Span] = [
        .init(look: .strong, range: 0..<text.count / 2), .init(look: .code, range: 1..<3),
        .init(look: .link, range: 2..<10_000),
      ]
      let styled = StyledText(text, spans, base: .plain).rows(width: width)
      let plain = TextWidth.wrap(text, width: width)
      #expect(styled.map(\.width) == plain.map(TextWidth.columns))
      #expect(
        styled.map { $0.spans.flatMap { TextWidth.glyphs(of: $0.text) } }
          == plain.map(TextWidth.glyphs))
    }
  }
}
