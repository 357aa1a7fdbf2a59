import Cryptography
import FoundationEssentials

/// The two ways in which messages of this API are signed and named.
///
/// The seed and the vendor's guides describe one, the vendor's own client libraries do another;
/// which of them a host accepts is its own choice.
public enum Dialect: String, Sendable, Codable, CaseIterable {
  /// As the seed says.
  case doc
  /// As the vendor's client libraries do: the key of the signature is the base64url text of the
  /// secret's SHA-256, a nonce begins with the time, fields are `assetIn`, `assetOut`, `amountIn`,
  /// and `balances` has no data.
  case sdk

  /// The key of the HMAC.
  func signingKey(_ secret: Secret) -> [UInt8] {
    let bytes = Array(secret.revealed.utf8)
    switch self {
    case .doc:
      return bytes
    case .sdk:
      let urlSafe = Base64.encode(Digest.sha256.hash(bytes)).utf8.map { byte in
        switch byte {
        case UInt8(ascii: "+"): UInt8(ascii: "-")
        case UInt8(ascii: "/"): UInt8(ascii: "_")
        default: byte
        }
      }
      return urlSafe
    }
  }

  var fromField: String { self == .doc ? "from" : "assetIn" }
  var toField: String { self == .doc ? "to" : "assetOut" }
  var amountField: String { self == .doc ? "amount" : "amountIn" }
  /// A number that is used once: `random` is what makes it so. The libraries put the time before it,
  /// in nanoseconds.
  func nonce(_ random: String, timestamp: Int64) -> String {
    self == .doc ? random : "\(timestamp)000000_\(random)"
  }
  /// Whether a request without fields says `"data":{}` or leaves `data` out and hashes nothing.
  var writesEmptyData: Bool { self == .doc }
}
