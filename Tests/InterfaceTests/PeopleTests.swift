import Testing

@testable import Domain
@testable import Interface
@testable import ScreenState

/// Who wrote what: by names and colours in a group, by a sign in a chat of two.
@MainActor @Suite struct PeopleTests {
  private func pane(isOfTwo: Bool, columns: Int = 60) -> Canvas {
    var chat = ConversationState(chat: "max:1", service: .max, title: "Книжный клуб")
    chat.freshness = .live(since: Sample.now)
    chat.isOfTwo = isOfTwo
    chat.identity = .verified
    chat.lines = [
      .init(id: "1", sender: "Павел", at: Sample.now, text: "one"),
      .init(id: "2", sender: "+14155550188", at: Sample.now, text: "two"),
      .init(id: "3", sender: "you", isOwn: true, at: Sample.now, text: "three"),
    ]
    chat.lines[0].person = 3
    chat.lines[1].person = 4
    return ConversationPane(
      state: chat, moment: RenderClock(now: Sample.now, zone: .utc), isFocused: true
    ).canvas(Size(columns: columns, rows: 8))
  }

  private func row(with word: String, of canvas: Canvas) -> Int? {
    (0..<canvas.size.rows).first { row in
      canvas.row(row).map(\.text).joined().contains(word)
    }
  }

  @Test("In a group each has a name and a colour, and a number keeps its end")
  func group() throws {
    let canvas = pane(isOfTwo: false, columns: 40)
    #expect(canvas.text.contains("12:44  Павел       one"), "\(canvas.text)")
    #expect(canvas.text.contains("+1415…0188  two"), "\(canvas.text)")
    let (first, second) = (
      try #require(row(with: "one", of: canvas)), try #require(row(with: "two", of: canvas))
    )
    #expect(canvas[8, first].style.role == .person4)
    #expect(canvas[8, second].style.role == .person5)
    #expect(canvas[20, first].style.role == .plain, "what is said is for all alike")
  }

  @Test("In a chat of two nobody is named, and what is one's own has a sign")
  func two() {
    let text = pane(isOfTwo: true).text
    #expect(text.contains("12:44    one") && text.contains("12:44  ▸ three"), "\(text)")
    #expect(!text.contains("Павел"))
  }

  @Test("The heading says that the key was compared")
  func verified() {
    #expect(pane(isOfTwo: true).text.contains("Книжный клуб ✓ · MAX"))
  }
}
