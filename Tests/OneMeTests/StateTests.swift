import Cryptography
import TestSupport
import Testing

@testable import OneMe

/// What is asked for beside messages: chats, people, devices, settings.
@Suite(.timeLimit(.minutes(10)))
struct StateTests {
  @Test(arguments: [false, true])
  func pagesThroughChats(binary: Bool) async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      let first = try await line.serve(
        53, #"{"chats":[{"id":1},{"title":"no id"},{"id":-2}],"marker":1790000000000}"#)
      #expect(first.payload == ComparableJSON(#"{"marker":1795000000000,"count":40}"#))
      let last = try await line.serve(53, #"{"chats":[],"marker":5}"#)
      #expect(last.payload == ComparableJSON(#"{"marker":1790000000000,"count":100}"#))
      try await line.serve(53, "null")
      let some = try await line.serve(48, #"{"chats":[{"id":7}]}"#)
      #expect(some.payload == ComparableJSON(#"{"chatIds":[7,8]}"#))
      try await line.untilEnd()
    }
    let client = try await server.connect { $0.codec = binary ? .binary : .json }
    let first = try await client.chats(before: 1_795_000_000_000)
    #expect(first.chats.map(\.id) == [1, -2])
    let marker = try #require(first.marker)
    #expect(try await client.chats(before: marker, count: 1000) == ChatPage())
    #expect(try await client.chats(before: 1) == ChatPage())
    #expect(try await client.chats([7, 8]).map(\.id) == [7])
    await client.close()
    await server.stop()
  }

  @Test func findsPeople() async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      let presence = try await line.serve(
        35, #"{"presence":{"5":{"seen":1795000000,"status":1},"x":{}}}"#)
      #expect(presence.payload == ComparableJSON(#"{"contactIds":[5,6]}"#))
      let found = try await line.serve(46, #"{"contact":{"id":5}}"#)
      #expect(found.payload == ComparableJSON(#"{"phone":"+79991234567"}"#))
      let nobody = try await line.next(46)
      try await line.answer(nobody, #"{"error":"not.found"}"#, command: 3)
      let refused = try await line.next(46)
      try await line.answer(refused, #"{"error":"error.limit.violate"}"#, command: 3)
      try await line.untilEnd()
    }
    let client = try await server.connect()
    let presence = try await client.presence(of: [6, 5, 5])
    #expect(presence == [5: Presence(status: .online, seen: 1_795_000_000_000)])
    let phone = try PhoneNumber("+79991234567")
    #expect(try await client.contact(phone: phone) == Contact(id: 5))
    #expect(try await client.contact(phone: phone) == nil)
    await #expect(throws: OneMeError.refused(OneMeRefusal(code: "error.limit.violate"))) {
      try await client.contact(phone: phone)
    }
    await client.close()
    await server.stop()
  }

  @Test func changesSettings() async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      for until in ["-1", "0", "1795000009000"] {
        let mute = try await line.serve(22, #"{"hash":"1"}"#)
        #expect(
          mute.payload
            == ComparableJSON(#"{"settings":{"chats":{"-5":{"dontDisturbUntil":\#(until)}}}}"#))
      }
      let saved = try await line.serve(176, "null")
      #expect(saved.payload == ComparableJSON(#"{"chatId":-5,"text":"не забыть","time":7}"#))
      let discarded = try await line.serve(177, "null")
      #expect(discarded.payload == ComparableJSON(#"{"chatId":-5}"#))
      let opened = try await line.serve(75, "null")
      #expect(opened.payload == ComparableJSON(#"{"chatId":-5,"subscribe":true}"#))
      try await line.untilEnd()
    }
    let client = try await server.connect()
    try await client.mute(chat: -5, .always)
    try await client.mute(chat: -5, .off)
    try await client.mute(chat: -5, .until(1_795_000_009_000))
    try await client.saveDraft(Draft(text: "не забыть", time: 7), chat: -5)
    try await client.saveDraft(nil, chat: -5)
    try await client.subscribe(chat: -5, true)
    await client.close()
    await server.stop()
  }

  @Test func listsDevices() async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      try await line.serve(
        96,
        #"{"sessions":[{"client":"MAX Web","info":"Chrome","location":"Тверь","time":1,"current":true},{"time":"2"},7]}"#
      )
      try await line.serve(97, #"{"token":"fresh"}"#)
      try await line.serve(97, "null")
      try await line.untilEnd()
    }
    let client = try await server.connect()
    #expect(
      try await client.deviceSessions() == [
        DeviceSession(
          client: "MAX Web", info: "Chrome", location: "Тверь", time: 1, isCurrent: true),
        DeviceSession(client: "", time: 2),
      ])
    #expect(try await client.closeOtherSessions() == Secret("fresh"))
    #expect(try await client.closeOtherSessions() == nil)
    await client.close()
    await server.stop()
  }

  @Test func readsDraftsAndLimitsOfALogin() throws {
    let snapshot: Snapshot = try payload(
      """
      {"drafts":{"chats":{"saved":{"-5":{"text":"не забыть","time":7},"x":{"text":"y"},"6":
        {"message":{"text":"в глубине"}}},"discarded":{"8":1795000000000}},
        "users":{"saved":{"9":{"text":"привет"}}}},
       "config":{"server":{"max-msg-length":4000,"edit-timeout":604800,"presence-ttl":"300"}},
       "chatMarker":1790000000000}
      """)
    #expect(
      snapshot.drafts
        == Drafts(
          chats: [-5: Draft(text: "не забыть", time: 7), 6: Draft(text: "в глубине")],
          users: [9: Draft(text: "привет")], discardedChats: [8]))
    #expect(
      snapshot.limits
        == ServerLimits(
          messageLength: 4000, editWindow: .seconds(604_800), presenceLifetime: .seconds(300)))
    #expect(snapshot.chatMarker == 1_790_000_000_000)
    #expect(try payload(#"{"drafts":[],"config":{"server":5}}"#, as: Snapshot.self) == Snapshot())
  }
}
