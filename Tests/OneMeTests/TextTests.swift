import Cryptography
import Testing

@testable import OneMe

/// Stretches of text by UTF-16 units, links, and attachments in one line.
struct TextTests {
  @Test(arguments: [
    ("Смотри: https://x.example завтра", 0, 7, Optional("Смотри:")),
    ("Смотри: https://x.example завтра", 8, 17, "https://x.example"),
    // The family is one character of eleven units; whoever cuts into it gets it whole.
    ("a👨‍👩‍👧‍👦b", 1, 11, "👨‍👩‍👧‍👦"), ("a👨‍👩‍👧‍👦b", 3, 1, "👨‍👩‍👧‍👦"), ("a👨‍👩‍👧‍👦b", 0, 2, "a👨‍👩‍👧‍👦"),
    ("a👨‍👩‍👧‍👦b", 11, 2, "👨‍👩‍👧‍👦b"), ("e\u{301}x", 1, 1, "e\u{301}"), ("🇷🇺🇷🇺", 2, 2, "🇷🇺"),
    ("abc", 1, 100, "bc"), ("abc", 0, .max, "abc"), ("abc", 2, .max, "c"), ("abc", 3, 1, nil),
    ("abc", .max, .max, nil), ("abc", 1, 0, nil), ("abc", -1, 2, nil), ("", 0, 1, nil),
  ])
  func coversWholeCharacters(text: String, start: Int, length: Int, covered: String?) {
    let span = TextSpan(kind: "STRONG", start: start, length: length)
    #expect(span.range(in: text).map { String(text[$0]) } == covered)
  }

  @Test func countsInUnits() throws {
    let text = "👍 жирно"
    let range = try #require(text.firstRange(of: "жирно"))
    let span = TextSpan(kind: "STRONG", range: range, in: text)
    #expect(span == TextSpan(kind: "STRONG", start: 3, length: 5))
    #expect(span.range(in: text) == range)
  }

  @Test func collectsLinks() {
    var message = Message(
      id: 1, time: 1, sender: 1,
      text: "Вот (https://a.example/x?y=1), «http://b.example». https:// ftp://c.example тут",
      spans: [
        TextSpan(kind: "LINK", start: 0, length: 3, url: "https://hidden.example"),
        TextSpan(kind: "STRONG", start: 0, length: 3, url: "https://no.example"),
        TextSpan(kind: "LINK", start: 5, length: 23),
      ],
      attachments: [
        .share(url: "https://s.example", title: nil), .share(url: "javascript:1", title: nil),
      ])
    #expect(
      message.links == [
        "https://hidden.example", "https://a.example/x?y=1", "http://b.example",
        "https://s.example",
      ])
    message.text = ""
    #expect(message.links == ["https://hidden.example", "https://s.example"])
  }

  @Test func readsTheRarerAttachments() throws {
    let message: Message = try payload(
      """
      {"id":1,"attaches":[
       {"_type":"INLINE_KEYBOARD","callbackId":"c","keyboard":{"buttons":[
         [{"text":"Да","type":"CALLBACK"},{"payload":1}],[{"text":"Нет"}],5]}},
       {"_type":"INLINE_KEYBOARD"},
       {"_type":"LOCATION","latitude":59.93,"longitude":30},
       {"_type":"POLL","title":"Когда?","answers":[{"text":"Завтра"},{"id":2}]},
       {"_type":"APP","name":"Игра"},{"_type":"PRESENT"},
       {"_type":"CALL","conversationId":77,"callType":"VIDEO"}]}
      """)
    #expect(
      message.attachments == [
        .keyboard([["Да"], ["Нет"]]), .keyboard([]), .location(latitude: 59.93, longitude: 30),
        .poll(question: "Когда?", answers: ["Завтра"]), .app(title: "Игра"),
        .present(title: nil),
        .call(CallRecord(conversationId: "77", isVideo: true, outcome: nil)),
      ])
  }

  @Test func readsAForward() throws {
    let message: Message = try payload(
      """
      {"id":1,"text":"","link":{"type":"FORWARD","chatId":-5,"chatName":"Двор","message":
       {"id":"2","sender":3,"text":"см. фото","elements":[{"type":"STRONG","length":3}],
        "attaches":[{"_type":"PHOTO","photoToken":"p"}]}}}
      """)
    let source = MediaSource(token: Secret("p"))
    #expect(
      message.reference
        == MessageReference(
          kind: .forward, messageId: 2, sender: 3, text: "см. фото",
          spans: [TextSpan(kind: "STRONG", start: 0, length: 3)],
          attachments: [.photo(url: nil, width: nil, height: nil, source: source)],
          chatName: "Двор", chatId: -5))
  }
}
