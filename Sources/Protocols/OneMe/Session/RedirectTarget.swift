/// Where a server may send this client (opcode 3).
///
/// Whoever is connected to gets the login token, so only a neighbour will do: the same host, or one
/// under the same parent domain. The scheme and the path stay as they were.
enum RedirectTarget {
  /// `url` with its host replaced by `host` (and a port, if it has one); nil if that is not allowed.
  static func url(from url: String, to host: String) -> String? {
    guard let scheme = url.firstRange(of: "://") else { return nil }
    let rest = url[scheme.upperBound...]
    let authority = rest.prefix { $0 != "/" && $0 != "?" }
    let path = rest.dropFirst(authority.count)
    let old = authority.split(separator: ":", omittingEmptySubsequences: false)
    let new = host.split(separator: ":", omittingEmptySubsequences: false)
    guard (1...2).contains(old.count), (1...2).contains(new.count), isName(new[0]),
      new.count == 1 || UInt16(new[1]).map({ $0 > 0 }) == true,
      isNeighbour(new[0].lowercased(), of: old[0].lowercased())
    else { return nil }
    return "\(url[..<scheme.upperBound])\(host)\(path)"
  }

  private static func isName(_ host: Substring) -> Bool {
    host.utf8.count <= 253
      && host.split(separator: ".", omittingEmptySubsequences: false)
        .allSatisfy { label in
          (1...63).contains(label.utf8.count)
            && label.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
        }
  }

  private static func isNeighbour(_ new: String, of old: String) -> Bool {
    if new == old { return true }
    let labels = old.split(separator: ".")
    // An address has no parent; a domain of two labels is its own.
    guard labels.count >= 2, labels.last?.allSatisfy(\.isNumber) == false else { return false }
    let parent = labels.count == 2 ? old : labels.dropFirst().joined(separator: ".")
    return new == parent || new.hasSuffix("." + parent)
  }
}
