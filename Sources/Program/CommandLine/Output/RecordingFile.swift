import Accounts
import Domain
import Files
import Glibc
import Synchronization

/// A recording on disk, one line a frame. What was there before stays, and new lines follow it.
///
/// A disk that takes no more costs the recording and nothing else, but it is said, once.
final class RecordingFile: FrameRecorder {
  private struct State {
    /// Whether the last line is not whole: the next one begins anew.
    var isCut = false
    var hasFailed = false
    var untold: String?
  }

  private let path: String
  private let descriptor: Int32
  private let state = Mutex(State())
  private let say: (@Sendable (String) -> Void)?

  /// Throws when the file cannot be opened or made.
  ///
  /// - Parameter say: told of the first failure at once; nil leaves it for `takeFailure`.
  init(_ path: String, say: (@Sendable (String) -> Void)?) throws(UserError) {
    self.path = path
    self.say = say
    // Non-blocking, since the opening of a pipe that nobody reads would wait for ever.
    descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NONBLOCK, 0o600)
    guard descriptor >= 0 else {
      throw UserError(
        .failed, code: "storage", "\(path) cannot be written: \(FileError(errno, path).reason)",
        hint: "Name another file with --record")
    }
    // But who reads slowly misses nothing.
    _ = fcntl(descriptor, F_SETFL, O_APPEND)
  }

  deinit { close(descriptor) }

  func record(_ line: String) {
    let line = Array((escapingInvisible(line) + "\n").utf8)
    let words: String? = state.withLock { state in
      let bytes = state.isCut ? [UInt8(ascii: "\n")] + line : line
      let reason = write(bytes, &state)
      guard let reason, !state.hasFailed else { return nil }
      state.hasFailed = true
      let words =
        "\(path) cannot be written: \(String(cString: strerror(reason))). "
        + "The recording has gaps from here on."
      if say == nil { state.untold = words }
      return words
    }
    if let words { say?("tercet: \(words)") }
  }

  func takeFailure() -> String? {
    state.withLock { state in
      defer { state.untold = nil }
      return state.untold
    }
  }

  /// Why not all of it was written; nil if it was.
  private func write(_ bytes: [UInt8], _ state: inout State) -> Int32? {
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count > 0 {
        written += count
      } else if count == 0 || errno != EINTR {
        state.isCut = state.isCut || written > 0
        return count == 0 ? ENOSPC : errno
      }
    }
    state.isCut = false
    return nil
  }
}
