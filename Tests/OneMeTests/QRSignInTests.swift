import Cryptography
import TestSupport
import Testing

@testable import OneMe

/// Signing in by a code that a phone scans.
@Suite(.timeLimit(.minutes(10)))
struct QRSignInTests {
  private static let code =
    #"{"qrLink":"https://max.example/:auth/1","trackId":"q-1","pollingInterval":5000,"ttl":60000}"#

  @Test(arguments: [false, true])
  func pollsUntilThePhoneAgrees(binary: Bool) async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      #expect(try await line.serve(288, Self.code).payload == ComparableJSON("{}"))
      for _ in 0..<2 {
        let poll = try await line.serve(289, #"{"status":{"expiresAt":1795265107000}}"#)
        #expect(poll.payload == ComparableJSON(#"{"trackId":"q-1"}"#))
      }
      try await line.serve(289, #"{"status":{"loginAvailable":true}}"#)
      let taken = try await line.serve(
        291, #"{"passwordChallenge":{"trackId":"t-9","hint":"кот"}}"#)
      #expect(taken.payload == ComparableJSON(#"{"trackId":"q-1"}"#))
      let password = try await line.next(115)
      try await line.answer(
        password, #"{"error":"login.cred","message":"FAIL_WRONG_PASSWORD"}"#, command: 3)
      try await line.serve(115, #"{"tokenAttrs":{"LOGIN":{"token":"l"}}}"#)
      try await line.untilEnd()
    }
    let client = try await server.connect { $0.codec = binary ? .binary : .json }
    var states = client.signInByQR().makeAsyncIterator()
    #expect(
      await states.next()
        == .show(
          QRCode(
            link: "https://max.example/:auth/1", trackId: "q-1", pollInterval: .seconds(5),
            expiresAt: server.time.wallTime + 60_000)))
    for _ in 0..<3 { await server.time.release(.seconds(5)) }
    #expect(await states.next() == .approved)
    #expect(await states.next() == .signedIn(.passwordNeeded(trackId: "t-9", hint: "кот")))
    #expect(await states.next() == nil)
    do {
      _ = try await client.enterPassword(Secret("x"), trackId: "t-9")
      Issue.record("a wrong password was taken")
    } catch {
      guard case .refused(let refusal) = error else { throw error }
      #expect(refusal.kind == .wrongPassword)
    }
    #expect(try await client.enterPassword(Secret("мурка"), trackId: "t-9") == Secret("l"))
    await client.close()
    await server.stop()
  }

  @Test func showsAnotherCodeWhenOneExpires() async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      // The first expires by the clock, the second by the server's word, the third for good.
      try await line.serve(288, #"{"qrLink":"a","trackId":"1","pollingInterval":1,"ttl":1500}"#)
      try await line.serve(289, "null")
      try await line.serve(289, "null")
      try await line.serve(288, #"{"qrLink":"b","trackId":"2","pollingInterval":1000}"#)
      let poll = try await line.next(289)
      try await line.answer(poll, #"{"error":"track.not.found"}"#, command: 3)
      try await line.serve(288, #"{"qrLink":"c","trackId":"3","ttl":1,"pollingInterval":"x"}"#)
      try await line.serve(289, "{}")
      try await line.untilEnd()
    }
    let client = try await server.connect()
    var shown: [String] = []
    var expired = 0
    var last: QRSignIn?
    for await state in client.signInByQR(codes: 3) {
      switch state {
      case .show(let code):
        shown.append(code.link)
        let polls = code.link == "a" ? 2 : 1
        for _ in 0..<polls { await server.time.release(code.pollInterval) }
      case .expired: expired += 1
      default: last = state
      }
    }
    #expect(shown == ["a", "b", "c"])
    #expect(expired == 3)
    #expect(last == .failed(.refused(OneMeRefusal(code: "track.not.found"))))
    await client.close()
    await server.stop()
  }

  @Test func asksAgainWhenAQuestionIsNotAnswered() async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      try await line.serve(288, Self.code)
      try await line.next(289)
      try await line.serve(289, #"{"status":{"loginAvailable":true}}"#)
      try await line.serve(291, #"{"tokenAttrs":{"LOGIN":{"token":"l"}}}"#)
      try await line.untilEnd()
    }
    let client = try await server.connect { $0.requestTimeout = .seconds(16) }
    async let states = client.signInByQR().reduce(into: []) { $0.append($1) }
    await server.time.release(.seconds(5))
    await server.time.release(.seconds(16))
    await server.time.release(.seconds(5))
    #expect(await states.last == .signedIn(.token(Secret("l"))))
    await client.close()
    await server.stop()
  }

  @Test func stopsWhenNobodyLooks() async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      try await line.serve(288, Self.code)
      // Nothing is polled any more: the next frame is the one that is asked for.
      try await line.serve(158, #"{"token":"call"}"#)
      try await line.untilEnd()
    }
    let client = try await server.connect()
    let watcher = Task {
      var shown = 0
      for await _ in client.signInByQR() { shown += 1 }
      return shown
    }
    // The line's own ping, and the pause before the first poll.
    await server.time.untilSleeping(2)
    watcher.cancel()
    _ = await watcher.value
    #expect(try await client.callToken().token == Secret("call"))
    await client.close()
    await server.stop()
  }

  @Test(arguments: ["null", "{}", #"{"qrLink":"a"}"#, #"{"qrLink":5,"trackId":"1"}"#])
  func refusesACodeWithoutALink(answer: String) async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      try await line.serve(288, answer)
      try await line.untilEnd()
    }
    let client = try await server.connect()
    do {
      _ = try await client.requestQRCode()
      Issue.record("no code was taken for one")
    } catch {
      guard case .malformed(.requestQR, _) = error else { throw error }
    }
    await client.close()
    await server.stop()
  }

  @Test func asksForACaptcha() async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      let code = try await line.next(17)
      try await line.answer(code, #"{"error":"auth.captcha.required"}"#, command: 3)
      let captcha = try await line.serve(224, #"{"link":"https://id.example/c"}"#)
      #expect(captcha.payload == ComparableJSON(#"{"source":"auth","identifier":"+79991234567"}"#))
      try await line.untilEnd()
    }
    let client = try await server.connect()
    let phone = try PhoneNumber("+79991234567")
    do {
      _ = try await client.requestCode(phone: phone)
      Issue.record("a captcha was passed over")
    } catch {
      guard case .refused(let refusal) = error else { throw error }
      #expect(refusal.kind == .captchaNeeded)
    }
    #expect(try await client.captchaLink(for: phone) == "https://id.example/c")
    await client.close()
    await server.stop()
  }
}
