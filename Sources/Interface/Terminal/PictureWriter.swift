import CNcurses
import Glibc

/// Brings what curses draws to the terminal in one piece.
///
/// Curses writes a piece for each movement of its cursor. Each of them wakes the terminal up, which may
/// show half a picture, and costs more than all the bytes of a picture. So they go to memory, and from
/// there on.
@MainActor final class PictureWriter {
  private let memory = memory_file("picture")
  private let terminal = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1)
  private var bytes: [UInt8] = []

  /// Runs `draw`, whose writes to standard output arrive together.
  func write(_ draw: () -> Void) {
    guard memory >= 0, terminal >= 0, TerminalOutput.redirect(to: memory) else {
      return TerminalOutput.writing(draw)
    }
    draw()
    TerminalOutput.redirect(to: terminal)
    let count = Int(lseek(memory, 0, SEEK_CUR))
    guard count > 0 else { return }
    lseek(memory, 0, SEEK_SET)
    if bytes.count < count { bytes = [UInt8](repeating: 0, count: count) }
    let read = pread(memory, &bytes, count, 0)
    if read > 0 { TerminalOutput.write(bytes[..<read]) }
  }
}
