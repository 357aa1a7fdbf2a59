import Domain

/// How a hub reaches its servers, as far as this run was told; nil means what a login remembered,
/// and without one the service's own address.
package struct HubSettings: Sendable {
  /// How this run was told to reach each service.
  private var servers: [Service: ServerSettings] = [:]
  /// A PEM file of certificates to trust besides the system's.
  package var certificateAuthorityFile: String?
  /// How long a command waits for a server.
  package var timeout: Duration = .seconds(20)
  /// Whether the process ends when its call is answered: what was written then gets a while to go out.
  package var isShortLived = false
  /// When others may see how far their messages were read.
  package var readMarks: ReadMarks = .focused
  /// Where everything is kept.
  package var dataDirectory = ""
  /// Where everything that is said to and by the trading server is written down; nil for nowhere.
  package var recorder: (any FrameRecorder)?
  /// Whether the hub works on the built-in servers.
  package var isSandbox = false
  /// Whether prices are asked for while an account is online: by processes that stay.
  package var watchesPrices = false
  /// Whether everything works but the sending of swaps.
  package var isDryRun = false
  /// Whether swaps are filled here, at the market's prices, with money that is none.
  package var isPaper = false

  /// Each service's own address, 20 seconds.
  package init() {}

  /// How a service is to be reached.
  package subscript(service: Service) -> ServerSettings {
    get { servers[service] ?? ServerSettings() }
    set { servers[service] = newValue }
  }
}

/// Takes lines down, one after another.
package protocol FrameRecorder: Sendable {
  /// - Parameter line: JSON, without a line break.
  func record(_ line: String)

  /// Why lines are missing, for a person; nil if none are, or if it was said before.
  func takeFailure() -> String?
}

/// How one service's server is to be reached; nil means what a login remembered, and without one what
/// is usual for the service.
package struct ServerSettings: Sendable, Equatable {
  /// `wss://…` or `https://…`; `ws://` and `http://` for loopback alone.
  package var url: String?
  /// How frames are written, where there are several ways: `json`, `binary`.
  package var codec: String?
  /// The version of the service's own client to pass for; servers refuse those they hold too old.
  package var clientVersion: String?

  package init(url: String? = nil, codec: String? = nil, clientVersion: String? = nil) {
    self.url = url
    self.codec = codec
    self.clientVersion = clientVersion
  }
}

/// When a chat counts as read for those who wrote in it.
package enum ReadMarks: String, Sendable, CaseIterable {
  /// As soon as it is on the screen.
  case always
  /// While its pane has the keys.
  case focused
  /// Never: what was read is known here alone.
  case never
}
