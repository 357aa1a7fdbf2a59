import Cryptography
import JSON
import Synchronization
import TestSupport
import Testing
import Transport

@testable import OneMe

/// An account that stays online.
@Suite(.timeLimit(.minutes(10)))
struct SessionTests {
  @Test(arguments: OneMeConfiguration.Codec.allCases)
  func goesOnlineAndPassesEverythingOn(codec: OneMeConfiguration.Codec) async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      let login = try await line.next(19)
      try await line.push(131, #"{"contact":{"id":5}}"#)
      try await line.answer(login, #"{"time":1795000000555}"#)
      try await line.serve(158, #"{"token":"call"}"#)
      try await line.untilEnd()
    }
    let session = server.session(marker: 1_795_000_000_000, codec: codec)
    await #expect(throws: OneMeError.offline) { try await session.callToken() }
    await session.start()
    var events = session.events.makeAsyncIterator()
    #expect(await events.next() == .state(.connecting(attempt: 1)))
    #expect(await events.next() == .snapshot(Snapshot(time: 1_795_000_000_555)))
    #expect(await events.next() == .state(.online(roundTrip: .zero)))
    #expect(await events.next() == .event(.contact(Contact(id: 5))))
    #expect(try await session.callToken().token == Secret("call"))
    await session.stop()
    #expect(await events.next() == .state(.stopped(reason: nil)))
    await #expect(throws: OneMeError.offline) { try await session.callToken() }
    await server.stop()
  }

  @Test func climbsTheLadderWithOneLoginForEachConnection() async throws {
    let log = Log()
    let server = try ScriptedServer { line in
      try await line.serve(6)
      log.note(try await line.serve(19, #"{"time":\#(1000 + line.number)}"#))
    }
    let session = server.session(marker: 7)
    await session.start()
    var waits: [Duration] = []
    for await case .state(.waiting(let until, let reason)) in session.events {
      #expect(reason == .transport(.closed(.byPeer(code: 1000, reason: ""))))
      let wait = until - server.time.uptime
      waits.append(wait)
      if waits.count == 15 { break }
      await server.time.untilSleeping(1)
      server.time.advance(by: wait)
    }
    // The fifteenth login in 303 seconds: the next has to wait until the first is half an hour old.
    let top = [Int](repeating: 30, count: 9)
    #expect(waits == ([1, 2, 5, 10, 15] + top + [1800 - 303]).map { .seconds($0) })
    #expect(log.numbers("chatsSync") == [7] + (1001...1014))
    await session.stop()
    await server.stop()
  }

  @Test func aLineThatHeldStartsTheLadderAgain() async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      try await line.serve(19)
      if line.number == 3 { _ = try await line.next(1) }
    }
    let session = server.session()
    await session.start()
    var waits: [Duration] = []
    for await event in session.events {
      switch event {
      case .state(.waiting(let until, _)):
        waits.append(until - server.time.uptime)
        await server.time.untilSleeping(1)
        if waits.count < 3 { server.time.advance(by: until - server.time.uptime) }
      case .state(.online) where waits.count == 2:
        await server.time.untilSleeping(1)
        server.time.advance(by: .seconds(90))
      default: break
      }
      if waits.count == 3 { break }
    }
    #expect(waits == [.seconds(1), .seconds(2), .seconds(1)])
    await session.stop()
    await server.stop()
  }

  @Test(arguments: [
    "login.token", "login.cred", "FAIL_LOGOUT_ALL", "login.blocked",
    "client.unsupported-version",
  ])
  func stopsWhenOnlyAPersonCanHelp(code: String) async throws {
    let log = Log()
    let server = try ScriptedServer { line in
      try await line.serve(6)
      let login = try await line.next(19)
      log.note(login)
      try await line.answer(login, #"{"error":"\#(code)"}"#, command: 3)
      try await line.untilEnd()
    }
    let session = server.session()
    await session.start()
    let last = await session.events.first { if case .state(.stopped) = $0 { true } else { false } }
    #expect(last == .state(.stopped(reason: .refused(OneMeRefusal(code: code)))))
    #expect(log.count == 1)
    #expect(await session.state == .stopped(reason: .refused(OneMeRefusal(code: code))))
    await server.stop()
  }

  @Test func startsAgainWhenToldTo() async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      let login = try await line.next(19)
      let refused = line.number == 1
      try await line.answer(
        login, refused ? #"{"error":"login.blocked"}"# : "{}", command: refused ? 3 : 1)
      try await line.untilEnd()
    }
    let session = server.session()
    await session.start()
    for await case .state(let state) in session.events {
      if case .stopped = state { await session.start() }
      if case .online = state { break }
    }
    await session.stop()
    #expect(await session.state == .stopped(reason: nil))
    await server.stop()
  }

  @Test func stopsInTheMiddleOfAGreeting() async throws {
    let (greeted, greeting) = AsyncStream<Void>.makeStream()
    let server = try ScriptedServer { line in
      try await line.next(6)
      greeting.yield()
      try await line.untilEnd()
    }
    let session = server.session()
    await session.start()
    _ = await greeted.first { true }
    await session.stop()
    #expect(await session.state == .stopped(reason: nil))
    await server.stop()
  }

  @Test func stopsWhenTheSessionIsTerminated() async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      try await line.serve(19)
      try await line.push(20, "null")
      try await line.untilEnd()
    }
    let session = server.session()
    await session.start()
    var states: [OneMeSessionEvent] = []
    for await event in session.events {
      states.append(event)
      if case .state(.stopped) = event { break }
    }
    #expect(states.suffix(2) == [.event(.signedOut), .state(.stopped(reason: .signedOut))])
    await server.stop()
  }

  @Test func keepsAwayAfterAFlood() async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      let login = try await line.next(19)
      try await line.answer(login, #"{"error":"login.flood"}"#, command: 3)
      try await line.untilEnd()
    }
    let session = server.session()
    await session.start()
    let wait = await session.events.first { if case .state(.waiting) = $0 { true } else { false } }
    #expect(
      wait
        == .state(
          .waiting(until: .seconds(900), reason: .refused(OneMeRefusal(code: "login.flood")))))
    await session.stop()
    await server.stop()
  }

  @Test func usesAReplacedTokenFromThenOn() async throws {
    let log = Log()
    let server = try ScriptedServer { line in
      try await line.serve(6)
      log.note(try await line.serve(19, line.number == 1 ? #"{"token":"new"}"# : "{}"))
      if line.number > 1 { try await line.untilEnd() }
    }
    let session = server.session()
    await session.start()
    var replaced: [Secret] = []
    for await event in session.events {
      if case .tokenReplaced(let token) = event { replaced.append(token) }
      if case .state(.waiting) = event {
        await server.time.untilSleeping(1)
        await session.retryNow()
      }
      if case .state(.online) = event, log.count == 2 { break }
    }
    #expect(replaced == [Secret("new")])
    #expect(log.texts("token") == ["token-1", "new"])
    await session.stop()
    await server.stop()
  }

  @Test func followsARedirectToANeighbour() async throws {
    let second = try ScriptedServer { line in
      try await line.serve(6)
      try await line.serve(19, #"{"time":2}"#)
      try await line.untilEnd()
    }
    let port = second.port
    let first = try ScriptedServer { line in
      try await line.serve(6)
      try await line.serve(19, #"{"time":1}"#)
      try await line.push(3, #"{"redirectHost":"127.0.0.1:\#(port)"}"#)
      try await line.untilEnd()
    }
    let session = first.session()
    await session.start()
    var times: [Int64?] = []
    for await event in session.events {
      if case .snapshot(let snapshot) = event { times.append(snapshot.time) }
      if case .state(.waiting(_, let reason)) = event {
        #expect(reason == .redirected(host: "127.0.0.1:\(port)"))
        await first.time.untilSleeping(1)
        await session.retryNow()
      }
      if times.count == 2 { break }
    }
    #expect(times == [1, 2])
    await session.stop()
    await first.stop()
    await second.stop()
  }

  @Test func goesBackWhereItWasInsteadOfToAStranger() async throws {
    let log = Log()
    let server = try ScriptedServer { line in
      try await line.serve(6)
      log.note(try await line.serve(19))
      if line.number == 1 { try await line.push(3, #"{"redirectHost":"127.0.0.2:9"}"#) }
      try await line.untilEnd()
    }
    let session = server.session()
    await session.start()
    var reasons: [OneMeError] = []
    for await case .state(let state) in session.events {
      if case .waiting(_, let reason) = state {
        reasons.append(reason)
        await server.time.untilSleeping(1)
        await session.retryNow()
      }
      if case .online = state, log.count == 2 { break }
    }
    #expect(reasons == [.redirected(host: "127.0.0.2:9")])
    await session.stop()
    await server.stop()
  }

  @Test func logsOutAndStays() async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      try await line.serve(19)
      try await line.serve(20, "null")
      try await line.untilEnd()
    }
    let session = server.session()
    await session.start()
    _ = await session.events.first { if case .state(.online) = $0 { true } else { false } }
    try await session.logOut()
    #expect(await session.state == .stopped(reason: nil))
    await server.stop()
  }
}

extension ScriptedServer {
  func session(marker: Int64 = 0, codec: OneMeConfiguration.Codec = .automatic) -> OneMeSession {
    var configuration = configuration
    configuration.codec = codec
    return OneMeSession(
      configuration: configuration, token: Secret("token-1"), marker: marker, network: network,
      time: time, random: Middle())
  }
}

/// The payloads of requests, as a script saw them.
private final class Log: Sendable {
  private let requests = Mutex<[[String: JSONValue]]>([])

  var count: Int { requests.withLock(\.count) }

  func note(_ request: ServerOutput.Request) {
    guard case .object(let payload)? = request.payload.value else { return }
    requests.withLock { $0.append(payload) }
  }

  func numbers(_ key: String) -> [Int64?] { requests.withLock { $0.map { $0[key]?.integer } } }
  func texts(_ key: String) -> [String?] { requests.withLock { $0.map { $0[key]?.text } } }
}
