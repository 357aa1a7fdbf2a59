import Axolotl
import Cryptography
import FoundationEssentials
import Relay
import Synchronization
import TestSupport
import Testing
import Transport

@testable import TextSecure

/// The relay of this house in this process, behind a real socket, on a clock that the test moves.
final class RealRelay: Sendable {
  let time = ManualTime()
  let network = Network()
  let server: RelayServer
  private let codes: Codes

  /// The codes that were sent, by number.
  private final class Codes: Sendable {
    let sent = Mutex<[String: VerificationCode]>([:])
  }

  init(_ adjust: (inout Relay.RelayConfiguration) -> Void = { _ in }) async throws {
    let codes = Codes()
    var configuration = Relay.RelayConfiguration()
    configuration.deliver = { code in
      codes.sent.withLock { $0[code.number] = code }
      return true
    }
    adjust(&configuration)
    self.codes = codes
    server = try await RelayServer.start(
      configuration, network: network, time: time, random: SeededRandom(seed: 9))
  }

  /// The last code sent to `number`.
  func code(for number: String) throws -> VerificationCode {
    try #require(codes.sent.withLock { $0[number] })
  }

  /// A client that is not registered.
  func stranger(_ number: String, seed: UInt64) throws -> Client {
    try Client(number, url: server.url, network: network, seed: seed)
  }

  /// A registered client with keys at the relay.
  func client(_ number: String, seed: UInt64) async throws -> Client {
    let client = try stranger(number, seed: seed)
    try await client.api.requestCode(for: number, by: .sms)
    try await client.api.verify(code: try code(for: number).code, device: client.device)
    try await client.stock.upload()
    return client
  }
}
