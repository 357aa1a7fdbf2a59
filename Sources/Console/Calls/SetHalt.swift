import Storage

/// The kill switch: while it is on no swap leaves, whoever asks; it stays over restarts.
public struct SetHalt: MarketCall {
  var isHalted: Bool

  /// - Parameter isHalted: true turns the kill switch on.
  public init(isHalted: Bool) { self.isHalted = isHalted }

  /// Emits the switch as it is then, on disk and in the journal.
  public func run(
    on desk: Desk, emit: @escaping @Sendable (HaltLine) async -> Void
  ) async throws(ConsoleError) {
    let now = desk.context.time.wallTime
    try await desk.ruling { ledger in
      try await ledger.settings.set(
        .halt, isHalted ? String(now) : nil,
        recording: JournalEntry(at: now, kind: .decision, body: isHalted ? "halt" : "resume"))
    }
    desk.context.changes.send(.halted(isHalted))
    await emit(HaltLine(halted: isHalted))
  }
}
