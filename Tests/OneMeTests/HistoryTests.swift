import Synchronization
import TestSupport
import Testing

@testable import OneMe

/// Pages of chats in both directions, gaps, and searching.
@Suite(.timeLimit(.minutes(10)))
struct HistoryTests {
  @Test func asksInEveryDirection() async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      for (forward, backward) in [(0, 50), (100, 0), (25, 25)] {
        let page = try await line.serve(49, #"{"messages":[{"id":1},{"text":"no id"},{"id":"2"}]}"#)
        #expect(
          page.payload
            == ComparableJSON(
              #"{"chatId":-7,"from":5,"forward":\#(forward),"backward":\#(backward),"getMessages":true}"#
            ))
      }
      let named = try await line.serve(71, #"{"messages":[{"id":3}]}"#)
      #expect(named.payload == ComparableJSON(#"{"chatId":-7,"messageIds":["3","4"]}"#))
      try await line.untilEnd()
    }
    let client = try await server.connect()
    #expect(try await client.history(chat: -7, before: 5).map(\.id) == [1, 2])
    #expect(try await client.history(chat: -7, after: 5, count: 500).map(\.id) == [1, 2])
    #expect(try await client.history(chat: -7, around: 5).map(\.id) == [1, 2])
    #expect(try await client.messages([3, 4], chat: -7).map(\.id) == [3])
    await client.close()
    await server.stop()
  }

  /// A chat with 250 messages, several of one moment, served by pages that repeat their boundary.
  @Test(arguments: [false, true])
  func fillsAGap(binary: Bool) async throws {
    let all = (0..<250).map { (id: 1000 + $0, time: 5000 + $0 / 3) }
    let server = try ScriptedServer { line in
      try await line.serve(6)
      while true {
        let request = try await line.next(49)
        let from = try request.number("from")
        let page = all.filter { $0.time >= from }.prefix(Int(try request.number("forward")))
        let messages = page.map { #"{"id":"\#($0.id)","time":\#($0.time)}"# }
        try await line.answer(request, #"{"messages":[\#(messages.joined(separator: ","))]}"#)
      }
    }
    let client = try await server.connect { $0.codec = binary ? .binary : .json }
    let missed = try await client.missedMessages(chat: -7, after: 5003)
    #expect(missed.isComplete)
    #expect(missed.messages.map(\.id) == (1009..<1250).map(Int64.init))
    let some = try await client.missedMessages(chat: -7, after: 5003, limit: 150)
    #expect(!some.isComplete)
    #expect(some.messages.map(\.id) == (1009..<1009 + Int64(some.messages.count)).map { $0 })
    #expect(some.messages.count >= 150)
    let nothing = try await client.missedMessages(chat: -7, after: 9999)
    #expect(nothing == MissedMessages(messages: [], isComplete: true))
    await client.close()
    await server.stop()
  }

  @Test func isNotLedOnForEver() async throws {
    let requests = Mutex(0)
    let server = try ScriptedServer { line in
      try await line.serve(6)
      while true {
        let request = try await line.next(49)
        let number = requests.withLock { count in
          count += 1
          return count
        }
        // Each page has one new message, and all are of one moment.
        try await line.answer(request, #"{"messages":[{"id":\#(number),"time":9000}]}"#)
      }
    }
    let client = try await server.connect()
    let missed = try await client.missedMessages(chat: 1, after: 1)
    #expect(!missed.isComplete)
    #expect(missed.messages.count == MissedMessages.pages)
    #expect(requests.withLock { $0 } == MissedMessages.pages)
    await client.close()
    await server.stop()
  }

  @Test(arguments: [false, true])
  func searchesOnTheServer(binary: Bool) async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      let first = try await line.serve(
        73,
        #"{"result":[{"chatId":-5,"message":{"id":"117637123948544000","text":"Кто едет?"}},{"chat":{"id":6},"message":{"id":2}},{"id":3,"text":"bare"},{"id":4,"chatId":"8"},7],"marker":"m-2","total":9}"#
      )
      #expect(first.payload == ComparableJSON(#"{"query":"едет","count":30}"#))
      let second = try await line.serve(73, #"{"result":[{"id":3}],"marker":77}"#)
      #expect(
        second.payload == ComparableJSON(#"{"chatId":9,"query":"едет","count":100,"marker":"m-2"}"#)
      )
      let third = try await line.serve(73, #"{"result":[],"marker":78}"#)
      #expect(
        third.payload == ComparableJSON(#"{"chatId":9,"query":"едет","count":1,"marker":77}"#))
      try await line.serve(73, "null")
      try await line.untilEnd()
    }
    let client = try await server.connect { $0.codec = binary ? .binary : .json }
    let first = try await client.search("едет")
    #expect(first.hits.map(\.chatId) == [-5, 6, 8])
    #expect(first.hits.map(\.message.id) == [117_637_123_948_544_000, 2, 4])
    #expect(first.total == 9)
    let second = try await client.search("едет", chat: 9, marker: first.marker, count: 500)
    #expect(second.hits.map(\.chatId) == [9])
    let third = try await client.search("едет", chat: 9, marker: second.marker, count: 0)
    #expect(third == SearchPage())
    #expect(try await client.search("едет") == SearchPage())
    await client.close()
    await server.stop()
  }
}
