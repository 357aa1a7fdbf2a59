import Cryptography
import FoundationEssentials
import TestSupport
import Testing
import Transport

@testable import TextSecure

/// A storage that takes a request and says no more.
@Suite("Attachments at a storage that stands still", .timeLimit(.minutes(10)))
struct StalledStorageTests {
  private let scratch: ScratchDirectory
  private let network = Network()
  /// Yields when a request has reached the storage.
  private let arrivals = AsyncStream<Void>.makeStream()

  init() throws { scratch = try ScratchDirectory() }

  private func run(
    timeout: Duration, _ body: (AttachmentTransfer) async throws -> Void
  ) async throws {
    let arrived = arrivals.continuation
    let server = try HTTPServer(HTTPServer.Configuration(), network: network) { request in
      guard request.target.hasPrefix("/storage") else {
        let location = "http://\(request.headers["Host"] ?? "")/storage"
        return .response(
          status: 200, body: Array("{\"id\":1,\"location\":\"\(location)\"}".utf8))
      }
      arrived.yield()
      for await _ in AsyncStream<Never>.makeStream().stream {}
      return .response(status: 503)
    }
    let client = try Client(
      "+14155550101", url: "http://127.0.0.1:\(server.port)", network: network, seed: 1,
      timeout: timeout)
    try await body(
      AttachmentTransfer(
        api: client.api, random: SystemRandom(), temporaryDirectory: scratch.path))
    #expect(try scratch.names() == ["sample"])
    await server.stop()
  }

  private func sample() throws -> String {
    let path = scratch.file("sample")
    try Data([UInt8](repeating: 1, count: 100_000)).write(to: URL(filePath: path))
    return path
  }

  private var pointer: AttachmentPointer {
    AttachmentPointer(id: 1, contentType: "a/b", key: AttachmentKey(random: SystemRandom()))
  }

  @Test("It is given up in time, and nothing is left")
  func stalled() async throws {
    let path = try sample()
    // Long enough for the requests before it on a busy machine.
    try await run(timeout: .seconds(1)) { transfer in
      let standstill = TextSecureError.transport(.timedOut(.transfer))
      await #expect(throws: standstill) {
        try await transfer.upload(file: path, contentType: "a/b")
      }
      await #expect(throws: standstill) {
        try await transfer.download(pointer, to: scratch.path, name: "saved")
      }
    }
  }

  @Test("A person who cancels leaves nothing behind", arguments: [false, true])
  func cancelled(isUpload: Bool) async throws {
    let (path, pointer, folder) = (try sample(), pointer, scratch.path)
    try await run(timeout: .seconds(30)) { transfer in
      let task = Task {
        if isUpload {
          _ = try await transfer.upload(file: path, contentType: "a/b")
        } else {
          _ = try await transfer.download(pointer, to: folder, name: "saved")
        }
      }
      for await _ in arrivals.stream { break }
      task.cancel()
      await #expect(throws: TextSecureError.cancelled) { try await task.value }
    }
  }
}
