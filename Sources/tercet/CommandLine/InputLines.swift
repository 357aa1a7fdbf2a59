import Dispatch

/// Standard input, line by line; each is read when it is asked for, and no sooner.
struct InputLines: Sendable {
  // Reading may block for long, and the threads of tasks have other work to do meanwhile.
  private let queue = DispatchQueue(label: "tercet.input")

  /// The next line without its end; nil when there are no more.
  func next() async -> String? {
    await withCheckedContinuation { continuation in
      queue.async { continuation.resume(returning: readLine()) }
    }
  }
}
