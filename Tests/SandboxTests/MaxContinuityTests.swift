import Testing
import Transport

@testable import Sandbox

/// A conversation is kept once, whoever is there to hear it.
@Suite struct MaxContinuityTests {
  @Test(arguments: MaxOpcodeTests.notations)
  func nothingIsLostWhileTheServerIsAway(notation: MaxWire.Notation) async throws {
    let fixture = try await SandboxFixture()
    let line = try await RawMaxConnection(fixture, notation)
    let signedIn = try await line.enter(Cast.numbers.main)
    let token = signedIn.payload.tokenAttrs.LOGIN.token.string ?? ""
    let before = try await line.logIn(token: token).payload
    _ = try await line.ask(64, #"{"chatId":\#(Cast.dialog),"message":{"text":"до","cid":1}}"#)

    await fixture.sandbox.setMaxReachable(false)
    #expect(try await line.line.closure() == .reset)
    await #expect(throws: TransportError.self) { try await RawMaxConnection(fixture, notation) }
    for number in 1...50 {
      await fixture.sandbox.write(
        "пропущено \(number)", from: Cast.numbers.second, to: Cast.numbers.main)
    }
    await fixture.sandbox.setMaxReachable(true)

    let again = try await RawMaxConnection(fixture, notation)
    _ = try await again.greet()
    let delta = try await again.logIn(token: token, since: before.time.integer ?? 0).payload
    #expect(delta.chats.items.map(\.id) == [.integer(Cast.dialog)])
    // Both texts that were never answered and those that were may come again.
    for cid in 1...3 {
      let text = cid == 1 ? "до" : "после \(cid)"
      for _ in 1...2 {
        _ = try await again.ask(
          64, #"{"chatId":\#(Cast.dialog),"message":{"text":"\#(text)","cid":\#(cid)}}"#)
      }
    }
    let page = try await again.ask(
      49, #"{"chatId":\#(Cast.dialog),"from":4000000000000,"forward":0,"backward":53}"#)
    #expect(
      page.payload.messages.items.compactMap(\.text.string)
        == ["до"] + (1...50).map { "пропущено \($0)" } + ["после 2", "после 3"])
  }

  @Test func anOutageTakesPlaceByItself() async throws {
    let fixture = try await SandboxFixture(faults: "outage=30")
    let line = try await RawMaxConnection(fixture)
    _ = try await line.logIn(Cast.numbers.main)
    await fixture.pass(.seconds(5))
    #expect(try await line.line.closure() == .reset)
    await #expect(throws: TransportError.self) { try await RawMaxConnection(fixture) }
    await fixture.pass(.seconds(30))
    let fault = try await fixture.event { if case .fault(let name) = $0 { name } else { nil } }
    #expect(fault == "outage")
    let again = try await eventuallyIn(fixture)
    let chat = try await again.logIn(Cast.numbers.main).payload.chats.items
      .first { $0.id == .integer(Cast.dialog) }
    #expect(chat?.newMessages == 52)
    #expect(chat?.lastMessage.text == "Пока тебя нет: 50")
  }

  /// The clock was moved, the server hears of it in its own time.
  private func eventuallyIn(_ fixture: SandboxFixture) async throws -> RawMaxConnection {
    while true {
      do { return try await RawMaxConnection(fixture) } catch TransportError.upgradeRefused(
        status: 503, _)
      {}
    }
  }

  @Test func peopleGoOnWritingToWhoIsAway() async throws {
    let fixture = try await SandboxFixture(.busy)
    let line = try await RawMaxConnection(fixture)
    let signedIn = try await line.enter(Cast.numbers.main)
    let token = signedIn.payload.tokenAttrs.LOGIN.token.string ?? ""
    let before = try await line.logIn(token: token).payload
    await line.line.connection.close()
    await fixture.pass(.seconds(3))
    let again = try await RawMaxConnection(fixture)
    _ = try await again.greet()
    let delta = try await again.logIn(token: token, since: before.time.integer ?? 0).payload
    #expect(delta.chats.items.count > 5)
  }

  @Test func whatOneDeletesForHimselfIsGoneForHimAlone() async throws {
    let fixture = try await SandboxFixture()
    let ira = try await RawMaxConnection(fixture)
    _ = try await ira.logIn(Cast.numbers.main)
    let tablet = try await RawMaxConnection(fixture)
    _ = try await tablet.logIn(Cast.numbers.main)
    let pavel = try await RawMaxConnection(fixture)
    _ = try await pavel.logIn(Cast.numbers.second)
    let sent = try await pavel.ask(
      64, #"{"chatId":\#(Cast.dialog),"message":{"text":"секрет","cid":1}}"#)
    let id = sent.payload.message.id.id64 ?? 0
    func delete(forMe: Bool) async throws -> JSON {
      try await ira.ask(
        66, #"{"chatId":\#(Cast.dialog),"messageIds":["\#(id)","7"],"forMe":\#(forMe)}"#
      ).payload
    }
    // Another's message can be deleted for oneself alone.
    #expect(try await delete(forMe: false).error == "not.found")
    let answer = try await delete(forMe: true)
    #expect(answer.messageIds.items.map(\.id64) == [id])
    #expect(answer.failedMessageIds.items.map(\.id64) == [7])
    #expect(try await tablet.push(142).payload.messageIds[0].id64 == id)
    func last(_ line: RawMaxConnection) async throws -> Int64? {
      try await line.ask(
        49, #"{"chatId":\#(Cast.dialog),"from":4000000000000,"forward":0,"backward":1}"#
      ).payload.messages[0].id.id64
    }
    #expect(try await last(ira) != id)
    #expect(try await last(pavel) == id)
    #expect(
      try await ira.ask(71, #"{"chatId":\#(Cast.dialog),"messageIds":["\#(id)"]}"#)
        .payload.messages.items.isEmpty)
  }

  @Test func aForwardCarriesItsSource() async throws {
    let fixture = try await SandboxFixture()
    let line = try await RawMaxConnection(fixture)
    _ = try await line.logIn(Cast.numbers.main)
    let found = try await line.ask(73, #"{"query":"каракатица","count":1}"#).payload.result[0]
    let id = found.message.id.string ?? ""
    let sent = try await line.ask(
      64,
      #"{"chatId":0,"message":{"text":"","cid":1,"link":{"type":"FORWARD","chatId":\#(Cast.long),"messageId":"\#(id)"}}}"#
    )
    #expect(sent.payload.message.link.chatId == .integer(Cast.long))
    #expect(sent.payload.message.link.message.text == .text(GeneratedHistory.rarity))
    let reactions = try await line.ask(
      180, #"{"chatId":\#(Cast.long),"messageIds":["\#(id)"]}"#)
    #expect(reactions.payload.messagesReactions[id].totalCount == 0)
  }
}
