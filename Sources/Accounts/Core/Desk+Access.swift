import Domain
import Storage

extension Desk {
  /// Reads or writes the store for a call; what fails is the call's failure.
  package nonisolated func reading<Result: Sendable>(
    _ work: @Sendable (Store) async throws -> Result
  ) async throws(ConsoleError) -> Result {
    do {
      return try await work(context.store)
    } catch {
      throw ConsoleError(storing: error)
    }
  }

  /// Like `reading`, of the ledger: orders, their journal, balances and limits.
  nonisolated func ruling<Result: Sendable>(
    _ work: @Sendable (Store) async throws -> Result
  ) async throws(ConsoleError) -> Result {
    do {
      return try await work(context.ledger)
    } catch {
      throw ConsoleError(storing: error)
    }
  }

  /// What keeps a service from being reached, for calls that answer from the store all the same.
  package func problem(reaching service: Service) async -> ConsoleError? {
    do throws(ConsoleError) {
      switch service {
      case .max: _ = try await onlineMessenger()
      case .trading: _ = try await onlineTrader()
      case .textsecure: _ = try await onlineSecure()
      }
      return nil
    } catch {
      return error
    }
  }

  /// What keeps any of the signed-in messengers from being reached; without one, that nobody is.
  func problemReachingMessengers() async throws(ConsoleError) -> ConsoleError? {
    let accounts = try await reading { store in try await store.accounts.all() }
    let messengers = accounts.map(\.service).filter { $0 != .trading }
    guard !messengers.isEmpty else { return .notSignedIn(.max) }
    for service in messengers {
      if let problem = await problem(reaching: service) { return problem }
    }
    return nil
  }

  /// The lamp of a service's account once it is settled or the timeout has passed.
  func settledLink(of service: Service) async throws(ConsoleError) -> ConnectionStatus {
    switch service {
    case .max: try await openMessenger().settle(within: patience)
    case .trading: try await openTrader().settle(within: patience)
    case .textsecure: try await openSecure().settle(within: patience)
    }
  }
}
