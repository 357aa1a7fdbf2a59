import Glibc
import Synchronization

/// The thread behind a `Network`: takes jobs from anywhere and runs them where the connections live.
final class NetworkThread: Sendable {
  typealias Job = @Sendable (NetworkCore) -> Void

  private struct State {
    var jobs: [Job] = []
    /// nil until the thread runs.
    var multi: CurlMulti?
    var lastIdentifier = 0
  }

  private let state = Mutex(State())

  /// A number for a new connection, never given twice.
  func newIdentifier() -> Int {
    state.withLock { state in
      state.lastIdentifier += 1
      return state.lastIdentifier
    }
  }

  /// Runs `job` on the thread, in the order of posting; starts the thread with the first one.
  func post(_ job: @escaping Job) {
    let (multi, isFirstJob, isRunning) = state.withLock { state in
      state.jobs.append(job)
      let isRunning = state.multi != nil
      let multi = state.multi ?? CurlMulti()
      state.multi = multi
      return (multi, state.jobs.count == 1, isRunning)
    }
    if !isRunning { start() }
    if isFirstJob { multi.wakeUp() }
  }

  /// Ends the thread after the jobs posted so far, if it ever began.
  func stop() {
    guard state.withLock({ $0.multi != nil }) else { return }
    post { $0.stop() }
  }

  fileprivate func takeJobs() -> [Job] {
    state.withLock { state in
      defer { state.jobs = [] }
      return state.jobs
    }
  }

  private func start() {
    var thread = pthread_t()
    let me = Unmanaged.passRetained(self).toOpaque()
    let code = pthread_create(&thread, nil, networkThreadMain, me)
    precondition(code == 0, "the system gives no thread")
    pthread_detach(thread)
  }

  fileprivate func run() {
    // Signals are for the program's main thread; SIGPIPE above all must not come from TLS writes.
    var all = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_BLOCK, &all, nil)
    guard let multi = state.withLock({ $0.multi }) else { return }
    let core = NetworkCore(multi: multi)
    while !core.isStopped {
      for job in takeJobs() { job(core) }
      core.turn()
    }
  }
}

private func networkThreadMain(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let argument {
    Unmanaged<NetworkThread>.fromOpaque(argument).takeRetainedValue().run()
  }
  return nil
}
