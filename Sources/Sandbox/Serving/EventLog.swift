/// Where the servers report; the newest 4096 events wait for a reader, older ones are forgotten.
struct EventLog: Sendable {
  let stream: AsyncStream<SandboxEvent>
  private let continuation: AsyncStream<SandboxEvent>.Continuation

  init() {
    (stream, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(4096))
  }

  func report(_ event: SandboxEvent) { continuation.yield(event) }
  func finish() { continuation.finish() }
}
