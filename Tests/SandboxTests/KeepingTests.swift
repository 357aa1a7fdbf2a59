import Clocks
import TestSupport
import Testing
import TextSecure

@testable import Sandbox

/// What is still there when a sandbox is started again.
@Suite struct KeepingTests {
  private let all = #"{"chatId":\#(Cast.dialog),"from":4000000000000,"forward":0,"backward":5}"#

  private func fixture(
    _ scratch: ScratchDirectory, _ time: ManualTime = ManualTime()
  ) async throws
    -> SandboxFixture
  {
    try await SandboxFixture(time: time) { $0.worldDirectory = scratch.path }
  }

  @Test func chatsFilesAndAccountsAreThereAgain() async throws {
    let scratch = try ScratchDirectory()
    let first = try await fixture(scratch)
    let line = try await RawMaxConnection(first)
    let signedIn = try await line.enter(Cast.numbers.main)
    let token = signedIn.payload.tokenAttrs.LOGIN.token.string ?? ""
    _ = try await line.logIn(token: token)
    func say(_ text: String, _ cid: Int) async throws -> Int64 {
      try await line.ask(
        64, #"{"chatId":\#(Cast.dialog),"message":{"text":"\#(text)","cid":\#(cid)}}"#
      ).payload.message.id.id64 ?? 0
    }
    let kept = try await say("останется", 1)
    let gone = try await say("уйдёт", 2)
    _ = try await line.ask(
      66, #"{"chatId":\#(Cast.dialog),"messageIds":["\#(gone)"],"forMe":false}"#)
    // One of those that were there from the start goes, too.
    let page = try await line.ask(49, all).payload.messages.items
    let old = try #require(page.first { $0.id.id64 != kept }?.id.id64)
    _ = try await line.ask(
      66, #"{"chatId":\#(Cast.dialog),"messageIds":["\#(old)"],"forMe":true}"#)
    _ = try await line.ask(
      178,
      #"{"chatId":\#(Cast.dialog),"messageId":"\#(kept)","reaction":{"reactionType":"EMOJI","id":"🔥"}}"#
    )
    let before = try await line.ask(49, all).payload.messages.items
    let guest = try await RawMaxConnection(first)
    let guestToken = try await guest.enter("+79995550011").payload.tokenAttrs.LOGIN.token.string
    let guestChats = try await guest.logIn(token: guestToken ?? "").payload.chats.items.count
    await first.sandbox.stop()

    let second = try await fixture(scratch)
    let again = try await RawMaxConnection(second)
    _ = try await again.greet()
    _ = try await again.logIn(token: token)
    let after = try await again.ask(49, all).payload.messages.items
    #expect(after == before)
    #expect(after.contains { $0.id.id64 == kept && $0.text.string == "останется" })
    #expect(!after.contains { $0.id.id64 == gone || $0.id.id64 == old })
    let guestAgain = try await RawMaxConnection(second)
    _ = try await guestAgain.greet()
    let chats = try await guestAgain.logIn(token: guestToken ?? "").payload.chats.items.count
    #expect(chats == guestChats)
    // A new token is none of those that were given out before.
    let other = try await RawMaxConnection(second).enter(Cast.numbers.second)
    #expect(other.payload.tokenAttrs.LOGIN.token.string != token)
    await second.sandbox.stop()
  }

  @Test func balancesAndOrdersAgree() async throws {
    let scratch = try ScratchDirectory()
    let time = ManualTime()
    let first = try await fixture(scratch, time)
    let line = try await RawTradingConnection(first)
    let taken = try await line.perform(
      "swap", #"{"from":"ETH","to":"USDT","amount":"0.5","clientOrderId":"one"}"#)
    let id = try #require(taken.data.orderId.string)
    let locked = try await line.perform("balances", "{}").data.balances
    await first.sandbox.stop()

    let second = try await fixture(scratch, time)
    let again = try await RawTradingConnection(second)
    #expect(try await again.perform("balances", "{}").data.balances == locked)
    let order = try await again.perform("order_status", #"{"id":"\#(id)"}"#)
    #expect(order.data.orderId.string == id)
    // It goes on where it stood.
    var statuses: [String] = []
    while statuses.last != "FILLED", statuses.count < 20 {
      await second.pass(.seconds(3))
      let order = try await again.perform("order_status", #"{"id":"\#(id)"}"#)
      statuses.append(order.data.status.string ?? "")
    }
    #expect(statuses.last == "FILLED")
    let next = try await again.perform(
      "swap", #"{"from":"ETH","to":"USDT","amount":"0.1","clientOrderId":"two"}"#)
    #expect(next.data.orderId.string != id)
    await second.sandbox.stop()
  }

  @Test func aSecondSandboxLeavesTheWorldToTheFirst() async throws {
    let scratch = try ScratchDirectory()
    let first = try #require(try await WorldStore.open(in: scratch.path, at: 1))
    #expect(try await WorldStore.open(in: scratch.path, at: 1) == nil)
    first.keep([KeptRecord(.visitor, "1", bytes: [])])
    await first.close()
    let second = try #require(try await WorldStore.open(in: scratch.path, at: 2))
    #expect(second.run == 1 && second.startedAt == 1)
    #expect(second.kept[.visitor].map(\.key) == ["1"])
    await second.close()
  }

  @Test func nadiaGreetsNobodyTwice() async throws {
    let scratch = try ScratchDirectory()
    let first = try await fixture(scratch)
    let newcomer = try await Newcomer(first)
    try await newcomer.client.send(
      PushContent(body: "hello"), to: SandboxContact.nadia.number)
    await first.time.release(Contacts.pause)
    _ = try await newcomer.next()
    newcomer.leave()
    #expect(await first.sandbox.contacts.nadia.known == [Newcomer.number])
    await first.sandbox.stop()
    let second = try await fixture(scratch)
    #expect(await second.sandbox.contacts.nadia.known == [Newcomer.number])
    await second.sandbox.stop()
  }

  @Test func aCallComesEachTimeSomebodyComesOnline() async throws {
    let fixture = try await SandboxFixture(.calls)
    let line = try await RawMaxConnection(fixture)
    let signedIn = try await line.enter(Cast.numbers.main)
    let token = signedIn.payload.tokenAttrs.LOGIN.token.string ?? ""
    _ = try await line.logIn(token: token)
    await fixture.pass(.seconds(3))
    let first = try await line.push(137).payload.conversationId
    await line.line.connection.close()
    _ = try await fixture.event { if case .disconnected(.max, _) = $0 { true } else { nil } }
    let again = try await RawMaxConnection(fixture)
    _ = try await again.greet()
    _ = try await again.logIn(token: token)
    await fixture.pass(.seconds(3))
    let second = try await again.push(137).payload.conversationId
    #expect(second.string != nil && second != first)
  }
}
