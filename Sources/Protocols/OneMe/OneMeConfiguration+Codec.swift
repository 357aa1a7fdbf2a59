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

  var frameCodec: any FrameCodec { isBinary ? BinaryFrameCodec() : JSONFrameCodec() }

  private static let binaryHosts: Set<String> = ["api.oneme.ru", "api2.oneme.ru"]

  private var host: String { afterScheme.prefix { !"/:?#".contains($0) }.lowercased() }

  private var path: Substring { afterScheme.drop { !"/?#".contains($0) } }

  private var afterScheme: Substring {
    url.firstRange(of: "://").map { url[$0.upperBound...] } ?? ""
  }
}
