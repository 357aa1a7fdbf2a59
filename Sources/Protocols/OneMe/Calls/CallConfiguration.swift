import Cryptography
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
    let fields: [String: JSONValue]
    do {
      fields = try JSONText.decode([String: JSONValue].self, from: json)
    } catch {
      throw .badJSON
    }
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
