import FoundationEssentials
import Testing

@testable import Storage

@Suite("What the list of chats shows of a last message")
struct ChatPreviewTests {
  @Test("Read without a decoder it is what the decoder reads; anything but words is left to that")
  func plain() throws {
    var notes = ChatPreview("with a note")
    notes.notes = [.unencrypted]
    var gone = ChatPreview("")
    gone.isDeleted = true
    var named = ChatPreview("Привет, 👋🏽 e\u{301}")
    named.sender = "Ada"
    let previews: [(ChatPreview, isPlain: Bool)] = [
      (ChatPreview("hi"), true), (ChatPreview(""), true), (named, true), (notes, false),
      (gone, false), (ChatPreview(#"she said "no""#), false), (ChatPreview("two\nlines"), false),
      (ChatPreview(#"C:\temp"#), false), (ChatPreview(#"","sender":"x"#), false),
    ]
    for (preview, isPlain) in previews {
      let json = try JSONColumn.encode(preview)
      let read = ChatPreview(plain: json)
      #expect((read != nil) == isPlain, "\(json)")
      #expect(read == nil || read == preview)
      #expect(try JSONDecoder().decode(ChatPreview.self, from: Data(json.utf8)) == preview)
    }
    #expect(ChatPreview(plain: #"{"text":"cut"#) == nil)
    #expect(ChatPreview(plain: #"{"words":"hi"}"#) == nil)
  }
}
