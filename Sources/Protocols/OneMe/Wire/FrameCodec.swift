import Transport

/// How frames are written.
///
/// Servers speak JSON text (version 11, the seed's) and a binary form (version 10) with the same
/// opcodes and field names; the client sees neither. Reading needs no choice: see `Frame`.
protocol FrameCodec: Sendable {
  /// A whole frame.
  func encode(_ header: FrameHeader, payload: some Encodable) throws -> WebSocketMessage
}

extension OneMeConfiguration {
  /// Which form frames take on the wire (MAX protocol notes §2).
  public enum Codec: String, Sendable, CaseIterable {
    /// Binary at the hosts that are known to speak nothing else, JSON everywhere else.
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
    case .automatic: Self.binaryHosts.contains(host)
    }
  }

  var frameCodec: any FrameCodec { isBinary ? BinaryFrameCodec() : JSONFrameCodec() }

  private static let binaryHosts: Set<String> = ["api.oneme.ru", "api2.oneme.ru"]

  private var host: String {
    guard let scheme = url.firstRange(of: "://") else { return "" }
    return url[scheme.upperBound...].prefix { !"/:?#".contains($0) }.lowercased()
  }
}
