import Axolotl
import Clocks
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

  init(_ adjust: (inout RelayServerConfiguration) -> Void = { _ in }) async throws {
    let codes = Codes()
    var configuration = RelayServerConfiguration()
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
  ///
  /// - Parameter url: How it reaches the relay.
  func client(_ number: String, seed: UInt64, url: String? = nil) async throws -> Client {
    // Codes are rationed.
    time.advance(by: .seconds(60))
    let client = try Client(number, url: url ?? server.url, network: network, seed: seed)
    try await client.api.requestCode(for: number, by: .sms)
    try await client.api.verify(code: try code(for: number).code, device: client.device)
    try await client.stock.upload()
    return client
  }

  /// A further device of a registered number, with keys at the relay.
  func secondDevice(of first: Client, seed: UInt64) async throws -> Client {
    let code = try await first.api.provisioningCode()
    let draft = try stranger(first.number, seed: seed).device
    let random = SeededRandom(seed: seed + 1)
    func client(_ device: UInt32) -> Client {
      let address = DeviceAddress(number: first.number, device: device)
      return Client(
        LocalDevice(
          credentials: Credentials(address: address, password: draft.credentials.password),
          signalingKey: draft.signalingKey, registrationID: draft.registrationID,
          identity: first.device.identity),
        url: server.url, network: network, random: random)
    }
    let newcomer = client(DeviceAddress.primaryDevice)
    let second = client(try await newcomer.api.link(code: code, device: newcomer.device))
    try await second.stock.upload()
    return second
  }
}
