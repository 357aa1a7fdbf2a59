import Clocks
import Transport

extension OneMeConfiguration {
  /// The same server, spoken to in the binary form: the web client speaks it at an address of its own
  /// (MAX protocol notes §0, 1), and so does the sandbox.
  public var inBinary: OneMeConfiguration {
    guard !isBinary else { return self }
    var binary = self
    binary.codec = .binary
    binary.fallsBackToBinary = false
    guard let scheme = url.firstRange(of: "://") else { return binary }
    let rest = url[scheme.upperBound...]
    let host = rest.prefix { !"/?#".contains($0) }
    let path = rest.dropFirst(host.count)
    binary.url =
      host.lowercased() == "ws-api.oneme.ru"
      ? "\(url[..<scheme.upperBound])api.oneme.ru\(path)"
      : "\(url[..<scheme.upperBound])\(host)/binary\(path)"
    return binary
  }
}

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
      let client = try await open(configuration.inBinary, network: network, time: time)
      await client.noteFallback()
      return client
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
