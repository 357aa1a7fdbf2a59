/// Where the next connection goes and what is spoken there, by what the server has shown so far.
struct ServerRoute {
  /// What is known to work.
  private(set) var configuration: OneMeConfiguration
  /// Where the server sent us; forgotten when nothing answers there.
  private var redirectedURL: String?

  init(_ configuration: OneMeConfiguration) { self.configuration = configuration }

  /// With what the next connection is made.
  var next: OneMeConfiguration {
    guard let redirectedURL else { return configuration }
    var next = configuration
    // Where a connection is moved to, the same is spoken as where it came from.
    next.codec = configuration.isBinary ? .binary : .json
    next.url = redirectedURL
    return next
  }

  /// No connection came about.
  mutating func noteFailure(_ error: OneMeError) {
    redirectedURL = nil
    // Both forms were refused: the other one is not tried at every attempt.
    if error.refusesText { configuration.fallsBackToBinary = false }
  }

  /// The binary form was taken where the text form is refused.
  mutating func noteFallback() { configuration = configuration.inBinary }

  /// A server at `url` sends us to `host`; a host that is not allowed is passed over.
  mutating func noteRedirect(from url: String, to host: String) {
    redirectedURL = RedirectTarget.url(from: url, to: host)
  }
}

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
