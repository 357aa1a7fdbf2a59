import Cryptography

/// A device and the password that it shows.
struct Credentials: Sendable {
  let address: DeviceAddress
  let password: Secret

  /// Reads an `Authorization` header, `Basic base64(number[.device]:password)`.
  init?(header: String?) {
    guard let (user, password) = Credentials.halves(of: header) else { return nil }
    self.init(user: user, password: password)
  }

  /// What stands before and after the colon of `Basic base64(…:…)`.
  static func halves(of header: String?) -> (user: String, password: String)? {
    guard let header, header.utf8.count <= 1024, header.hasPrefix("Basic "),
      let bytes = Base64.decode(header.dropFirst(6)),
      let text = String(validating: bytes, as: UTF8.self),
      let colon = text.firstIndex(of: ":")
    else { return nil }
    return (String(text[..<colon]), String(text[text.index(after: colon)...]))
  }

  /// Reads what a WebSocket's query says.
  init?(user: String, password: String) {
    guard let address = DeviceAddress(user), 1...512 ~= password.utf8.count else { return nil }
    self.address = address
    self.password = Secret(password)
  }
}

/// What is kept of a password or a code: enough to know it again, not to say it.
struct SaltedHash: Sendable {
  let salt: [UInt8]
  let hash: [UInt8]

  init(salt: [UInt8], hash: [UInt8]) {
    self.salt = salt
    self.hash = hash
  }

  init(_ secret: String, random: any RandomSource) {
    salt = random.bytes(16)
    hash = Digest.sha256.authenticate(Array(secret.utf8), key: salt)
  }

  func matches(_ secret: String) -> Bool {
    equalInConstantTime(hash, Digest.sha256.authenticate(Array(secret.utf8), key: salt))
  }
}
