import Cryptography
import JSON
import Transport

/// A login that was made elsewhere, as a person pastes it (MAX protocol notes §2.6, "Existing token").
///
/// It is of use only together with the device id it was made with.
public struct StoredLogin: Sendable, Equatable {
  /// The login token.
  public var token: Secret
  /// The account's user id, if it came along.
  public var userId: Int64?

  /// Reads a bare token, or what the web client keeps under `__oneme_auth`; nil for what is neither.
  public init?(_ text: String) {
    let bare = text.filter { !$0.isWhitespace }
    if bare.hasPrefix("{") {
      // Why it cannot be read is of no use to whoever pasted it.
      guard let stored = try? WebStorage(from: JSONReader.read(bare).root)
      else {
        return nil
      }
      token = stored.token
      userId = stored.userId
    } else {
      let isToken = bare.utf8.allSatisfy { (0x21...0x7e).contains($0) && $0 != UInt8(ascii: "\"") }
      guard isToken, (1...4096).contains(bare.utf8.count) else { return nil }
      token = Secret(bare)
    }
  }
}

/// `{"token":"…","viewerId":1}`
private struct WebStorage: WireDecodable {
  var token: Secret
  var userId: Int64?

  init(from value: TreeValue) throws {
    let object = try value.object()
    token = try object.required("token", as: Secret.self)
    userId = object.number("viewerId")
  }
}
