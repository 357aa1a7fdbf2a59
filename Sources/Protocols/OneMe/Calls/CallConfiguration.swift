import Cryptography
import JSON
import Transport

/// How to join a call: signaling, STUN and TURN (seed 000, VCP Decoding; MAX protocol notes §1.3).
public struct CallConfiguration: Sendable, Equatable {
  /// Opens the signaling connection (`tkn`).
  public let token: Secret
  /// Where signaling listens (`wse`).
  public let signalingURL: String
  /// One STUN URI (`stne`).
  public let stun: String?
  /// TURN URIs (`trne`).
  public let turn: [String]
  /// `trnu`: the unix time at which the password ends, a colon, the account's id in calls.
  public let turnUser: String?
  /// `trnp`, to be used as the text it is.
  public let turnPassword: Secret?
  /// `iv`.
  public let isVideo: Bool
  /// Wall-clock milliseconds (`et`).
  public let expiresAt: Int64?
  private let document: [String: JSONValue]

  /// Reads the plain JSON object.
  ///
  /// - Throws: `badJSON`, or `missing` for `tkn` and `wse`; all other keys are optional.
  init(json: [UInt8]) throws(VCPError) {
    guard let tree = try? JSONReader.read(json),
      case .object(let fields) = JSONValue(tree.root)
    else { throw .badJSON }
    guard let token = fields["tkn"]?.text, !token.isEmpty else { throw .missing(key: "tkn") }
    guard let signaling = fields["wse"]?.text, !signaling.isEmpty else {
      throw .missing(key: "wse")
    }
    // All of it is kept with the call: what is longer than any address is no address.
    let texts = ["tkn", "wse", "stne", "trne", "trnu", "trnp"].compactMap { fields[$0]?.text }
    guard texts.allSatisfy({ $0.utf8.count <= WireBounds.addressBytes }) else {
      throw .tooLong(limit: WireBounds.addressBytes)
    }
    self.token = Secret(token)
    signalingURL = signaling
    stun = fields["stne"]?.text
    turn = fields["trne"]?.text?.split(separator: ",").map(String.init) ?? []
    turnUser = fields["trnu"]?.text
    turnPassword = fields["trnp"]?.text.map(Secret.init)
    isVideo = fields["iv"] == .bool(true)
    expiresAt = fields["et"]?.integer.flatMap { seconds in
      let (milliseconds, overflow) = seconds.multipliedReportingOverflow(by: 1000)
      return overflow ? nil : milliseconds.brought(to: WireBounds.moment)
    }
    document = fields
  }

  /// The whole object with every key the server sent, as JSON with sorted keys, on one line or
  /// spread out for a person.
  ///
  /// The token and the TURN password read `‹redacted›` unless they are asked for.
  public func json(revealingSecrets: Bool = false, pretty: Bool = true) -> String {
    var fields = document
    if !revealingSecrets {
      for key in ["tkn", "trnp"] where fields[key] != nil {
        fields[key] = .string(Secret.placeholder)
      }
    }
    return JSONValue.object(fields).text(pretty: pretty)
  }
}

extension CallConfiguration: CustomStringConvertible, CustomReflectable {
  /// The object without its secrets.
  public var description: String { json() }
  public var customMirror: Mirror { Mirror(self, children: ["json": json()]) }
}

extension CallConfiguration {
  /// The most a configuration may hold, in bytes of JSON.
  static let contentBytes = 64 << 10
  /// More base64 than that needs even for data that LZ4 cannot make smaller.
  static let vcpCharacters = 96 << 10

  /// Decodes `size:base64`, where the base64 holds one raw LZ4 block of JSON.
  ///
  /// The size has to be at least that of the JSON. A larger one is accepted: other clients do, and
  /// the block itself says where it ends. Padding may be missing.
  ///
  /// - Throws: `VCPError` with the first thing that is wrong.
  public init(vcp: String) throws(VCPError) {
    guard !vcp.isEmpty else { throw .empty }
    guard vcp.utf8.count <= Self.vcpCharacters else { throw .tooLong(limit: Self.vcpCharacters) }
    guard let colon = vcp.utf8.firstIndex(of: UInt8(ascii: ":")) else { throw .noSize }
    let digits = vcp[..<colon].utf8
    guard digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let size = Int(vcp[..<colon]), (1...Self.contentBytes).contains(size)
    else { throw .badSize(limit: Self.contentBytes) }
    guard let block = Base64.decode(vcp[vcp.utf8.index(after: colon)...]) else {
      throw .badBase64
    }
    guard let json = LZ4Block.decompress(block, atMost: size), !json.isEmpty else {
      throw .badCompression
    }
    try self.init(json: json)
  }
}

/// Why a call configuration cannot be read.
public enum VCPError: Error, Sendable, Equatable {
  case empty
  /// No colon between size and data.
  case noSize
  /// What stands before the colon is no number from 1 to the cap, in bytes.
  case badSize(limit: Int)
  /// The text is longer than any that could expand to the cap.
  case tooLong(limit: Int)
  case badBase64
  /// The data is no LZ4 block, or expands beyond the size it names.
  case badCompression
  /// The content is no JSON object in UTF-8.
  case badJSON
  /// A key without which no call can be joined.
  case missing(key: String)

  /// What is wrong, as a phrase.
  public var message: String {
    switch self {
    case .empty: "the call configuration is empty"
    case .noSize: "the call configuration does not begin with a size and a colon"
    case .badSize(let limit): "the size is not a number of bytes from 1 to \(limit)"
    case .tooLong(let limit): "the call configuration is longer than \(limit) characters"
    case .badBase64: "the data is not base64"
    case .badCompression: "the data is not an LZ4 block of the size it names"
    case .badJSON: "the content is not a JSON object"
    case .missing(let key): "the content lacks \(key)"
    }
  }
}
