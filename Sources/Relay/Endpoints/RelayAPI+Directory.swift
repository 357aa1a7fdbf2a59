import Cryptography
import Database
import Transport

/// How an address book asks without naming numbers (`Base64(SHA1(E164number)[0:10])`).
enum ContactToken {
  static let size = 10

  static func bytes(of number: String) -> [UInt8] {
    Array(Digest.sha1.hash(number.utf8).prefix(size))
  }

  /// Takes the URL-safe alphabet too: a slash cannot travel in a path.
  static func decode(_ text: String) -> [UInt8]? {
    guard text.utf8.count <= 16 else { return nil }
    let standard = text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 }
    return Base64.decode(String(standard)).flatMap { $0.count == size ? $0 : nil }
  }
}

/// Which contacts are here ("PUT /v1/directory/tokens").
extension RelayAPI {
  func lookUp(_ device: Device, _ request: HTTPServer.Request) async throws -> HTTPServer.Reply {
    let texts = try decode(TokensBody.self, from: request).contacts
    try limiter.charge(.directory, device.address.number, amount: Double(texts.count))
    var tokens: [(text: String, bytes: [UInt8])] = []
    for text in texts {
      guard let bytes = ContactToken.decode(text) else { throw RelayRefusal(status: 400) }
      tokens.append((text, bytes))
    }
    try await learnContacts()
    let asked = tokens
    let found = try await storage.database.read { connection in
      try asked.compactMap { try connection.contact($0.bytes, called: $0.text) }
    }
    return json(ContactsAnswer(contacts: found))
  }

  func lookUp(one text: String, _ device: Device) async throws -> HTTPServer.Reply {
    try limiter.charge(.directory, device.address.number)
    try await learnContacts()
    guard let bytes = ContactToken.decode(text),
      let contact = try await storage.database.read({ try $0.contact(bytes, called: text) })
    else { throw RelayRefusal.notFound }
    return json(contact)
  }
}

extension Connection {
  fileprivate func contact(_ token: [UInt8], called text: String) throws -> ContactAnswer? {
    let found = try first(
      """
      SELECT supports_sms FROM account JOIN device USING (number) WHERE token = ? AND id = ?
        AND (fetches_messages OR gcm_id IS NOT NULL OR apn_id IS NOT NULL)
      """, [token, DeviceAddress.master]
    ) { try $0.get("supports_sms", as: Bool.self) }
    let name = String(text.prefix { $0 != "=" })
    if let found { return ContactAnswer(token: name, supportsSms: found ? true : nil) }
    guard let (relay, supportsSMS) = try peerContact(token) else { return nil }
    return ContactAnswer(token: name, relay: relay, supportsSms: supportsSMS ? true : nil)
  }
}
