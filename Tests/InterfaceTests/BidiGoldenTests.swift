import Domain
import MaxService
import Storage
import Testing

@testable import Interface
@testable import ScreenState
@testable import ViewModels

/// Pictures of people who write from right to left, among others who do not.
@MainActor @Suite struct BidiGoldenTests {
  /// A group in which three scripts are written, and a chat with a Hebrew name.
  static func scene() async throws -> Scene {
    let scene = try await Scene(isSandbox: true) { store in
      try await store.fillScene()
      try await store.chats.save([
        .init(
          chat: "max:20", service: .max, kind: .group, title: "משפחה (2026)", unread: 2,
          lastMessageAt: Sample.now, lastMessage: preview, readMark: Sample.now),
        .init(
          chat: "max:21", service: .max, kind: .dialog, title: "دانا", peerId: "8",
          lastMessageAt: Sample.now - 1000, lastMessage: "أراك الساعة 18:30!"),
      ])
      try await store.messages.save(messages)
    }
    await scene.opened("max:20")
    await scene.show(.typing(chat: "max:20", name: "דנה", until: scene.model.context.uptime + 8000))
    return scene
  }

  private static var preview: ChatPreview {
    var preview = ChatPreview("נפגשים ב-18:30 ליד הבית.")
    preview.sender = "דנה"
    return preview
  }

  private static func message(
    _ id: String, _ sender: String, minutes: Int64, _ text: String, own: Bool = false
  ) -> MessageRecord {
    MessageRecord(
      chat: "max:20", id: id, senderId: own ? "1" : sender, senderName: own ? "Ира" : sender,
      at: Sample.ago(minutes: minutes), text: text, status: own ? .sent : .received, own: own)
  }

  private static let messages: [MessageRecord] = [
    message("1", "דנה", minutes: 9, "שלום לכולם! מתי נפגשים?"),
    message("2", "Павел", minutes: 8, "Дана пишет «שלום», отвечаю: в 18:30."),
    message("3", "دانا", minutes: 7, "أراك الساعة 18:30 في البيت (رقم 7)."),
    message("4", "", minutes: 6, "Я за, הביתה!", own: true),
    message(
      "5", "דנה", minutes: 5,
      "זו הודעה ארוכה שתופסת יותר משורה אחת, כי אנשים כותבים כמו שהם מדברים, עם English באמצע, "
        + "ועם קישור https://example.org/he/page?x=1 ומספר 03-1234567."),
    message("6", "evil", minutes: 4, "\u{202e}txt.exe \u{2067}abc\u{2069}"),
    message("7", "דנה", minutes: 0, "נפגשים ב-18:30 ליד הבית."),
  ]

  private static let sizes = [(40, 12), (80, 24), (120, 40)].map { Size(columns: $0.0, rows: $0.1) }

  @Test("Names, messages, previews and what is written stand in their order")
  func group() async throws {
    let scene = try await Self.scene()
    await scene.type("אני בא, ok")
    for size in Self.sizes {
      try Golden.expect(
        ScreenLayout(scene.screen).canvas(size), "right-to-left-\(size.columns)x\(size.rows)")
    }
  }
}
