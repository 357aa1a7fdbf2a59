import FoundationEssentials
import Glibc
import Synchronization
import TestSupport
import Testing
import Transport

/// Servers that push each kind of thing at its largest, as fast as the console reads.
///
/// In `make hostile` each kind for a minute, otherwise all in turn for a few seconds: the process stays
/// small, answers keys, and keeps little of it.
@Suite(.serialized) struct HostileTests {
  /// Of the console's memory; more would push other programs out of a small machine.
  private static let mostMemory = 250_000_000
  /// Of what the files of the profile grow by.
  private static let mostStored = 100_000_000
  /// How long each kind is pushed; nil for all in turn.
  private static let seconds =
    ProcessInfo.processInfo.environment["TERCET_HOSTILE_SECONDS"].flatMap(Double.init)

  /// Each kind alone, or all of them in turn.
  private static func attacks<Attack>(_ all: [Attack]) -> [[Attack]] {
    seconds == nil ? [all] : all.map { [$0] }
  }

  @Test(arguments: attacks(HostileMax.allCases))
  private func max(_ attacks: [HostileMax]) async throws {
    try await survive("\(attacks)") { max, _, number in
      let attack = attacks[number % attacks.count]
      return await max.push(attack.opcode, attack.payload(number))
    }
  }

  @Test(arguments: attacks(HostileTrading.allCases))
  private func trading(_ attacks: [HostileTrading]) async throws {
    try await survive("\(attacks)") { _, trading, number in
      await trading.push(attacks[number % attacks.count].message(number))
    }
  }

  /// Runs a console signed in to both servers while something is pushed again and again.
  ///
  /// - Parameters:
  ///   - name: what is said with the figures.
  ///   - attack: pushes something, the number of times before it given; false if nobody listens.
  private func survive(
    _ name: String,
    _ attack: @escaping @Sendable (LoudMax, LoudTrading, Int) async -> Bool
  ) async throws {
    let network = Network()
    let snapshot = LoudMax.snapshot(chats: 40)
    let max = try LoudMax(network: network) { $0 == 19 ? snapshot : nil }
    let trading = try LoudTrading(network: network)
    let person = try Person(max: max.url, trading: trading.url)
    let device = "550e8400-e29b-41d4-a716-446655440000"
    let signedIn = try await person.run("login max --token", input: ["token", device])
    try #require(signedIn.code == 0, "\(signedIn)")
    let trader = try await person.run("login trading --key key", input: ["secret"])
    try #require(trader.code == 0, "\(trader)")
    let terminal = try await person.terminal()
    try await terminal.run("tercet")
    try await terminal.until("both lines") { $0.onlineConnections == 2 && $0.contains("CHATS") }
    let process = try await terminal.runningProcess()
    let stored = try size(person.data)

    let pushes = Mutex(0)
    let pushing = Task {
      while !Task.isCancelled {
        let number = pushes.withLock { $0 } + 1
        if await attack(max, trading, number) {
          pushes.withLock { $0 = number }
        } else {
          // While it is away it reconnects, which is an answer too.
          try await Task.sleep(for: .milliseconds(20))
        }
      }
    }
    let end = ContinuousClock.now + .seconds(Self.seconds ?? 6)
    var (memory, slowest, isHelp) = (0, Duration.zero, false)
    while ContinuousClock.now < end {
      memory = Swift.max(memory, try residentMemory(process))
      let start = ContinuousClock.now
      try await terminal.press(isHelp ? "Escape" : "?")
      isHelp.toggle()
      try await terminal.until("an answer to a key") { $0.contains("HELP") == isHelp }
      slowest = Swift.max(slowest, ContinuousClock.now - start)
      try await Task.sleep(for: .milliseconds(100))
    }
    pushing.cancel()
    memory = Swift.max(memory, try residentMemory(process))
    let grown = try size(person.data) - stored
    print(
      "\(name): \(pushes.withLock { $0 }) pushes, memory \(memory / 1_000_000) MB, stored \(grown / 1_000_000) MB,",
      "slowest key \(slowest)")
    #expect(memory < Self.mostMemory)
    #expect(grown < Self.mostStored)
    kill(process, SIGTERM)
    _ = try await terminal.exitCode()
    await max.stop()
    await trading.stop()
  }

  /// Bytes of memory that a process has now.
  private func residentMemory(_ process: pid_t) throws -> Int {
    let status = try contents("/proc/\(process)/status")
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
    return (line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 1024
  }

  /// Bytes of all files in a directory.
  private func size(_ directory: String) throws -> Int {
    var sum = 0
    for name in try FileManager.default.subpathsOfDirectory(atPath: directory) {
      var status = stat()
      // What is gone meanwhile takes no room.
      if stat("\(directory)/\(name)", &status) == 0 { sum += Int(status.st_size) }
    }
    return sum
  }
}

/// What a MAX server can push, at its largest.
enum HostileMax: CaseIterable {
  case messages, attachments, edits, unknownChats, reactions, typing, marks, contacts, presence
  case mutes, chats, calls, deletions, drafts, callLog, unknown

  var opcode: Int {
    switch self {
    case .messages, .attachments, .edits, .unknownChats: 128
    case .typing: 129
    case .marks: 130
    case .contacts: 131
    case .presence: 132
    case .mutes: 134
    case .chats: 135
    case .calls: 137
    case .deletions: 142
    case .drafts: 152
    case .reactions: 155
    case .callLog: 165
    case .unknown: 999
    }
  }

  private static let large = String(repeating: "много слов ", count: 50_000)

  func payload(_ number: Int) -> String {
    let person = 60_000_000 + number % 40
    let chat = person ^ LoudMax.owner
    let id = 118_000_000_000_000_000 + number
    let time = 1_795_000_100_000 + number
    func message(_ id: Int, _ text: String, _ rest: String = #""attaches":[]"#) -> String {
      """
      {"id":"\(id)","time":\(time),"type":"USER","sender":\(person),"text":"\(text)",\(rest)}
      """
    }
    func list(_ count: Int, _ element: (Int) -> String) -> String {
      "[\((0..<count).map(element).joined(separator: ","))]"
    }
    func object(_ count: Int, _ element: (Int) -> String) -> String {
      "{\((0..<count).map(element).joined(separator: ","))}"
    }
    switch self {
    case .messages: return #"{"chatId":\#(chat),"message":\#(message(id, Self.large))}"#
    case .attachments:
      let files = list(5000) {
        #"{"_type":"FILE","fileId":\#($0),"size":5,"name":"отчёт-\#(number)-\#($0).pdf"}"#
      }
      let text = message(id, "файлы", #""attaches":\#(files)"#)
      return #"{"chatId":\#(chat),"message":\#(text)}"#
    case .edits:
      let text = message(
        118_000_000_000_000_000, Self.large + "\(number)",
        #""status":"EDITED","updateTime":\#(time)"#)
      return #"{"chatId":\#(60_000_000 ^ LoudMax.owner),"message":\#(text)}"#
    case .unknownChats:
      return #"{"chatId":\#(-number),"message":\#(message(id, "группа \(number)"))}"#
    case .reactions:
      let counters = list(5000) { #"{"reaction":"👍\#($0)","count":\#($0)}"# }
      return """
        {"chatId":\(chat),"messageId":"\(117_000_000_000_000_000 + person)",\
        "counters":\(counters),"totalCount":99}
        """
    case .typing: return #"{"chatId":\#(number),"userId":\#(70_000_000 + number),"type":"TEXT"}"#
    case .marks: return #"{"chatId":\#(chat),"userId":\#(person),"mark":\#(time)}"#
    case .contacts:
      return """
        {"contact":{"id":\(70_000_000 + number),"names":[{"name":"\(Self.large)","type":"ONEME"}]}}
        """
    case .presence:
      return #"{"userId":\#(70_000_000 + number),"presence":{"seen":\#(time),"status":1}}"#
    case .mutes:
      let chats = object(20_000) { #""\#(number * 20_000 + $0)":{"dontDisturbUntil":-1}"# }
      return #"{"config":{"chats":\#(chats)}}"#
    case .chats:
      let people = object(5000) { #""\#($0 + 1)":\#(time)"# }
      return """
        {"chat":{"id":\(-number - 5),"type":"CHAT","status":"ACTIVE","title":"\(Self.large)",\
        "participants":\(people),"lastEventTime":\(time)}}
        """
    case .calls:
      return """
        {"callerId":\(person),"conversationId":"call-\(number)","type":"AUDIO",\
        "vcp":"\(Self.large)"}
        """
    case .deletions:
      let ids = list(20_000) { #""\#(number * 20_000 + $0)""# }
      return #"{"chatId":\#(chat),"messageIds":\#(ids)}"#
    case .drafts: return #"{"chatId":\#(chat),"draft":{"text":"\#(Self.large)","time":\#(time)}}"#
    case .callLog:
      let calls = list(2000) {
        """
        {"historyId":\(number * 2000 + $0),"conversationId":"c\(number)-\($0)",\
        "callerId":\(person),"time":\(time),"type":"AUDIO","status":"MISSED"}
        """
      }
      return #"{"action":"ADD","callHistoryItems":\#(calls)}"#
    case .unknown: return #"{"x":"\#(Self.large)"}"#
    }
  }
}

/// What a trading server can send, at its largest.
enum HostileTrading: CaseIterable {
  case balances, orders, unknownOrders, errors, strays, noise

  private static let large = String(repeating: "x", count: 900_000)

  func message(_ number: Int) -> String {
    switch self {
    case .balances:
      let rows = (0..<10_000).map {
        #"{"asset":"A\#(number)x\#($0)","total":"\#($0).\#(number)","locked":"0"}"#
      }
      return #"{"ch":"balances","data":[\#(rows.joined(separator: ","))]}"#
    case .orders:
      return """
        {"ch":"orders:ord_1","data":{"orderId":"ord_1","status":"PROCESSING",\
        "reason":"\(Self.large)","updatedAt":\(number)}}
        """
    case .unknownOrders:
      return """
        {"ch":"orders:ord_\(number)","data":{"orderId":"ord_\(number)","status":"FILLED",\
        "txHash":"\(Self.large)","filledOut":"1","updatedAt":\(number)}}
        """
    case .errors: return #"{"error":"\#(Self.large)"}"#
    case .strays: return #"{"op":"swap","data":{"orderId":"\#(Self.large)","status":"FILLED"}}"#
    case .noise: return Self.large
    }
  }
}
