// curl.h brings the socket headers, whose names the static Glibc module then leaves to it.
import CCurl
import Glibc

/// A path of a Unix socket as the system takes it, however long the path is.
///
/// An address has room for 107 bytes. A longer path is named through its folder, which is held open
/// meanwhile: `/proc/self/fd/12/control.sock`. Good for as long as this value lives.
final class UnixSocketPath {
  /// At most 107 bytes.
  let text: String
  /// The open folder; nil for a path that fits by itself.
  private let folder: Int32?

  /// Whether it may stand for another socket later, when the folder is closed.
  var isShortLived: Bool { folder != nil }

  /// Throws `.badAddress` for a name that is too long or none, `.io` if its folder cannot be opened.
  init(_ path: String) throws(TransportError) {
    guard !path.isEmpty, !path.utf8.contains(0) else { throw .badAddress(path) }
    guard path.utf8.count > Self.limit else {
      (text, folder) = (path, nil)
      return
    }
    let slash = path.lastIndex(of: "/")
    let parent = slash.map { path[...$0] } ?? "."
    let name = slash.map { path[path.index(after: $0)...] } ?? path[...]
    // The longest number of a descriptor has ten digits.
    guard !name.isEmpty, name.utf8.count <= Self.limit - "/proc/self/fd/1234567890/".utf8.count
    else { throw .badAddress(path) }
    let folder = open(String(parent), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw .io("\(path): \(String(cString: strerror(errno)))") }
    self.folder = folder
    text = "/proc/self/fd/\(folder)/\(name)"
  }

  deinit {
    if let folder { close(folder) }
  }

  var address: sockaddr_un {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: text.utf8) }
    return address
  }

  /// A zero follows the path.
  private static let limit = MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1
}
