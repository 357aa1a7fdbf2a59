import Transport

/// Which relay, and how long it may take.
public struct RelayConfiguration: Sendable, Equatable {
  /// `https://…`, without the `/v1`; `http://` for loopback addresses alone.
  public var url: String
  /// A file of PEM certificates trusted besides those of the system.
  public var certificateAuthorityFile: String?
  /// For each request, from start to end; for an attachment's, how long nothing may come or go.
  public var timeout: Duration = .seconds(30)
  /// How often a request is made altogether while the relay answers 413 or 503.
  public var attempts = 3

  /// A relay with the usual limits.
  public init(url: String) {
    self.url = url.hasSuffix("/") ? String(url.dropLast()) : url
  }

  /// The address of the receiving connection. Servers of different ages want the account under
  /// `login` or under `user`; each ignores the other (TextSecure protocol notes §3.4).
  func webSocketURL(for credentials: Credentials) -> String {
    let account = PercentEncoding.encode(credentials.address.description)
    let password = PercentEncoding.encode(credentials.password.revealed)
    let scheme = url.hasPrefix("https:") ? "wss" : "ws"
    let rest = url.drop { $0 != ":" }
    return "\(scheme)\(rest)/v1/websocket/?login=\(account)&user=\(account)&password=\(password)"
  }
}
