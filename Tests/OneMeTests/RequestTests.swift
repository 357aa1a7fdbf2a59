import Cryptography
import TestSupport
import Testing
import Transport

@testable import OneMe

/// Requests and their answers, in any order, wrong, late or never.
@Suite(.timeLimit(.minutes(10)))
struct RequestTests {
  @Test(arguments: [
    (#"{"error":"Error message description"}"#, 1, "Error message description"),
    (#"{"error":"login.token","message":"FAIL_LOGIN_TOKEN"}"#, 3, "login.token"),
    ("null", 2, "not.found"), ("null", 3, "error"),
  ])
  func errorsInEitherForm(payload: String, command: Int, code: String) async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      try await line.answer(try await line.next(158), payload, command: command)
      try await line.untilEnd()
    }
    let client = try await server.connect()
    do {
      _ = try await client.callToken()
      Issue.record("the error was taken for an answer")
    } catch {
      guard case .refused(let refusal) = error else { throw error }
      #expect(refusal.code == code)
    }
    await client.close()
    await server.stop()
  }

  @Test func aPushWithAPendingNumberIsNoAnswer() async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      let request = try await line.next(158)
      let number = request.sequence
      try await line.push(129, #"{"chatId":1,"userId":2}"#, sequence: number)
      try await line.push(158, #"{"token":"not an answer"}"#, sequence: number)
      try await line.push(
        130, #"{"chatId":1,"userId":2,"mark":3}"#, sequence: number, command: 1)
      try await line.answer(request, #"{"token":"right"}"#)
      try await line.untilEnd()
    }
    let client = try await server.connect()
    #expect(try await client.callToken().token == Secret("right"))
    await client.close()
    let events = await client.events.reduce(into: []) { $0.append($1) }
    #expect(
      events == [
        .typing(chatId: 1, userId: 2, kind: "TEXT"),
        .marked(chatId: 1, userId: 2, mark: 3, asUnread: false),
      ])
    await server.stop()
  }

  @Test func answersMayComeInAnyOrder() async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      let requests = [try await line.next(49), try await line.next(49), try await line.next(49)]
      #expect(Set(requests.map(\.sequence)) == [1, 2, 3])
      for request in requests.reversed() {
        guard case .object(let payload)? = request.payload.value, let chat = payload["chatId"]
        else { throw Unexpected(text: request.payload.description) }
        try await line.answer(
          request, #"{"messages":[{"id":"\#(chat.integer ?? 0)"}]}"#)
      }
      try await line.untilEnd()
    }
    let client = try await server.connect()
    let ids = try await withThrowingTaskGroup(of: (Int64, [Int64]).self) { group in
      for chat: Int64 in [10, 20, 30] {
        group.addTask { (chat, try await client.history(chat: chat, before: 5).map(\.id)) }
      }
      return try await group.reduce(into: [Int64: [Int64]]()) { $0[$1.0] = $1.1 }
    }
    #expect(ids == [10: [10], 20: [20], 30: [30]])
    await client.close()
    await server.stop()
  }

  @Test func anAnswerThatNeverComesTimesOut() async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      let late = try await line.next(158)
      let next = try await line.next(158)
      try await line.answer(late, #"{"token":"late"}"#)
      try await line.answer(next, #"{"token":"in time"}"#)
      try await line.untilEnd()
    }
    let client = try await server.connect()
    let request = Task { try await client.callToken() }
    await server.time.untilSleeping(2)
    server.time.advance(by: .seconds(15))
    await #expect(throws: OneMeError.timedOut(.callToken)) { try await request.value }
    #expect(try await client.callToken().token == Secret("in time"))
    await client.close()
    await server.stop()
  }

  @Test func aCancelledRequestIsGivenUp() async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      try await line.next(158)
      try await line.serve(158, #"{"token":"t"}"#)
      try await line.untilEnd()
    }
    let client = try await server.connect()
    let request = Task { try await client.callToken() }
    await server.time.untilSleeping(2)
    request.cancel()
    await #expect(throws: OneMeError.cancelled) { try await request.value }
    #expect(try await client.callToken().token == Secret("t"))
    await client.close()
    await server.stop()
  }

  @Test func theEndOfTheLineEndsRequests() async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      try await line.next(158)
    }
    let client = try await server.connect()
    let ending = OneMeError.transport(.closed(.byPeer(code: 1000, reason: "")))
    await #expect(throws: ending) { try await client.callToken() }
    await #expect(throws: ending) { try await client.callToken() }
    #expect(await client.ending == ending)
    await server.stop()
  }

  @Test func asksForContactsInBatches() async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      for count in [100, 100, 50] {
        let request = try await line.next(32)
        guard case .object(let payload)? = request.payload.value,
          case .array(let ids)? = payload["contactIds"]
        else { throw Unexpected(text: request.payload.description) }
        #expect(ids.count == count)
        let contacts = ids.compactMap(\.integer).map { #"{"id":\#($0)}"# }
        try await line.answer(
          request, #"{"contacts":[\#(contacts.joined(separator: ","))]}"#)
      }
      try await line.untilEnd()
    }
    let client = try await server.connect()
    let ids = (1...250).map(Int64.init)
    let contacts = try await client.contacts(ids + ids)
    #expect(contacts.map(\.id) == ids)
    #expect(try await client.contacts([]) == [])
    await client.close()
    await server.stop()
  }

  @Test func asksForAPageOfHistory() async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      let page = try await line.serve(49, "null")
      #expect(
        page.payload
          == ComparableJSON(
            #"{"chatId":-7,"from":1795000000000,"forward":0,"backward":100,"getMessages":true}"#
          ))
      try await line.untilEnd()
    }
    let client = try await server.connect()
    let page = try await client.history(chat: -7, before: 1_795_000_000_000, count: 5000)
    #expect(page == [])
    await client.close()
    await server.stop()
  }

  @Test func logsOut() async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      try await line.serve(20, "null")
      try await line.untilEnd()
    }
    let client = try await server.connect()
    try await client.logOut()
    #expect(await client.ending == .transport(.closed(.byUs(code: 1000))))
    let events = await client.events.reduce(into: []) { $0.append($1) }
    #expect(events == [])
    await server.stop()
  }
}
