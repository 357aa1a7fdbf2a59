import Cryptography
import Relay
import Synchronization
import TestSupport
import Testing
import Transport

@testable import TextSecure

@Suite("A relay of another kind, or on a bad day", .timeLimit(.minutes(10)))
struct BadDayTests {
  private let aliceNumber = "+14155550101"
  private let bobNumber = "+14155550102"

  /// Tries again, four times in all, while it fails with `passing`.
  private func insist(
    _ passing: TextSecureError, _ call: () async throws(TextSecureError) -> Void
  ) async throws {
    for _ in 1...4 {
      do throws(TextSecureError) { return try await call() } catch {
        guard error == passing else { throw error }
      }
    }
    throw Missed("an end of the failures")
  }

  @Test("Envelopes are read without their padding", arguments: [false, true])
  func padding(isPadded: Bool) async throws {
    let relay = try await RealRelay()
    let detour = try AlteringProxy(
      to: relay.server.url, network: relay.network,
      frame: { isPadded ? $0 : $0.replacing("=", with: "") }
    ) { _, _ in .pass }
    let alice = try await relay.client(aliceNumber, seed: 1)
    let bob = try await relay.client(bobNumber, seed: 2, url: detour.url)
    // Two of three lengths are padded.
    for text in ["a", "bb", "ccc"] {
      try await alice.sender.send(PushContent(body: text), to: bob.number)
    }
    #expect(try await bob.texts(3) == ["a", "bb", "ccc"])
    await detour.stop()
    await relay.server.stop()
  }

  @Test("A web page is never taken for an answer", arguments: [200, 403, 502])
  func webPage(status: Int) async throws {
    let relay = try await RealRelay()
    let alice = try await relay.client(aliceNumber, seed: 1)
    let bob = try await relay.client(bobNumber, seed: 2)
    try await alice.sender.send(PushContent(body: "before"), to: bob.number)
    let page = HTTPServer.Reply.response(
      status: status, headers: ["Content-Type": "text/html; charset=utf-8"],
      body: Array("<!DOCTYPE html><html>Welcome to our Wi-Fi</html>".utf8))
    let detour = try AlteringProxy(to: relay.server.url, network: relay.network) { _, _ in
      .answer(page)
    }
    let lost = Client(
      alice.device, url: detour.url, network: relay.network, random: SeededRandom(seed: 3))
    let expected: TextSecureError =
      status == 200
      ? .malformed("a web page in place of an answer") : .refused(status: status)
    func check(_ what: String, _ call: () async throws(TextSecureError) -> Void) async {
      do {
        try await call()
        Issue.record("\(what) was taken for done")
      } catch {
        #expect(error == expected || error == .wrongCode, "\(what)")
      }
    }
    let (api, device) = (lost.api, alice.device)
    await check("code") { () async throws(TextSecureError) in
      try await api.requestCode(for: aliceNumber, by: .sms)
    }
    await check("verify") { () async throws(TextSecureError) in
      try await api.verify(code: "1", device: device)
    }
    await check("push") { () async throws(TextSecureError) in
      try await api.setPush(.gcm, id: "x")
    }
    await check("upload") { () async throws(TextSecureError) in try await lost.stock.upload() }
    await check("count") { () async throws(TextSecureError) in _ = try await api.remainingKeys() }
    await check("keys") { () async throws(TextSecureError) in
      _ = try await api.keys(of: bobNumber, .primary)
    }
    await check("directory") { () async throws(TextSecureError) in
      _ = try await api.lookUp([bobNumber])
    }
    await check("attachment") { () async throws(TextSecureError) in
      _ = try await api.allocateAttachment()
    }
    await check("message") { () async throws(TextSecureError) in
      try await api.send([], to: bobNumber, timestamp: 1)
    }
    await detour.stop()
    await relay.server.stop()
  }

  @Test("What failed with 500 is sent again under its name, and arrives once")
  func serverErrors() async throws {
    let relay = try await RealRelay()
    let detour = try AlteringProxy(to: relay.server.url, network: relay.network) { count, request in
      guard request.target.contains("/messages/") else { return .pass }
      // Before the relay has it, after it has it, and no more.
      return count % 3 == 0
        ? .pass
        : count % 3 == 1 ? .answer(.response(status: 500)) : .afterwards(.response(status: 500))
    }
    let alice = try await relay.client(aliceNumber, seed: 1, url: detour.url)
    let bob = try await relay.client(bobNumber, seed: 2)
    for text in 1...6 as ClosedRange<Int64> {
      let id = DispatchID(message: text, number: bob.number)
      try await insist(.refused(status: 500)) { () async throws(TextSecureError) in
        try await alice.sender.send(PushContent(body: "\(text)"), to: bob.number, as: id)
      }
    }
    #expect(try await bob.texts(6) == (1...6).map { "\($0)" })
    #expect(await bob.store.received.count == 6)
    await detour.stop()
    await relay.server.stop()
  }

  @Test("Every third connection breaks off: all arrives once and in order")
  func dropped() async throws {
    let relay = try await RealRelay()
    let detour = try AlteringProxy(to: relay.server.url, network: relay.network) { count, _ in
      count % 3 != 0 ? .pass : count % 2 == 0 ? .answer(.hangUp) : .afterwards(.hangUp)
    }
    let alice = try await relay.client(aliceNumber, seed: 1)
    let bob = try await relay.client(bobNumber, seed: 2)
    let unsteady = Client(
      alice.device, url: detour.url, network: relay.network, random: SeededRandom(seed: 3))
    let relayClock = relay.time
    for text in 1...40 as ClosedRange<Int64> {
      try await insist(.transport(.closed(.endOfFile))) { () async throws(TextSecureError) in
        try await unsteady.sender.send(
          PushContent(body: "\(text)"), to: bob.number,
          as: DispatchID(message: text, number: bob.number))
      }
      relayClock.advance(by: .seconds(2))
    }
    #expect(try await bob.texts(40) == (1...40).map { "\($0)" })
    #expect(await bob.store.received.count == 40)
    await detour.stop()
    await relay.server.stop()
  }

  @Test(
    "A clock that is far off changes nothing but the time that is shown",
    arguments: [0, 1, 4_102_444_800_000, Int64.max])
  func clock(wallTime: Int64) async throws {
    let relay = try await RealRelay()
    let alice = try await relay.client(aliceNumber, seed: 1)
    let bob = try await relay.client(bobNumber, seed: 2)
    alice.time.setWallTime(wallTime)
    bob.time.setWallTime(1)
    try await alice.sender.send(PushContent(body: "when?"), to: bob.number)
    #expect(try await bob.texts(1) == ["when?"])
    try await bob.sender.send(PushContent(body: "now"), to: alice.number)
    #expect(try await alice.texts(1) == ["now"])
    await relay.server.stop()
  }
}
