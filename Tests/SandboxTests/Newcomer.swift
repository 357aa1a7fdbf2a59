import Clocks
import Cryptography
import FoundationEssentials
import TestSupport
import TextSecure
import Transport

@testable import Sandbox

/// Somebody who installs the program and registers on the sandbox's relay.
struct Newcomer: Sendable {
  static let number = "+14155550123"

  let client: ContactClient
  private let messages: AsyncStream<ReceivedMessage>
  private let listening: Task<Void, any Error>

  /// - Parameter seed: Another one is another installation.
  init(_ fixture: SandboxFixture, seed: UInt64 = 1) async throws {
    let (stream, sink) = AsyncStream.makeStream(of: ReceivedMessage.self)
    let me = try ContactClient(
      SandboxContact(number: Newcomer.number, name: "Newcomer"),
      RelayConfiguration(url: fixture.sandbox.endpoints.textsecureURL), network: fixture.network,
      time: fixture.time, random: SeededRandom(seed: seed), files: ContactFiles())
    let (codes, telephone) = AsyncStream.makeStream(of: String.self)
    let sms = Task {
      let code = try await fixture.event { event in
        if case .sms(.textsecure, Newcomer.number, let code) = event { code } else { nil }
      }
      telephone.yield(code)
    }
    try await me.register(codes)
    try await sms.value
    messages = stream
    client = me
    listening = Task { try await me.listen { sink.yield($0) } }
  }

  func leave() { listening.cancel() }

  /// The next message and who wrote it.
  func next() async throws -> (content: PushContent, from: String) {
    let messages = messages
    let message = try await withDeadline(
      Patience.span, time: SystemTime(), error: Missed("a message") as any Error
    ) {
      for await message in messages { return message }
      throw Missed("a message before the end")
    }
    guard case .content(let content) = message.outcome else { throw Missed("a readable message") }
    return (content, message.source.number)
  }
}
