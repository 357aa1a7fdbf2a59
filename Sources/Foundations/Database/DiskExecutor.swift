import Dispatch

/// Runs an actor's work on a queue of its own: waiting for the disk must not take one of the few
/// threads that all tasks share.
final class DiskExecutor: SerialExecutor {
  private let queue = DispatchQueue(label: "tercet.database", qos: .userInitiated)

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }
}
