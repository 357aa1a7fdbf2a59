import Glibc

/// How many files, sockets among them, this process may have open.
public enum OpenFiles {
  /// What is kept for all that is no connection: the store, attachments, programs that are started.
  private static let reserve = 128

  /// Raises the limit to the highest that the system grants, as a server does that has a connection
  /// for each client.
  public static func raiseLimit() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    // Refused or not, `connections` goes by what holds then.
    _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }

  /// For how many connections that is enough. One over TLS takes three files once it is a WebSocket.
  static func connections(isSecure: Bool) -> Int {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return .max }
    let files = Int(clamping: limit.rlim_cur) - reserve
    return max(1, files / (isSecure ? 3 : 1))
  }
}
