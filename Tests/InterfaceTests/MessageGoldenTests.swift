import Testing

@testable import Interface
@testable import ScreenState
@testable import ViewModels

/// Pictures of messages that look like something, and of what is done with them.
@MainActor @Suite struct MessageGoldenTests {
  private static let classic = Size(columns: 80, rows: 24)
  private static let wide = Size(columns: 120, rows: 40)

  private func expect(_ scene: Scene, _ name: String, sizes: [Size]) throws {
    for size in sizes {
      try Golden.expect(
        ScreenLayout(scene.screen).canvas(size), "\(name)-\(size.columns)x\(size.rows)")
    }
  }

  /// Three messages up from the end, at one of our own.
  private func atOurOwn() async throws -> Scene {
    let scene = try await Scene.inChat("max:9")
    await scene.press(.up, .up, .up)
    return scene
  }

  @Test func looksAndReactions() async throws {
    try expect(
      try await atOurOwn(), "lively-chat",
      sizes: [
        Self.classic, Self.wide, Size(columns: 40, rows: 12), Size(columns: 200, rows: 60),
      ])
  }

  @Test func choices() async throws {
    let scene = try await atOurOwn()
    await scene.press(.up, .character("+"), .right, .right)
    try expect(scene, "react", sizes: [Self.classic, Self.wide])
    await scene.press(.escape, .character("F"))
    await scene.type("сем")
    try expect(scene, "forward", sizes: [Self.classic])
    await scene.press(.escape, .down, .character("D"))
    try expect(scene, "delete", sizes: [Self.classic])
  }

  @Test func aChangeIsBeingWritten() async throws {
    let scene = try await atOurOwn()
    await scene.press(.character("e"), .control("u"))
    await scene.type("Я против")
    try expect(scene, "editing", sizes: [Self.classic])
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
