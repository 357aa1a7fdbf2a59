import Cryptography

/// A request's path and query, taken apart.
struct Target {
  /// The path's parts, decoded; the last one is empty after a final slash.
  let path: [String]
  /// The last value of each name, decoded.
  let query: [String: String]

  /// Nil when an escape is broken or does not give UTF-8.
  init?(_ text: String) {
    let halves = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    guard text.utf8.count <= 8192, let first = halves.first, first.hasPrefix("/") else {
      return nil
    }
    var path: [String] = []
    for part in first.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
      guard let decoded = Target.decode(part) else { return nil }
      path.append(decoded)
    }
    var query: [String: String] = [:]
    for pair in (halves.count == 2 ? halves[1] : "").split(separator: "&") {
      let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = Target.decode(sides[0]),
        let value = Target.decode(sides.dropFirst().first ?? "")
      else { return nil }
      query[name] = value
    }
    self.path = path
    self.query = query
  }

  /// Undoes percent-encoding. A plus is left alone: a telephone number begins with one.
  private static func decode(_ text: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard let decoded = Hexadecimal.decode(String(decoding: rest.prefix(2), as: UTF8.self)),
        decoded.count == 1
      else { return nil }
      bytes += decoded
      rest = rest.dropFirst(2)
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
