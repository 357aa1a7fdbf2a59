import Clocks

/// Asks for the balances and follows them, again and again where the server refuses that.
actor BalanceSubscription {
  /// Between two tries after a refusal.
  private static let pause: Duration = .seconds(60)

  private let context: ConnectionContext
  private let emit: @Sendable (TradingEvent) -> Void
  /// Asks again for what the server refused.
  private var again: Task<Void, Never>?

  init(_ context: ConnectionContext, emit: @escaping @Sendable (TradingEvent) -> Void) {
    self.context = context
    self.emit = emit
  }

  /// Asks once; what is refused is tried again by itself. Throws when the connection is lost.
  func start(over stream: TradingConnection) async throws(TradingError) {
    let areTold = try await tolerate(.balances, over: stream)
    let areFollowed = try await tolerate(.subscribe(.balances), over: stream)
    if !areTold || !areFollowed { askAgain(over: stream, following: !areFollowed) }
  }

  /// The connection is gone: the next one begins anew.
  func cancel() { again?.cancel() }

  /// A key without a permission still serves the others, and so does an answer that cannot be read:
  /// either is told and passed over.
  private func tolerate(
    _ operation: Operation, over stream: TradingConnection, quietly: Bool = false
  ) async throws(TradingError) -> Bool {
    do throws(TradingError) {
      _ = try await stream.ask(operation, within: context.configuration.timeouts.queue)
      return true
    } catch {
      switch error {
      case .refused(_, let text):
        if !quietly { emit(.warning(.serverError("\(operation.name): \(text)"))) }
      case .unreadable:
        if !quietly { emit(.warning(.unreadable(error.message))) }
      default:
        throw error
      }
      return false
    }
  }

  /// A refusal may pass: the balances are asked for every minute, and followed as soon as the server
  /// lets us. A lost connection ends this.
  private func askAgain(over stream: TradingConnection, following: Bool) {
    again?.cancel()
    again = Task {
      var isFollowed = !following
      while !Task.isCancelled {
        do { try await context.time.sleep(for: BalanceSubscription.pause) } catch { return }
        do throws(TradingError) {
          if !isFollowed {
            isFollowed = try await tolerate(.subscribe(.balances), over: stream, quietly: true)
          }
          let areTold = try await tolerate(.balances, over: stream, quietly: true)
          if areTold, isFollowed { return }
        } catch { return }
      }
    }
  }
}
