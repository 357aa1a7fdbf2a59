import Glibc

/// The path of a Unix socket in a form that fits into a socket's address, however long it is.
///
/// An address holds 107 bytes. A longer path is taken through its directory, which stays open as long
/// as the value lives and has a short name below `/proc`.
final class SocketPath: Sendable {
  private static let limit = MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1

  /// What the system is given.
  let text: String
  private let directory: Int32?

  /// A directory that cannot be opened leaves the path as it is: using it says why.
  init(_ path: String) {
    guard path.utf8.count > SocketPath.limit, let slash = path.lastIndex(of: "/") else {
      (text, directory) = (path, nil)
      return
    }
    let descriptor = open(String(path[...slash]), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else {
      (text, directory) = (path, nil)
      return
    }
    text = "/proc/self/fd/\(descriptor)\(path[slash...])"
    directory = descriptor
  }

  deinit {
    if let directory { close(directory) }
  }
}
