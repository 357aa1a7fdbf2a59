import Transport

/// Where a MAX server is and how this client presents itself there (seed 000, ClientHello).
public struct OneMeConfiguration: Sendable {
  /// `wss://…`; `ws://` for loopback alone.
  public var url = "wss://ws-api.oneme.ru/websocket"
  /// How frames are written; either form is read.
  public var codec: Codec = .automatic
  /// Whether the binary form is tried where the text one is refused.
  public var fallsBackToBinary = false
  /// The `Origin` header of the upgrade.
  public var origin = "https://web.max.ru"
  /// The browser this client presents itself as, in the upgrade and in the greeting.
  public var userAgent =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    + "Chrome/142.0.0.0 Safari/537.36"
  /// Servers refuse versions they hold too old (`client.unsupported-version`).
  public var appVersion = "25.11.2"
  /// The language of the texts that the server makes.
  public var locale = "ru"
  /// An IANA name.
  public var timezone = "Europe/Moscow"
  /// A UUID that has to stay the same for as long as a login token is used.
  public var deviceId: String
  /// A file of PEM certificates trusted besides the system's.
  public var certificateAuthorityFile: String?
  /// How long an answer may take.
  public var requestTimeout: Duration = .seconds(15)
  /// A connection that is silent for 30 to 60 seconds is closed by the server.
  public var pingInterval: Duration = .seconds(30)
  /// Whether others see the account's owner as online.
  public var interactive = false
  /// Whether message pushes are acknowledged, at once; the server may send those that are not
  /// again. One that a crash then loses comes with the next login: its marker is older.
  public var acknowledgesMessages = true
  /// Bounds of the connection.
  public var limits: WebSocketLimits

  /// The public server's settings for the device `deviceId`.
  public init(deviceId: String) {
    self.deviceId = deviceId
    limits = WebSocketLimits()
    // A login answer holds a hundred chats and the whole address book.
    limits.messageBytes = 8 << 20
    // Opcode 1 keeps the connection alive.
    limits.pingInterval = nil
  }
}

extension OneMeConfiguration {
  /// Which form frames take on the wire (MAX protocol notes §2).
  public enum Codec: String, Sendable, CaseIterable {
    /// Binary at the hosts that are known to speak nothing else and where the path says so
    /// (`/binary/…`, as the sandbox has it), JSON everywhere else.
    case automatic
    /// Text, version 11.
    case json
    /// MessagePack, version 10.
    case binary
  }

  /// Whether frames are written in binary form.
  public var isBinary: Bool {
    switch codec {
    case .json: false
    case .binary: true
    case .automatic: Self.binaryHosts.contains(host) || path.hasPrefix("/binary/")
    }
  }

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

  var frameCodec: any FrameCodec { isBinary ? BinaryFrameCodec() : JSONFrameCodec() }

  private static let binaryHosts: Set<String> = ["api.oneme.ru", "api2.oneme.ru"]

  private var host: String { afterScheme.prefix { !"/:?#".contains($0) }.lowercased() }

  private var path: Substring { afterScheme.drop { !"/?#".contains($0) } }

  private var afterScheme: Substring {
    url.firstRange(of: "://").map { url[$0.upperBound...] } ?? ""
  }
}
