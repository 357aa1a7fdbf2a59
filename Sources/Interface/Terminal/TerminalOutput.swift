import Glibc
import Synchronization

/// Writing to the terminal, which blocks while the terminal takes nothing: a line that is frozen, a
/// window that nobody reads. Whoever ends the program must not wait for that.
enum TerminalOutput {
  private struct State {
    /// The thread that writes now.
    var writer: pthread_t?
    var isDiscarded = false
  }

  /// Means nothing by itself: it only breaks off a call that waits.
  private static let wakeUp = SIGURG

  private static let state = Mutex(State())

  /// Whether what is written goes nowhere any more.
  static var isDiscarded: Bool { state.withLock { $0.isDiscarded } }

  /// Does something that writes to standard output.
  static func writing(_ work: () -> Void) {
    var wanted = sigset_t()
    var before = sigset_t()
    sigemptyset(&wanted)
    sigaddset(&wanted, wakeUp)
    state.withLock { $0.writer = pthread_self() }
    // Threads of a dispatch queue block all signals.
    pthread_sigmask(SIG_UNBLOCK, &wanted, &before)
    work()
    pthread_sigmask(SIG_SETMASK, &before, nil)
    state.withLock { $0.writer = nil }
  }

  /// Writes these bytes to standard output, all of them unless they are discarded meanwhile.
  static func write(_ bytes: ArraySlice<UInt8>) {
    writing {
      bytes.withUnsafeBytes { bytes in
        var rest = bytes[...]
        while !rest.isEmpty {
          let part = UnsafeRawBufferPointer(rebasing: rest)
          let count = Glibc.write(STDOUT_FILENO, part.baseAddress, part.count)
          if count < 0, errno != EINTR { return }
          rest = rest.dropFirst(max(0, count))
        }
      }
    }
  }

  /// Lets standard output lead elsewhere from now on; false once everything is discarded, which
  /// stays so.
  @discardableResult
  static func redirect(to descriptor: Int32) -> Bool {
    state.withLock { state in
      guard !state.isDiscarded else { return false }
      return dup2(descriptor, STDOUT_FILENO) >= 0
    }
  }

  /// Lets everything that is written from now on vanish, and breaks off a write that waits. To be
  /// repeated until the program has got on: a write may begin just before it.
  static func discard() {
    state.withLock { state in
      if !state.isDiscarded {
        state.isDiscarded = true
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { _ in }
        sigaction(wakeUp, &action, nil)
        let nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC)
        if nowhere >= 0 {
          dup2(nowhere, STDOUT_FILENO)
          close(nowhere)
        }
      }
      if let writer = state.writer { pthread_kill(writer, wakeUp) }
    }
  }
}
