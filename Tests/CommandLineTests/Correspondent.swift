import Accounts
import Domain
import FoundationEssentials
import Storage
import TestSupport
import Testing
import TextSecureService

/// One of the two whose programs the crash test kills: writes numbered messages, and after a kill goes
/// on where the program's own store says it was.
actor Correspondent {
  private let name: String
  private let number: String
  private let person: Person
  private let servers: Servers
  private let chat: String
  private let partner: String
  private var chance: CrashPlan.Chance
  /// `messages --watch`, which holds the accounts; nil while it does not run.
  private var holder: Program?
  private var round = 0
  private var codes = 0
  private(set) var kills = 0
  /// The texts that this one has written in this round, in order, and the file that went with one.
  private(set) var expected: [String] = []
  private(set) var file: (text: String, path: String)?

  init(
    _ name: String, _ number: String, writingTo partner: String, _ servers: Servers, seed: Int
  ) throws {
    self.name = name
    self.number = number
    self.partner = partner
    self.servers = servers
    chance = CrashPlan.Chance(seed: seed)
    chat = "textsecure:\(partner)"
    person = try Person(servers, environment: ["TERCET_TIMEOUT": "60"])
  }

  func begin(_ round: Int) {
    self.round = round
    expected = []
    file = nil
  }

  func register() async throws {
    codes += 1
    try await person.signInToTextSecure(number, count: codes)
  }

  // MARK: Writing

  /// Writes messages until this round has `end` of them, through a holder or by itself; now and then
  /// the program is killed after some answers.
  func write(upTo end: Int) async throws {
    var cuts = chance.below(3)
    while true {
      let written = try await written()
      #expect(written == Array(expected.prefix(written.count)), "\(place)")
      let missing = (written.count..<max(end, written.count)).map { "\(prefix) \($0)" }
      expected = written + missing
      guard !missing.isEmpty else { return }
      if holder == nil, chance.below(2) == 0 { holder = try person.watch() }
      let sender = try person.start(["send", chat, "-", "--json"])
      for text in missing { sender.write(text) }
      guard cuts > 0 else {
        let report = try await sender.end(within: .seconds(120))
        try #require(
          report.code == 0 && report.output.count == missing.count, "\(place): \(report.errors)")
        continue
      }
      cuts -= 1
      let count = chance.below(missing.count + 1)
      try await sender.wait(within: .seconds(120)) { $0.output.count >= count || $0.code != nil }
      // So that a kill can hit anything between two answers, whatever the machine's speed.
      try await Task.sleep(for: .microseconds(chance.below(15_000)))
      // The sender, the holder under it, or one soon after the other: a holder that lived on might
      // still write what the sender has asked for.
      if holder == nil || chance.below(2) == 0 { try await kill(sender) }
      try await Task.sleep(for: .microseconds(chance.below(2) * chance.below(5_000)))
      try await kill()
      try await checkTold(try await sender.end(within: .seconds(120)))
    }
  }

  /// Sends a file as the next message.
  func sendFile() async throws {
    let text = "\(prefix) \(expected.count)"
    let path = person.home.file("file \(round)")
    let bytes = (0..<200_000 + chance.below(500_000)).map { UInt8(truncatingIfNeeded: $0 * round) }
    try Data(bytes).write(to: URL(filePath: path))
    file = (text, path)
    expected.append(text)
    var patience = 250
    while try await written().last != text {
      let sender = try person.start(["send", chat, text, "--attach", path, "--json"])
      // At any moment from before it is encrypted until it is uploaded.
      try await Task.sleep(for: .milliseconds(chance.below(patience)))
      patience *= 2
      try await kill(sender)
      try await checkTold(try await sender.end())
    }
  }

  /// Every message that was told as written is there.
  private func checkTold(_ report: Program.Report) async throws {
    let store = try store()
    for line in report.output {
      let told = try JSONDecoder().decode(SentOutput.self, from: Data(line.utf8))
      let message = try await store.messages.message(ChatID(stored: chat), told.id)
      #expect(message != nil, "\(place): \(told.id) was told and is lost")
    }
  }

  // MARK: Identity

  /// Forgets everything and registers anew, as with a new telephone.
  func changeIdentity() async throws {
    try await kill()
    try #require(try await person.run("logout textsecure").code == 0)
    try await register()
  }

  /// Takes the other's new identity into use, killed on the way.
  func accept() async throws {
    let store = try store()
    let partner = partner
    try await hold { try await store.secure.peer(partner)?.changedIdentity != nil }
    if chance.below(2) == 0 { try await kill() }
    for attempt in 0..<4 {
      let accept = try person.start(["identity", "accept", partner, "--json"])
      if attempt < 3 {
        try await Task.sleep(for: .milliseconds(chance.below(150)))
        try await kill(accept)
      }
      let report = try await accept.end(within: .seconds(120))
      // A killed one may have got so far as to leave nothing to decide.
      let isDone = report.code == 0 || report.errors.contains { $0.contains("unchanged") }
      if isDone { return }
    }
    Issue.record("\(place): the new identity is not accepted")
  }

  // MARK: Killing

  func kill() async throws {
    if let holder { try await kill(holder) }
    holder = nil
  }

  /// Kills a program and waits until the system has it no more: before, it may still write.
  private func kill(_ program: Program) async throws {
    if program.report.code == nil { kills += 1 }
    program.kill()
    _ = try await program.end(within: .seconds(60))
  }

  // MARK: Comparing

  private var prefix: String { "\(round)\(name)" }
  private var place: String { "\(name), round \(round)" }

  private func store() throws -> Store { try person.store() }

  private func lines() async throws -> [MessageRecord] {
    try await store().messages.latest(ChatID(stored: chat), limit: 500)
  }

  /// The texts of this round that stand in the store as written by us.
  private func written() async throws -> [String] {
    try await lines().filter { $0.own && $0.text.hasPrefix(prefix + " ") }.map(\.text)
  }

  /// Runs until nothing waits in the outbox.
  func drain() async throws {
    let store = try store()
    try await hold { try await store.outbox.count(.textsecure) == 0 }
  }

  /// Runs until all of the other's messages of this round have come: each once, in order, and its file
  /// as it was.
  func receive(from other: Correspondent) async throws {
    let texts = await other.expected
    let store = try store()
    let (chat, start) = (chat, "\(round)")
    let received = { @Sendable in
      try await store.messages.latest(ChatID(stored: chat), limit: 500).filter {
        !$0.own && $0.text.prefix { $0.isNumber } == start
      }
    }
    try await hold { try await received().count >= texts.count }
    let messages = try await received()
    #expect(messages.map(\.text) == texts, "\(place)")
    guard let (text, path) = await other.file else { return }
    let message = try #require(messages.first { $0.text == text })
    let saved = try await person.lines(
      "save \(chat) \(message.id) --to \(person.home.path)", as: TransferOutput.self)
    let copy = try #require(saved.last?.path)
    #expect(
      FileManager.default.contents(atPath: copy) == FileManager.default.contents(atPath: path))
  }

  /// Runs the holder until `isDone`, looking anew again and again: not everything that is waited for
  /// is a line that it tells.
  private func hold(until isDone: () async throws -> Bool) async throws {
    let clock = ContinuousClock()
    let end = clock.now + .seconds(60)
    while true {
      let holder = try self.holder ?? person.watch()
      self.holder = holder
      if try await isDone() { return }
      try #require(clock.now < end, "\(place): \(holder.report)")
      try await Task.sleep(for: .milliseconds(20))
      guard holder.report.code != nil else { continue }
      // One that came second works through the sender that came first and ends with it, or waits for
      // it as long as its time-out lets it.
      let isSecond = holder.report.errors.contains {
        $0.contains("control-lost") || $0.contains(#""code":"control""#)
      }
      try #require(isSecond, "\(place): \(holder.report)")
      self.holder = nil
    }
  }

  /// The store is whole, and nothing is left over: in the outbox, of files, of lines about trouble.
  func check() async throws {
    let store = try store()
    try await store.check()
    #expect(try await store.outbox.count(.textsecure) == 0, "\(place)")
    let odd = try await lines().filter {
      ![.text, .system].contains($0.kind) || $0.failure != nil || $0.own && $0.status != .sent
    }
    #expect(odd == [], "\(place)")
    let spool = try FileManager.default.contentsOfDirectory(atPath: "\(person.data)/spool")
    #expect(spool == [], "\(place)")
  }

  /// What the program itself says of its state; and over all rounds nothing has come twice.
  func examine() async throws {
    let findings = try await person.lines("doctor", as: FindingOutput.self)
    #expect(findings.allSatisfy { $0.ok }, "\(findings)")
    #expect(findings.contains { $0.check == "prekeys" })
    let all = try await store().messages.latest(ChatID(stored: chat), limit: 1_000_000)
    let texts = all.filter { $0.kind == .text }.map(\.text)
    #expect(Set(texts).count == texts.count)
  }
}
