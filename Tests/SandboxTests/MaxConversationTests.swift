import Sandbox
import Testing

@Suite struct MaxConversationTests {
  /// Ира twice and Павел once, all online.
  private struct Trio {
    let fixture: SandboxFixture
    let ira: RawMaxConnection
    let tablet: RawMaxConnection
    let pavel: RawMaxConnection

    init() async throws {
      fixture = try await SandboxFixture()
      ira = try await RawMaxConnection(fixture)
      _ = try await ira.logIn(Cast.numbers.main)
      tablet = try await RawMaxConnection(fixture)
      _ = try await tablet.logIn(Cast.numbers.main)
      pavel = try await RawMaxConnection(fixture)
      _ = try await pavel.logIn(Cast.numbers.second)
    }

    func send(_ text: String, cid: Int) async throws -> JSON {
      try await ira.ask(
        64, #"{"chatId":\#(Cast.dialog),"message":{"text":"\#(text)","cid":\#(cid)},"notify":true}"#
      )
    }
  }

  @Test func aMessageReachesEverySessionButItsOwn() async throws {
    let trio = try await Trio()
    let sent = try await trio.send("Привет", cid: 7).payload
    #expect(sent.message.text == "Привет")
    #expect(sent.message.cid == 7)
    for line in [trio.pavel, trio.tablet] {
      let push = try await line.push(128)
      #expect(push.cmd == 0)
      #expect(push.payload.chatId == .integer(Cast.dialog))
      #expect(push.payload.message.id == sent.message.id)
      #expect(push.payload.message.sender == .integer(Cast.ira))
    }
    // The same number again is the same message, and nobody hears of it.
    #expect(try await trio.send("Привет", cid: 7).payload.message.id == sent.message.id)
    let other = try await trio.send("Второе", cid: 8).payload
    let push = try await trio.pavel.push(128).payload
    #expect(push.message.id == other.message.id)
    #expect(push.prevMessageId == sent.message.id)
  }

  @Test func theServerCountsItsPushesFromZero() async throws {
    let trio = try await Trio()
    for cid in 1...3 { _ = try await trio.send("раз", cid: cid) }
    var seqs: [JSON] = []
    for _ in 1...3 { seqs.append(try await trio.pavel.push(128).seq) }
    #expect(seqs == [0, 1, 2])
  }

  @Test func aReplyQuotesAndAnUnknownMessageDoesNot() async throws {
    let trio = try await Trio()
    let first = try await trio.send("Вопрос", cid: 1).payload.message.id.string ?? ""
    func reply(to id: String) async throws -> JSON {
      try await trio.ira.ask(
        64,
        #"{"chatId":\#(Cast.dialog),"message":{"text":"Ответ","cid":\#(100 + id.utf8.count),"link":{"type":"REPLY","messageId":"\#(id)"}}}"#
      )
    }
    let answer = try await reply(to: first)
    #expect(answer.payload.message.link.message.text == "Вопрос")
    #expect(try await reply(to: "1").payload.error == "not.found")
  }

  @Test(arguments: [
    (#"{"chatId":0,"message":{"text":"","cid":1}}"#, "proto.payload"),
    (#"{"chatId":0,"message":{"text":"x"}}"#, "proto.payload"),
    (#"{"message":{"text":"x","cid":1}}"#, "proto.payload"),
    (#"{"userId":1,"message":{"text":"x","cid":1}}"#, "not.found"),
    (#"{"chatId":-71000000000001,"message":{"text":"x","cid":1}}"#, "chat.not.access"),
    (#"{"chatId":5,"message":{"text":"x","cid":1}}"#, "chat.not.found"),
  ])
  func badMessagesAreRefused(payload: String, error: String) async throws {
    let line = try await RawMaxConnection(SandboxFixture())
    _ = try await line.logIn(Cast.numbers.second)
    #expect(try await line.ask(64, payload).payload.error == .text(error))
  }

  @Test func readingTellsTheOthers() async throws {
    let trio = try await Trio()
    let message = try await trio.send("прочти", cid: 1).payload.message
    let id = message.id.string ?? ""
    let mark = message.time.integer ?? 0
    let answer = try await trio.pavel.ask(
      50,
      #"{"type":"READ_MESSAGE","chatId":\#(Cast.dialog),"messageId":"\#(id)","mark":\#(mark)}"#)
    #expect(answer.payload.unread == 0)
    let push = try await trio.ira.push(130)
    #expect(push.payload.userId == .integer(Cast.pavel))
    #expect(push.payload.mark == .integer(mark))
    #expect(push.payload.setAsUnread == false)
  }

  @Test func typingIsToldToTheOthers() async throws {
    let trio = try await Trio()
    let answer = try await trio.ira.ask(65, #"{"chatId":\#(Cast.dialog),"type":"TEXT"}"#)
    #expect(answer.payload == .null)
    #expect(try await trio.pavel.push(129).payload.userId == .integer(Cast.ira))
  }

  @Test func editingReactingAndDeletingAreTold() async throws {
    let trio = try await Trio()
    let id = try await trio.send("опечатка", cid: 1).payload.message.id.string ?? ""
    _ = try await trio.pavel.push(128)
    let edit =
      #"{"chatId":\#(Cast.dialog),"messageId":"\#(id)","text":"исправлено","elements":[],"attachments":[]}"#
    #expect(try await trio.ira.ask(67, edit).payload.message.status == "EDITED")
    let edited = try await trio.pavel.push(128).payload.message
    #expect(edited.text == "исправлено")
    #expect(edited.status == "EDITED")
    // Another's message is not his to edit, and both arrays are obligatory.
    #expect(try await trio.pavel.ask(67, edit).payload.error == "not.found")
    #expect(
      try await trio.ira.ask(67, edit.replacing(#","elements":[]"#, with: "")).payload.error
        == "proto.payload")

    let reaction =
      #"{"chatId":\#(Cast.dialog),"messageId":"\#(id)","reaction":{"reactionType":"EMOJI","id":"👍"}}"#
    #expect(
      try await trio.pavel.ask(178, reaction).payload.reactionInfo.yourReaction == "👍")
    #expect(try await trio.ira.push(155).payload.totalCount == 1)

    let delete = #"{"chatId":\#(Cast.dialog),"messageIds":["\#(id)"],"forMe":false}"#
    #expect(try await trio.ira.ask(66, delete).payload.messageIds[0] == .text(id))
    #expect(try await trio.pavel.push(142).payload.messageIds[0] == .text(id))
    #expect(try await trio.ira.ask(66, delete).payload.error == "not.found")
  }
}

extension MaxConversationTests {
  @Test func aPersonWhoIsAwayAnswersInALivelyScenario() async throws {
    let fixture = try await SandboxFixture(.calls)
    let line = try await RawMaxConnection(fixture)
    _ = try await line.logIn(Cast.numbers.main)
    _ = try await line.ask(
      64, #"{"chatId":\#(Cast.dialog),"message":{"text":"Ты дома?","cid":1}}"#)
    await fixture.pass(.seconds(5))
    #expect(try await line.push(130).payload.userId == .integer(Cast.pavel))
    #expect(try await line.push(129).payload.userId == .integer(Cast.pavel))
    #expect(try await line.push(128).payload.message.sender == .integer(Cast.pavel))
  }
}
