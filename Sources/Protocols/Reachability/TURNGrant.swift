import Cryptography

/// Long-term credentials for the realm of one TURN server (RFC 5389 §10.2).
struct TURNGrant {
  let key: [UInt8]
  private let user: String
  private let realm: [UInt8]
  private let nonce: [UInt8]

  /// - Throws: `malformed` if the challenge lacks its realm or nonce.
  init(challenge: STUNMessage, user: String, password: Secret) throws(ReachabilityError) {
    guard let realm = challenge[STUNAttribute.realm], let nonce = challenge[STUNAttribute.nonce],
      realm.count <= 763, nonce.count <= 763
    else { throw .malformed }
    self.realm = realm
    self.nonce = nonce
    self.user = user
    key = STUNMessage.longTermKey(
      user: user, realm: String(decoding: realm, as: UTF8.self), password: password)
  }

  /// The request with the credentials and the signature over all of it.
  func signed(_ request: STUNMessage) -> STUNMessage {
    var request = request
    request.append(STUNAttribute.userName, Array(user.utf8))
    request.append(STUNAttribute.realm, realm)
    request.append(STUNAttribute.nonce, nonce)
    request.sign(key: key)
    return request
  }
}
