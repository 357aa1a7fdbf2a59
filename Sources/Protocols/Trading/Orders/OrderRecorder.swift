import Synchronization

/// Keeps what happened to orders and then tells it, one thing after the other: however long the journal
/// takes, nothing overtakes what happened before it.
final class OrderRecorder: Sendable {
  private let journal: any SwapJournal
  private let emit: @Sendable (TradingEvent) -> Void
  /// Ends when everything that happened so far is in the journal and told.
  private let newest = Mutex<Task<Void, Never>?>(nil)

  init(_ journal: any SwapJournal, emit: @escaping @Sendable (TradingEvent) -> Void) {
    self.journal = journal
    self.emit = emit
  }

  /// Takes its turn at once; the task ends when `event` is in the journal and `events` are told.
  func record(_ event: SwapEvent, thenTell events: [TradingEvent]) -> Task<Void, Never> {
    newest.withLock { newest in
      let task = Task { [newest, journal, emit] in
        await newest?.value
        do { try await journal.record(event) } catch { emit(.warning(.journal("\(error)"))) }
        for event in events { emit(event) }
      }
      newest = task
      return task
    }
  }

  /// Waits until everything that happened so far is in the journal.
  func finish() async { await newest.withLock { $0 }?.value }
}
