import Clocks
import Cryptography
import TextSecure
import Transport

/// Writes first: to whoever registers, or writes to her before she knows them, she sends a greeting,
/// a picture, an invitation to a group and a message there.
actor Nadia {
  let client: ContactClient
  private let friends: [String]
  private let writesFirst: Bool
  private let time: any TimeSource
  private let random: SeededRandom
  private(set) var known: Set<String>
  /// Told whom she has met, so that she remembers them after a restart.
  private let remember: @Sendable (String) -> Void
  private nonisolated let newcomers:
    (stream: AsyncStream<String>, sink: AsyncStream<String>.Continuation)

  /// - Parameters:
  ///   - friends: Members of every group that she makes.
  ///   - known: Those whom she has met in an earlier run.
  ///   - remember: Told whom she meets.
  init(
    _ client: ContactClient, friends: [String], writesFirst: Bool, known: Set<String>,
    time: any TimeSource, random: SeededRandom, remember: @escaping @Sendable (String) -> Void
  ) {
    self.client = client
    self.known = known
    self.remember = remember
    self.friends = friends
    self.writesFirst = writesFirst
    self.time = time
    self.random = random
    let (stream, sink) = AsyncStream.makeStream(of: String.self)
    newcomers = (stream, sink)
  }

  /// Somebody has registered, perhaps anew: then everything begins again.
  nonisolated func meet(_ number: String) {
    if writesFirst { newcomers.sink.yield(number) }
  }

  func hear(_ message: ReceivedMessage) {
    let number = message.source.number
    guard case .content = message.outcome, !known.contains(number), !friends.contains(number)
    else { return }
    newcomers.sink.yield(number)
  }

  /// Greets one after another until the task is cancelled.
  func greet(complain: @Sendable (String) -> Void) async {
    for await number in newcomers.stream {
      known.insert(number)
      remember(number)
      do throws(TextSecureError) {
        try await greet(number)
      } catch .cancelled {
        return
      } catch {
        complain("\(client.contact.name): \(error.message)")
      }
    }
  }

  private func greet(_ number: String) async throws(TextSecureError) {
    try await pause()
    try await client.send(
      PushContent(body: "Hi, I am Nadia. You are in the sandbox: nothing leaves this machine."),
      to: number)
    try await pause()
    let picture = try await client.upload(Picture.png, contentType: "image/png")
    try await client.send(
      PushContent(body: "The sea, last night", attachments: [picture]), to: number)
    try await pause()
    let group = Group(
      name: "Sea and sun", others: friends + [number], own: client.contact.number,
      random: random)
    try await client.send(PushContent(group: group.update), toGroup: group.members)
    try await pause()
    try await client.send(
      PushContent(body: "Echo repeats whatever you write here.", group: group.delivery),
      toGroup: group.members)
  }

  private func pause() async throws(TextSecureError) {
    do { try await time.sleep(for: Contacts.pause) } catch { throw .cancelled }
  }
}
