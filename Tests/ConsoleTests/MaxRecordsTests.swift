import Domain
import OneMe
import Phrases
import Storage
import Testing

@testable import Accounts
@testable import MaxService

@Suite struct MaxRecordsTests {
  private let records = MaxRecords(ownId: 1, names: [1: "Ира", 2: "Павел", 3: "Мария"])

  private func message(
    _ text: String = "", from sender: Int64? = 2, at time: Int64 = 100,
    attachments: [OneMe.Attachment] = [], status: Message.Status = .normal,
    reference: MessageReference? = nil
  ) -> Message {
    Message(
      id: 7, time: time, sender: sender, text: text, attachments: attachments, status: status,
      reference: reference)
  }

  private func text(_ attachment: OneMe.Attachment, from sender: Int64? = 2) -> String {
    records.message(message(from: sender, attachments: [attachment]), in: "max:9").shownText
  }

  @Test("A channel of somebody else's and a chat that was left are closed to writing")
  func closed() {
    let records = MaxRecords(ownId: 7, names: [:])
    func isClosed(_ chat: Chat) -> Bool { records.chat(chat, known: nil, isMuted: nil).closed }
    #expect(isClosed(Chat(id: -1, kind: .channel, owner: 8)))
    #expect(!isClosed(Chat(id: -1, kind: .channel, owner: 7)))
    #expect(!isClosed(Chat(id: -1, kind: .group, owner: 8)))
    #expect(isClosed(Chat(id: -1, kind: .group, isActive: false, owner: 7)))
  }

  @Test func keys() {
    #expect(MaxRecords.key(-9_007_199_254_740_995) == "max:-9007199254740995")
    #expect(MaxRecords.chatId("max:-9007199254740995") == -9_007_199_254_740_995)
    for key in ["max", "max:", "max:x", "textsecure:1", "", ":1", "max:1:2"] as [ChatID] {
      #expect(MaxRecords.chatId(key) == nil)
    }
  }

  @Test func statuses() {
    #expect(records.message(message(), in: "max:9").status == .received)
    let own = records.message(message(from: 1), in: "max:9")
    #expect(own.own)
    #expect(own.status == .sent)
    #expect(records.message(message(status: .removed), in: "max:9").status == .deleted)
    #expect(records.message(message(status: .edited), in: "max:9").edited)
    let post = MaxRecords(ownId: nil, names: [:]).message(message(from: nil), in: "max:9")
    #expect(!post.own, "a channel's post before the first login is nobody's")
  }

  @Test func repliesAndForwards() {
    let reply = MessageReference(kind: .reply, messageId: 5, sender: 3, text: "quoted")
    let answer = records.message(message("yes", reference: reply), in: "max:9")
    #expect(answer.replyTo == "5")
    #expect(answer.text == "yes")
    let forward = MessageReference(kind: .forward, messageId: 5, sender: 3, text: "news")
    let passedOn = records.message(message("look", reference: forward), in: "max:9")
    #expect(passedOn.replyTo == nil)
    #expect(passedOn.shownText == "forwarded from Мария\nnews\nlook")
    let named = MessageReference(
      kind: .forward, messageId: 5, sender: 4, text: "news", chatName: "Двор")
    #expect(
      records.message(message(reference: named), in: "max:9").shownText
        == "forwarded from Двор\nnews")
    let unknown = MessageReference(kind: .forward, messageId: nil, sender: 4, text: "news")
    #expect(
      records.message(message(reference: unknown), in: "max:9").shownText
        == "forwarded from someone\nnews")
  }

  @Test func controlLines() {
    #expect(text(.control(event: "new", title: nil, userIds: [])) == "Павел created the group")
    #expect(
      text(.control(event: "add", title: nil, userIds: [3, 4])) == "Павел added Мария, Person 4")
    #expect(text(.control(event: "remove", title: nil, userIds: [3])) == "Павел removed Мария")
    #expect(text(.control(event: "leave", title: nil, userIds: []), from: 99) == "someone left")
    #expect(
      text(.control(event: "title", title: "{} {}", userIds: []))
        == "Павел renamed the group to {} {}")
    #expect(text(.control(event: "odd", title: nil, userIds: [])) == "service message: odd")
    #expect(text(.control(event: "odd", title: "As written", userIds: [])) == "As written")
    let line = records.message(
      message(attachments: [.control(event: "pin", title: nil, userIds: [])]), in: "max:9")
    #expect(line.kind == .system)
    #expect(line.shownText == "Павел pinned a message")
  }

  @Test func attachments() {
    let stored = records.message(
      message(attachments: [
        .photo(url: nil, width: nil, height: nil),
        .video(duration: 61_000, width: nil, height: nil),
        .file(name: "смета.xlsx", size: 48_213), .audio(duration: 7_000), .audio(duration: nil),
        .sticker(url: nil), .share(url: "https://example.org", title: nil),
        .contact(id: nil, name: nil), .unsupported("POLL"),
      ]), in: "max:9"
    ).attachments
    #expect(
      stored.map(\.label) == [
        "photo", "video clip 1:01", "смета.xlsx", "voice 0:07", "voice", "sticker",
        "https://example.org", "contact", "unsupported: POLL",
      ])
    #expect(stored[2].bytes == 48_213)
  }

  @Test func titles() {
    func title(_ chat: Chat, known: ChatRecord? = nil) -> String {
      let record = records.chat(chat, known: known, isMuted: nil)
      // What stands for a name is never stored.
      #expect(!["Saved messages", "Person 5", "Chat -4"].contains(record.title))
      return record.shownTitle
    }
    #expect(title(Chat(id: 0, kind: .dialog)) == "Saved messages")
    #expect(title(Chat(id: 1 ^ 2, kind: .dialog)) == "Павел")
    #expect(title(Chat(id: 1 ^ 5, kind: .dialog)) == "Person 5")
    #expect(title(Chat(id: -4, kind: .group)) == "Chat -4")
    #expect(title(Chat(id: -4, kind: .group, title: "Дача")) == "Дача")
    let known = ChatRecord(chat: "max:-4", service: .max, kind: .group, title: "Former")
    #expect(title(Chat(id: -4, kind: .group), known: known) == "Former")
    #expect(title(Chat(id: -4, kind: .group, title: ""), known: known) == "Former")
  }

  @Test("What is said of a closed chat without a name calls it what it is shown as")
  func closedWithoutName() {
    let closed = records.chat(Chat(id: -4, kind: .channel), known: nil, isMuted: nil)
    #expect(closed.closed)
    #expect(closed.closedText == Phrase.channelClosed.with("Chat -4"))
  }

  @Test("What the server leaves out stays as it was")
  func merging() {
    let known = ChatRecord(
      chat: "max:3", service: .max, kind: .dialog, title: "Павел", peerId: "2", unread: 4,
      muted: true, lastMessageAt: 500, lastMessageId: "6", lastMessage: "later", readMark: 90)
    let merged = records.chat(
      Chat(id: 3, kind: .dialog, lastMessage: message("earlier", at: 400)), known: known,
      isMuted: nil)
    #expect(merged == known)
    let news = records.chat(
      Chat(
        id: 3, kind: .dialog, participants: [1: 600, 2: 0], lastMessage: message("new", at: 600),
        unread: 0), known: known, isMuted: false)
    #expect(news.unread == 0)
    #expect(!news.muted)
    #expect(news.readMark == 600)
    #expect(news.lastMessage == "new")
  }

  @Test func lastLines() {
    func last(_ kind: Chat.Kind, _ message: Message) -> String? {
      records.chat(
        Chat(id: kind == .dialog ? 3 : -3, kind: kind, lastMessage: message), known: nil,
        isMuted: nil
      )
      .lastMessage?.line
    }
    #expect(last(.group, message("hi")) == "Павел: hi")
    #expect(last(.group, message("hi", from: 1)) == "hi")
    #expect(last(.dialog, message("hi")) == "hi")
    #expect(last(.group, message("hi", from: 99)) == "hi")
    #expect(last(.dialog, message("hi", status: .removed)) == "message deleted")
    #expect(last(.dialog, message(attachments: [.sticker(url: nil)])) == "sticker")
  }
}
