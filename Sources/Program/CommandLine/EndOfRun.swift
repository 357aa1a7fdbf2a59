import Dispatch
import Glibc

/// The moment when a foreground server should stop: SIGTERM, SIGINT or SIGHUP, or the end of input
/// from a terminal.
struct EndOfRun: Sendable {
  private let stream: AsyncStream<Void>

  init() {
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
    self.stream = stream
    var sources: [any DispatchSourceProtocol] = [SIGTERM, SIGINT, SIGHUP].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number)
      // A source that nobody refers to is cancelled; its own handler keeps it, here for good.
      source.setEventHandler { [source] in
        _ = source
        continuation.yield()
      }
      return source
    }
    // A pipe or /dev/null as input means a script that sends a signal when it is done.
    if isatty(STDIN_FILENO) == 1 {
      let source = DispatchSource.makeReadSource(fileDescriptor: STDIN_FILENO)
      source.setEventHandler { [source] in
        _ = source
        var byte: UInt8 = 0
        if read(STDIN_FILENO, &byte, 1) <= 0 { continuation.yield() }
      }
      sources.append(source)
    }
    for source in sources { source.activate() }
  }

  func wait() async {
    for await _ in stream { return }
  }
}
