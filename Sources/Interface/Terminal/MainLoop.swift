import CLinux
import Glibc

/// The main thread, which waits for keys and does the main actor's work.
///
/// Dispatch's own way has a worker do that work: a key then wakes a thread that watches, which wakes the
/// worker, and each of them may have to be woken on a processor that sleeps. Here the thread that waits
/// for a key is the one that answers it.
@MainActor
package enum MainLoop {
  /// What the terminal sends, and whoever takes it.
  private static var input: (descriptor: Int32, isReadable: () -> Void)?
  /// Somebody else takes it for a while.
  private static var isHeld = false

  /// Begins the program's work and serves for ever; the work ends the process. To be called once, on the
  /// thread that the process began with.
  package nonisolated static func run(_ work: @escaping @MainActor () async -> Never) -> Never {
    // It begins to exist by this call; what is queued earlier would not be announced.
    let queue = _dispatch_get_main_queue_handle_4CF()
    Task { await work() }
    // The thread that the process began with is the main actor's.
    MainActor.assumeIsolated { serve(queue) }
  }

  private static func serve(_ queue: Int32) -> Never {
    // A handler of Dispatch's blocks all signals in the thread that one comes to. Those without a source
    // are to end the program still.
    var blocked = sigset_t()
    pthread_sigmask(SIG_SETMASK, nil, &blocked)
    while true {
      var places = [pollfd(fd: queue, events: Int16(POLLIN), revents: 0)]
      if let input, !isHeld {
        places.append(pollfd(fd: input.descriptor, events: Int16(POLLIN), revents: 0))
      }
      guard ppoll(&places, nfds_t(places.count), nil, &blocked) > 0 else { continue }
      // Someone waits for what a key does.
      if places.count > 1, places[1].revents != 0 { input?.isReadable() }
      guard places[0].revents != 0 else { continue }
      var count: UInt64 = 0
      read(queue, &count, MemoryLayout.size(ofValue: count))
      _dispatch_main_queue_callback_4CF(nil)
    }
  }

  /// Has `isReadable` called whenever a descriptor has something to read, or has ended.
  static func watch(_ descriptor: Int32, isReadable: @escaping () -> Void) {
    input = (descriptor, isReadable)
  }

  /// Leaves what can be read to somebody else, or takes it again.
  static func hold(_ isHeld: Bool) { self.isHeld = isHeld }

  /// Stops that.
  static func unwatch() { input = nil }
}
