import Clocks
import Cryptography
import Domain
import Storage
import Transport

/// Brings what was written to its receivers: each gets its messages in order and once.
///
/// Receivers do not wait for each other. What is not known to have arrived stays in the store and is
/// tried again when the service is connected, with growing pauses, over restarts.
package actor Outbox {
  /// How one attempt has ended.
  package enum Outcome: Sendable {
    case arrived
    /// The connection or the server is not ready; worth another attempt.
    case later
    /// A person must decide before anything goes to this receiver.
    case held(SendFailure)
    /// No attempt will do.
    case failed(SendFailure)
    /// The receiver is no member of the message's group any more; the message tells so there.
    case left(group: String, MessageRecord)
  }

  private let service: Service
  private let environment: AccountEnvironment
  private let deliver: @Sendable (OutboxRecord, String) async -> Outcome
  /// One for each receiver that something waits for.
  private var tasks: [String: Task<Void, Never>] = [:]
  private var isOpen = false
  /// Something may have been added since a task last looked.
  private var hasNews = false
  private let drained = AsyncGate()

  /// - Parameter deliver: one attempt to bring a message to a receiver.
  package init(
    service: Service, environment: AccountEnvironment,
    deliver: @escaping @Sendable (OutboxRecord, String) async -> Outcome
  ) {
    self.service = service
    self.environment = environment
    self.deliver = deliver
  }

  /// The service is connected: everything that waits goes out.
  package func open() async {
    isOpen = true
    await wake()
  }

  /// The connection is lost: no further attempts.
  package func close() {
    isOpen = false
    for task in tasks.values { task.cancel() }
  }

  /// Ends all attempts and waits for those under way.
  package func stop() async {
    close()
    for task in tasks.values { await task.value }
    drained.open()
  }

  /// Something was added, or may be tried again.
  package func wake() async {
    hasNews = true
    drained.close()
    guard isOpen else { return }
    while hasNews {
      hasNews = false
      let receivers = await environment.storing { [service] store in
        try await store.outbox.receivers(service)
      }
      for receiver in receivers ?? [] where tasks[receiver] == nil && isOpen {
        tasks[receiver] = Task {
          await self.run(receiver)
          await self.finished(receiver)
        }
      }
      if receivers?.isEmpty ?? true, tasks.isEmpty { drained.open() }
    }
  }

  /// Waits until nothing waits any more, or `limit` has passed.
  package func drain(within limit: Duration) async {
    await wake()
    await drained.wait(atMost: limit, time: environment.time)
  }

  private func finished(_ receiver: String) async {
    tasks[receiver] = nil
    // A message that was added while the task looked for the last time found it still there.
    await wake()
  }

  private func run(_ receiver: String) async {
    var backoff = Backoff(random: environment.random)
    while isOpen, !Task.isCancelled {
      switch await attempt(receiver) {
      case .nothingWaits: return
      case .settled: backoff.reset()
      case .unsettled:
        do { try await environment.time.sleep(for: backoff.next()) } catch { return }
      }
    }
  }

  private enum Attempt { case nothingWaits, settled, unsettled }

  /// Tries the first message for a receiver. What could not be stored is not settled either: nothing
  /// may follow it.
  private func attempt(_ receiver: String) async -> Attempt {
    let next = await environment.storing { [service] store in
      try await store.outbox.next(service, for: receiver)
    }
    guard let next else { return .unsettled }
    guard let message = next else { return .nothingWaits }
    let outcome = await deliver(message, receiver)
    if case .later = outcome { return .unsettled }
    guard let news = await keep(outcome, of: message, for: receiver) else { return .unsettled }
    environment.publish(news)
    return .settled
  }

  /// What an attempt came to; nil if it could not be stored.
  private func keep(
    _ outcome: Outcome, of message: OutboxRecord, for receiver: String
  ) async -> ChatNews? {
    await environment.storing { store in
      switch outcome {
      case .arrived: try await store.outbox.arrived(message.id, at: receiver)
      case .failed(let reason): try await store.outbox.failed(message.id, at: receiver, reason)
      case .held(let reason): try await store.outbox.hold(receiver, reason)
      case .left(let group, let line):
        try await store.outbox.remove(receiver, from: group, line: line)
      case .later: ChatNews()
      }
    }
  }
}

extension AccountEnvironment {
  /// Tells of what is new in chats.
  package func publish(_ news: ChatNews) {
    let messages = Dictionary(grouping: news.messages, by: \.chat)
    for (chat, messages) in messages.sorted(by: { $0.key < $1.key }) {
      changes.send(.messages(chat: chat, messages))
    }
    if !news.chats.isEmpty { changes.send(.chats(news.chats)) }
  }
}
