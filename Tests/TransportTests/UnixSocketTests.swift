import FoundationEssentials
import Glibc
import TestSupport
import Testing
import Transport

/// Servers on Unix sockets: who may connect, what becomes of old files.
@Suite(.timeLimit(.minutes(10)))
struct UnixSocketTests {
  private let network = Network()
  private let scratch: ScratchDirectory
  private var path: String { scratch.file("socket") }

  init() throws { scratch = try ScratchDirectory() }

  private func server(_ other: String? = nil) throws -> HTTPServer {
    var configuration = HTTPServer.Configuration()
    configuration.unixSocketPath = other ?? path
    return try HTTPServer(configuration, network: network) { request in
      guard request.isWebSocketUpgrade else {
        return .response(status: 200, body: Array(request.target.utf8))
      }
      return .webSocket { connection in
        for await message in connection.messages { try? await connection.send(message) }
      }
    }
  }

  /// A folder whose path has so many bytes, more than an address holds.
  private func folder(bytes: Int) throws -> String {
    var path = scratch.path
    while path.utf8.count < bytes {
      path += "/" + String(repeating: "d", count: min(50, max(1, bytes - path.utf8.count - 1)))
    }
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
  }

  @Test(arguments: [0, 95, 96, 192, 1000])
  func webSocketAndHTTPGoOverIt(bytes: Int) async throws {
    let path = bytes == 0 ? path : try folder(bytes: bytes) + "/control.sock"
    let server = try server(path)
    #expect(server.port == 0)
    #expect(throws: TransportError.io("\(path) is in use by another process")) {
      try self.server(path)
    }
    var request = WebSocketRequest(url: "ws://tercet/rpc")
    request.unixSocketPath = path
    let connection = try await network.connect(request)
    try await connection.send(.text("hello"))
    #expect(await connection.messages.first { _ in true } == .text("hello"))
    var plain = HTTPRequest(url: "http://tercet/x%2Fy")
    plain.unixSocketPath = path
    #expect(try await network.send(plain).body == Array("/x%2Fy".utf8))
    await server.stop()
    #expect(await connection.closure == .byPeer(code: 1001, reason: ""))
    #expect(access(path, F_OK) != 0)
  }

  @Test func onlyTheOwnerMayUseItAndItIsRemoved() async throws {
    let server = try server()
    var status = stat()
    #expect(lstat(path, &status) == 0)
    #expect(status.st_mode & 0o777 == 0o600)
    await server.stop()
    #expect(lstat(path, &status) != 0)
  }

  @Test func aFileLeftByADeadServerIsReplaced() async throws {
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let bound = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    #expect(bound == 0)
    close(descriptor)
    let server = try server()
    await server.stop()
  }

  @Test func aLivingServerIsNotReplaced() async throws {
    let first = try server()
    #expect(throws: TransportError.io("\(path) is in use by another process")) { try server() }
    await first.stop()
  }

  @Test func anotherKindOfFileIsLeftAlone() throws {
    try "precious".write(toFile: path, atomically: false, encoding: .utf8)
    #expect(throws: TransportError.io("\(path) is not a socket")) { try server() }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "precious")
  }

  @Test func twoSocketsBehindLongPathsAreNotTakenForEachOther() async throws {
    for name in ["one", "two"] {
      let path = try folder(bytes: 150) + "/\(name)"
      var configuration = HTTPServer.Configuration()
      configuration.unixSocketPath = path
      let server = try HTTPServer(configuration, network: network) { _ in
        .response(status: 200, body: Array(name.utf8))
      }
      var request = HTTPRequest(url: "http://tercet/")
      request.unixSocketPath = path
      #expect(try await network.send(request).body == Array(name.utf8))
      await server.stop()
    }
  }

  @Test func aNameBeyondTheSystemsLimitIsRefused() {
    var configuration = HTTPServer.Configuration()
    let long = "/tmp/" + String(repeating: "x", count: 120)
    configuration.unixSocketPath = long
    #expect(throws: TransportError.badAddress(long)) { try echoServer(network, configuration) }
  }
}
