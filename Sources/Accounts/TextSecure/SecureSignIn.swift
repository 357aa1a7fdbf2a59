import Axolotl
import Cryptography
import Domain
import Storage
import TextSecure
import Transport

/// Registering a number with a relay: a code by SMS or voice, then keys for those who want to write.
actor SecureSignIn {
  nonisolated let number: String
  nonisolated let url: String
  private let desk: DeskContext
  private let configuration: RelayConfiguration
  /// Drawn before the code is checked, kept only once it was right.
  private let device: LocalDevice

  /// - Parameter known: The installation of this number that there is already: its contacts go on
  ///   without a warning.
  init(
    number: String, configuration: RelayConfiguration, known: SecureDeviceRecord?,
    desk: DeskContext
  ) throws(ConsoleError) {
    self.number = number
    url = configuration.url
    self.desk = desk
    self.configuration = configuration
    do throws(TextSecureError) {
      let drawn = try LocalDevice(number: number, random: desk.random)
      guard let known, known.number == number else {
        device = drawn
        return
      }
      let kept = try LocalDevice(known, password: drawn.credentials.password)
      device = LocalDevice(
        credentials: drawn.credentials, signalingKey: drawn.signalingKey,
        registrationID: kept.registrationID, identity: kept.identity)
    } catch {
      throw ConsoleError(error)
    }
  }

  /// Has a code sent or told, for the first time or again.
  func requestCode(voice: Bool) async throws(ConsoleError) {
    try await asking { () throws(TextSecureError) in
      try await api.requestCode(for: number, by: voice ? .voice : .sms)
    }
  }

  /// Registers with the code. Whoever gets the account must keep it: its password is nowhere else.
  func enter(
    code: String
  ) async throws(ConsoleError) -> (AccountRecord, SecureDeviceRecord) {
    try await asking { () throws(TextSecureError) in
      try await api.verify(code: code, device: device)
    }
    let account = AccountRecord(
      service: .textsecure, url: configuration.url, identifier: number,
      displayName: number, secret: device.credentials.password, createdAt: desk.time.wallTime)
    return (account, SecureDeviceRecord(device))
  }

  private var api: RelayClient {
    RelayClient(
      configuration: configuration, credentials: device.credentials, network: desk.network,
      time: desk.time, random: desk.random)
  }

  private func asking(
    _ work: () async throws(TextSecureError) -> Void
  ) async throws(ConsoleError) {
    do throws(TextSecureError) { try await work() } catch { throw ConsoleError(error) }
  }
}

extension SecureDeviceRecord {
  init(_ device: LocalDevice) {
    self.init(
      number: device.credentials.address.number, identity: device.identity.privateKey,
      registrationId: Int64(device.registrationID), signalingKey: device.signalingKey.bytes)
  }
}

extension LocalDevice {
  /// The installation as it was kept; throws if it was damaged.
  package init(_ record: SecureDeviceRecord, password: Secret) throws(TextSecureError) {
    let identity: KeyPair
    do throws(AxolotlError) {
      identity = try KeyPair(privateKey: record.identity)
    } catch {
      throw .session(error)
    }
    guard let registrationID = UInt32(exactly: record.registrationId) else {
      throw .store("a registration id out of range")
    }
    self.init(
      credentials: Credentials(
        address: DeviceAddress(number: record.number), password: password),
      signalingKey: try SignalingKey(record.signalingKey), registrationID: registrationID,
      identity: identity)
  }
}
