import Cryptography
import Testing
import Transport

@testable import OneMe

/// From the first byte to a login, in the seed's words.
@Suite(.timeLimit(.minutes(10)))
struct SignInTests {
  @Test func greetsAsTheSeedSays() async throws {
    let server = try ScriptedServer { line in
      #expect(line.headers["Origin"] == "https://web.max.ru")
      #expect(line.headers["User-Agent"]?.hasPrefix("Mozilla/5.0") == true)
      let hello = try await line.serve(6)
      #expect(
        hello.whole
          == ComparableJSON(
            """
            {"seq":0,"opcode":6,"payload":{"userAgent":{"deviceType":"WEB","locale":"ru",
             "deviceLocale":"ru","osVersion":"Windows","deviceName":"Chrome","headerUserAgent":
             "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
             "appVersion":"25.11.2","screen":"1080x1920 1.0x","timezone":"Europe/Moscow"},
             "deviceId":"550e8400-e29b-41d4-a716-446655440000"},"ver":11,"cmd":0}
            """))
      try await line.untilEnd()
    }
    let client = try await server.connect()
    #expect(client.serverDate != nil)
    #expect(await client.roundTrip != nil)
    await client.close()
    await server.stop()
  }

  @Test func walksThroughTheSeedsWorkflow() async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      let code = try await line.serve(17, #"{"token":"abc123verificationtoken456"}"#)
      #expect(
        code.whole
          == ComparableJSON(
            #"{"seq":1,"opcode":17,"payload":{"phone":"+79991234567","type":"START_AUTH","language":"ru"},"ver":11,"cmd":0}"#
          ))
      let entered = try await line.serve(18, #"{"tokenAttrs":{"LOGIN":{"token":"login-1"}}}"#)
      #expect(
        entered.whole
          == ComparableJSON(
            #"{"seq":2,"opcode":18,"payload":{"token":"abc123verificationtoken456","verifyCode":"123456","authTokenType":"CHECK_CODE"},"ver":11,"cmd":0}"#
          ))
      let login = try await line.serve(19, #"{"token":null}"#)
      #expect(
        login.whole
          == ComparableJSON(
            #"{"seq":3,"opcode":19,"payload":{"token":"login-1","interactive":false,"chatsCount":40,"chatsSync":0,"contactsSync":0,"presenceSync":0,"draftsSync":0},"ver":11,"cmd":0}"#
          ))
      let call = try await line.serve(158, #"{"token":"call_api_token_abc123xyz"}"#)
      #expect(
        call.whole == ComparableJSON(#"{"seq":4,"opcode":158,"payload":{},"ver":11,"cmd":0}"#))
      try await line.untilEnd()
    }
    let client = try await server.connect()
    let challenge = try await client.requestCode(phone: PhoneNumber("+7 999 123-45-67"))
    #expect(challenge == CodeChallenge(token: Secret("abc123verificationtoken456")))
    let signIn = try await client.enterCode(" 123 456 ", challenge: challenge)
    #expect(signIn == .token(Secret("login-1")))
    #expect(try await client.logIn(token: Secret("login-1")) == Snapshot())
    #expect(
      try await client.callToken() == CallToken(token: Secret("call_api_token_abc123xyz")))
    await client.close()
    await server.stop()
  }

  @Test func declinesACall() async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6, "null")
      let request = try await line.serve(167, "null")
      #expect(
        request.whole
          == ComparableJSON(
            #"{"seq":1,"opcode":167,"payload":{"conversationId":"11AA22BB","reason":"REJECTED"},"ver":11,"cmd":0}"#
          ))
      try await line.untilEnd()
    }
    let client = try await server.connect()
    try await client.declineCall("11AA22BB")
    await client.close()
    await server.stop()
  }

  @Test func asksAgainForACodeAndEntersAPassword() async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6, "null")
      let again = try await line.serve(
        17,
        #"{"token":"v","codeLength":6,"requestCountLeft":"2","altActionDuration":60000,"requestMaxDuration":300000}"#
      )
      #expect(
        again.payload
          == ComparableJSON(#"{"phone":"+79991234567","type":"RESEND","language":"ru"}"#))
      try await line.serve(18, #"{"passwordChallenge":{"trackId":"t-1","hint":"кот"}}"#)
      let password = try await line.serve(115, #"{"tokenAttrs":{"LOGIN":{"token":"l"}}}"#)
      #expect(password.payload == ComparableJSON(#"{"trackId":"t-1","password":"мурка"}"#))
      try await line.serve(18, #"{"tokenAttrs":{"REGISTER":{"token":"r"}}}"#)
      try await line.serve(18, #"{"tokenAttrs":{}}"#)
      try await line.serve(115, "null")
      try await line.untilEnd()
    }
    let client = try await server.connect()
    let challenge = try await client.requestCode(
      phone: PhoneNumber("+79991234567"), resend: true)
    #expect(
      challenge
        == CodeChallenge(
          token: Secret("v"), length: 6, resendAfter: .seconds(60), attemptsLeft: 2,
          lifetime: .seconds(300)))
    #expect(
      try await client.enterCode("1", challenge: challenge)
        == .passwordNeeded(trackId: "t-1", hint: "кот"))
    #expect(
      try await client.enterPassword(Secret("мурка"), trackId: "t-1") == Secret("l"))
    #expect(try await client.enterCode("1", challenge: challenge) == .registrationNeeded)
    await #expect(throws: OneMeError.malformed(.enterCode, "payload is not as expected")) {
      try await client.enterCode("1", challenge: challenge)
    }
    await #expect(throws: OneMeError.malformed(.enterPassword, "it is empty")) {
      try await client.enterPassword(Secret("x"), trackId: "t-1")
    }
    for code in ["", "  ", "12;34", String(repeating: "1", count: 33)] {
      await #expect(throws: OneMeError.badCode) {
        try await client.enterCode(code, challenge: challenge)
      }
    }
    await client.close()
    await server.stop()
  }

  @Test func aRefusedGreetingIsNoConnection() async throws {
    let server = try ScriptedServer { line in
      let hello = try await line.next(6)
      try await line.answer(
        hello, #"{"error":"client.unsupported-version","title":"Обновите"}"#, command: 3)
      try await line.untilEnd()
    }
    await #expect(
      throws: OneMeError.refused(
        OneMeRefusal(code: "client.unsupported-version", title: "Обновите"))
    ) {
      try await server.connect()
    }
    await server.stop()
  }
}
