import Sandbox
import Testing
import Transport

@Suite struct MaxAccountTests {
  @Test func aLoginBringsTheWholeAccount() async throws {
    let fixture = try await SandboxFixture()
    let login = try await RawMaxConnection(fixture).logIn(Cast.numbers.main).payload
    #expect(
      login.keys.isSuperset(of: [
        "profile", "chats", "contacts", "messages", "presence", "drafts", "config", "time",
        "chatMarker",
      ]))
    #expect(login.time == .integer(fixture.time.wallTime))
    let chats = login.chats.items
    #expect((30...40).contains(chats.count))
    func chat(_ id: Int64) -> JSON { chats.first { $0.id == .integer(id) } ?? .null }

    let pavel = chat(Cast.dialog)
    #expect(pavel.type == "DIALOG")
    #expect(pavel.title == .null)
    #expect(pavel.newMessages == 2)
    #expect(pavel.lastMessage.text == "и молока")
    #expect(pavel.lastMessage.id.string?.count == 18)
    #expect(pavel.participants.keys == ["\(Cast.ira)", "\(Cast.pavel)"])
    #expect(chat(0).type == "DIALOG")
    #expect(chat(Cast.dacha).title == "Дача 2026")
    #expect(chat(Cast.dacha).newMessages == 3)
    #expect(chat(-9_007_199_254_740_995).title == "Big id")
    let titles = chats.compactMap(\.title.string)
    #expect(titles.contains { $0.contains("\u{1B}[31m") })
    #expect(titles.contains { $0.unicodeScalars.contains("\u{200D}") })
  }

  @Test func aMarkerAsksForChangesAlone() async throws {
    let fixture = try await SandboxFixture()
    let line = try await RawMaxConnection(fixture)
    let signedIn = try await line.enter(Cast.numbers.main)
    let token = signedIn.payload.tokenAttrs.LOGIN.token.string ?? ""
    let first = try await line.logIn(token: token)
    let marker = try #require(first.payload.time.integer)

    await fixture.pass(.seconds(60))
    let pavel = try await RawMaxConnection(fixture)
    _ = try await pavel.logIn(Cast.numbers.second)
    _ = try await pavel.ask(
      64, #"{"chatId":\#(Cast.dialog),"message":{"text":"пока тебя не было","cid":1}}"#)
    let again = try await RawMaxConnection(fixture)
    _ = try await again.greet()
    let delta = try await again.logIn(token: token, since: marker)
    #expect(delta.payload.chats.items.map(\.id) == [.integer(Cast.dialog)])
    #expect(delta.payload.chats[0].newMessages == 3)
    #expect(delta.payload.contacts.items.isEmpty)
  }

  @Test func theCountOfChatsIsBounded() async throws {
    let line = try await RawMaxConnection(SandboxFixture())
    let signedIn = try await line.enter(Cast.numbers.main)
    let token = signedIn.payload.tokenAttrs.LOGIN.token.string ?? ""
    for count in [0, 101, -1] {
      let answer = try await line.logIn(token: token, chats: count)
      #expect(answer.payload.error == "proto.payload")
      #expect(answer.payload.message.string?.contains("chatsCount") == true)
    }
    #expect(try await line.logIn(token: "made up").payload.error == "login.token")
    let few = try await line.logIn(token: token, chats: 5)
    #expect(few.payload.chats.items.count == 5)
    let marker = few.payload.chatMarker.integer ?? 0
    let rest = try await line.ask(53, #"{"marker":\#(marker),"count":100}"#)
    let all = Set((few.payload.chats.items + rest.payload.chats.items).compactMap(\.id.integer))
    #expect(all.count == few.payload.chats.items.count + rest.payload.chats.items.count)
    #expect(all.contains(0) && all.contains(Cast.dacha))
  }

  @Test func historyIsPagedWithoutGapsOrRepeats() async throws {
    let fixture = try await SandboxFixture()
    let line = try await RawMaxConnection(fixture)
    let login = try await line.logIn(Cast.numbers.main)
    let chat = login.payload.chats.items.first { $0.id == .integer(Cast.dialog) } ?? .null
    var from = fixture.time.wallTime
    var ids: [Int64] = []
    while true {
      let page = try await line.ask(
        49, #"{"chatId":\#(Cast.dialog),"from":\#(from),"forward":0,"backward":60}"#)
      let messages = page.payload.messages.items
      let times = messages.compactMap(\.time.integer)
      #expect(times == times.sorted())
      guard let oldest = times.first else { break }
      ids = messages.compactMap { $0.id.string.flatMap { Int64($0) } } + ids
      from = oldest - 1
    }
    #expect(Int64(ids.count) == chat.messagesCount.integer)
    #expect(ids.count > 350)
    #expect(Set(ids).count == ids.count)
    #expect(ids.allSatisfy { $0 > 1 << 53 })

    let around = try await line.ask(
      49, #"{"chatId":\#(Cast.dialog),"from":\#(ids[100] >> 16),"forward":2,"backward":2}"#)
    #expect(around.payload.messages.items.compactMap(\.id.string) == ids[99...102].map { "\($0)" })
  }

  @Test(arguments: [
    (#"{"chatId":12345,"from":1,"forward":0,"backward":30}"#, "chat.not.found"),
    (#"{"chatId":0,"forward":0,"backward":30}"#, "proto.payload"),
    (#"{"chatId":0,"from":1,"forward":0,"backward":101}"#, "proto.payload"),
    (#"{"chatId":"0","from":1,"forward":0,"backward":1}"#, "proto.payload"),
  ])
  func badHistoryRequestsAreRefused(payload: String, error: String) async throws {
    let line = try await RawMaxConnection(SandboxFixture())
    _ = try await line.logIn(Cast.numbers.main)
    #expect(try await line.ask(49, payload).payload.error == .text(error))
  }

  @Test func contactsAreLookedUpByTheHundred() async throws {
    let line = try await RawMaxConnection(SandboxFixture())
    _ = try await line.logIn(Cast.numbers.main)
    let found = try await line.ask(32, #"{"contactIds":[\#(Cast.pavel),1]}"#)
    #expect(found.payload.contacts.items.map(\.id) == [.integer(Cast.pavel)])
    #expect(found.payload.contacts[0].names[0].name == "Павел")
    let many = (1...101).map { "\($0)" }.joined(separator: ",")
    #expect(
      try await line.ask(32, #"{"contactIds":[\#(many)]}"#).payload.error == "proto.payload")
  }

  @Test func theCallTokenHasItsTimes() async throws {
    let fixture = try await SandboxFixture()
    let line = try await RawMaxConnection(fixture)
    _ = try await line.logIn(Cast.numbers.main)
    let answer = try await line.ask(158)
    #expect(answer.payload.token.string?.hasPrefix("$") == true)
    #expect((answer.payload.token_refresh_ts.integer ?? 0) > fixture.time.wallTime)
  }

  @Test func tokensOutliveConnections() async throws {
    let fixture = try await SandboxFixture()
    let line = try await RawMaxConnection(fixture)
    let signedIn = try await line.enter(Cast.numbers.main)
    await line.line.connection.close()
    let next = try await RawMaxConnection(fixture)
    _ = try await next.greet()
    let token = signedIn.payload.tokenAttrs.LOGIN.token.string ?? ""
    #expect(try await next.logIn(token: token).cmd == 1)
  }
}
