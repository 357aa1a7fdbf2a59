import Console
import Glibc
import Synchronization
import Trading

/// A recording on disk, one line a frame. What was there before stays, and new lines follow it.
final class RecordingFile: TradingRecorder {
  private let descriptor: Int32
  private let lock = Mutex(())

  /// Throws when the file cannot be opened or made.
  init(_ path: String) throws(ConsoleError) {
    descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw ConsoleError(
        .failed, code: "storage", "\(path) cannot be written: \(String(cString: strerror(errno)))",
        hint: "Name another file with --record")
    }
  }

  deinit { close(descriptor) }

  func record(_ frame: RecordedFrame) {
    let line = Array((frame.jsonLine + "\n").utf8)
    // A full disk costs the recording and nothing else.
    lock.withLock { _ in _ = write(descriptor, line, line.count) }
  }
}
