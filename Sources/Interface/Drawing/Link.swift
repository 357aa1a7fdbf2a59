import Domain

/// Where a part of a picture leads (OSC 8).
struct Link: Hashable, Sendable {
  /// In full, printable ASCII.
  let address: String
  /// Equal for all parts of one link, so that the terminal knows them for one in whatever rows.
  let id: String

  /// - Parameter owner: what the link stands in, which tells it from the same link elsewhere.
  init(_ address: WebAddress, in owner: String) {
    self.address = address.text
    // FNV-1a: the same at each time.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in "\(owner) \(address.text)".utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    id = String(hash, radix: 36)
  }
}
