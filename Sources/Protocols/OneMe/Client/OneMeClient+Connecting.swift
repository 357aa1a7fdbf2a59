import Clocks
import Transport

extension OneMeClient {
  /// Connects and greets (opcode 6). Where the text form is refused the binary one is tried, once, if
  /// the configuration allows it: `hasFallenBack` says so.
  ///
  /// - Throws: `transport` if there is no connection, `refused` or `timedOut` if the greeting failed;
  ///   of two attempts the first one's.
  public static func connect(
    _ configuration: OneMeConfiguration, network: Network, time: any TimeSource
  ) async throws(OneMeError) -> OneMeClient {
    let first: OneMeError
    do throws(OneMeError) {
      return try await open(configuration, network: network, time: time)
    } catch {
      guard configuration.fallsBackToBinary, !configuration.isBinary, error.refusesText else {
        throw error
      }
      first = error
    }
    do throws(OneMeError) {
      return try await open(
        configuration.inBinary, isFallback: true, network: network, time: time)
    } catch {
      throw error == .cancelled ? error : first
    }
  }
}

extension OneMeError {
  /// Whether the server may be one that speaks the binary form alone.
  var refusesText: Bool {
    switch self {
    case .transport(.upgradeRefused(let status, _)):
      // Those others are about who asks, or how often.
      (400..<500).contains(status) && ![401, 407, 408, 429].contains(status)
    case .transport(.closed(.byPeer(let code, _))): code == 1003
    case .refused(let refusal):
      // Of the program's own version that code speaks; there another form is no help.
      refusal.kind != .clientTooOld
        && [refusal.code, refusal.detail].compactMap(\.self).contains {
          $0.lowercased().contains("version")
        }
    default: false
    }
  }
}

/// The greeting that opens every connection (seed 000, ClientHello).
struct Hello: Encodable {
  var userAgent: UserAgent
  var deviceId: String

  struct UserAgent: Encodable {
    var deviceType = "WEB"
    var locale: String
    var deviceLocale: String
    var osVersion = "Windows"
    var deviceName = "Chrome"
    var headerUserAgent: String
    var appVersion: String
    var screen = "1080x1920 1.0x"
    var timezone: String
  }

  init(_ configuration: OneMeConfiguration) {
    userAgent = UserAgent(
      locale: configuration.locale, deviceLocale: configuration.locale,
      headerUserAgent: configuration.userAgent, appVersion: configuration.appVersion,
      timezone: configuration.timezone)
    deviceId = configuration.deviceId
  }
}
