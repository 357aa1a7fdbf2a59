import Glibc
import Synchronization

/// A directory for attachments on their way through a contact; made when the first one comes.
final class ContactFiles: Sendable {
  private struct State {
    var path: String?
    var made = 0
  }

  private let state = Mutex(State())

  /// The directory; nil if the system gives none.
  var directory: String? {
    state.withLock { state in
      if let path = state.path { return path }
      var template = Array("/tmp/tercet-contact-XXXXXX".utf8CString)
      guard mkdtemp(&template) != nil else { return nil }
      let path = String(
        decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
      state.path = path
      return path
    }
  }

  /// Writes a file that nobody has written before; nil if that fails.
  func write(_ bytes: [UInt8]) -> String? {
    guard let directory else { return nil }
    let number = state.withLock { state in
      state.made += 1
      return state.made
    }
    let path = "\(directory)/\(number)"
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { return nil }
    defer { close(file) }
    return Glibc.write(file, bytes, bytes.count) == bytes.count ? path : nil
  }

  func remove(_ path: String) { unlink(path) }

  /// Every file is removed by whoever made it; an empty directory goes with the sandbox.
  deinit { state.withLock { state in if let path = state.path { rmdir(path) } } }
}
