import Cryptography
import Glibc
import TestSupport

/// A device whose ratchet is libsignal-protocol-c's, in protocol version 2.
struct RatchetPeer {
  /// The session as that library stores it, in hexadecimal.
  private var state: String

  /// What the program printed in place of its results.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// The device that is written to first.
  init(
    answeringWith identity: SecretBytes, preKey: SecretBytes, to theirIdentity: [UInt8],
    baseKey: [UInt8]
  ) async throws {
    let keys = [identity.revealed, preKey.revealed, theirIdentity, baseKey]
    state = try await RatchetPeer.run(["answer"] + keys.map { Hexadecimal.encode($0) })[0]
  }

  /// The device that writes first; returns also its base key.
  static func initiating(
    with identity: SecretBytes, theirIdentity: [UInt8], preKey: [UInt8]
  ) async throws -> (peer: RatchetPeer, baseKey: [UInt8]) {
    let keys = [identity.revealed, theirIdentity, preKey]
    let results = try await run(["initiate"] + keys.map { Hexadecimal.encode($0) })
    return (RatchetPeer(state: results[0]), Hexadecimal.decode(results[1]) ?? [])
  }

  private init(state: String) { self.state = state }

  mutating func encrypt(_ plaintext: [UInt8]) async throws -> [UInt8] {
    try await step("encrypt", plaintext)
  }

  mutating func decrypt(_ message: [UInt8]) async throws -> [UInt8] {
    try await step("decrypt", message)
  }

  private mutating func step(_ name: String, _ input: [UInt8]) async throws -> [UInt8] {
    let results = try await RatchetPeer.run([name, state, Hexadecimal.encode(input)])
    state = results[0]
    return Hexadecimal.decode(results[1]) ?? []
  }

  private static let program = Peer.installations + "/ratchet_peer"

  /// Compiles it; returns what stands against it.
  static func build() async throws -> String? {
    mkdir(Peer.installations, 0o755)
    let compiler = try Program.peer([
      "cc", "-I/usr/include/signal", "-o", program, Peer.fixtures + "/ratchet_peer.c",
      "-lsignal-protocol-c", "-lcrypto",
    ])
    return try await compiler.code() == 0 ? nil : compiler.text
  }

  private static func run(_ arguments: [String]) async throws -> [String] {
    let child = try Program.peer([program] + arguments)
    guard try await child.code() == 0 else { throw Failure(description: child.text) }
    return child.report.output
  }
}
