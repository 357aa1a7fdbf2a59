import Domain
import Storage

extension AccountHub {
  /// Reads or writes the store for a request; what fails is the request's failure.
  package nonisolated func withStore<Result: Sendable>(
    _ work: @Sendable (Store) async throws -> Result
  ) async throws(UserError) -> Result {
    do {
      return try await work(environment.store)
    } catch {
      throw UserError(storing: error)
    }
  }

  /// Like `withStore`, of the ledger: orders, their journal, balances and limits.
  nonisolated func withLedger<Result: Sendable>(
    _ work: @Sendable (Store) async throws -> Result
  ) async throws(UserError) -> Result {
    do {
      return try await work(environment.ledger)
    } catch {
      throw UserError(storing: error)
    }
  }

  // MARK: Accounts by what they can do

  /// The account of a service as one that has an ability, connecting or connected.
  ///
  /// - Parameter refusal: what is thrown where the service's accounts have not got it.
  package func open<Ability: Sendable>(
    _ service: Service, as ability: Ability.Type,
    else refusal: @autoclosure () -> UserError
  ) async throws(UserError) -> Ability {
    guard let able = try await open(service) as? Ability else { throw refusal() }
    return able
  }

  /// The same once it is online; throws what keeps it from being so.
  package func online<Ability: Sendable>(
    _ service: Service, as ability: Ability.Type,
    else refusal: @autoclosure () -> UserError
  ) async throws(UserError) -> Ability {
    guard let able = try await online(service) as? Ability else { throw refusal() }
    return able
  }

  /// The account of the service whose accounts have a capability, connecting or connected: for what is
  /// asked without naming a service or a chat.
  package func open<Ability: Sendable>(
    _ capability: ServiceDescriptor.Capability, as ability: Ability.Type
  ) async throws(UserError) -> Ability {
    try await open(try await service(with: capability), as: ability, else: .unsupported)
  }

  /// The same once it is online.
  package func online<Ability: Sendable>(
    _ capability: ServiceDescriptor.Capability, as ability: Ability.Type
  ) async throws(UserError) -> Ability {
    try await online(try await service(with: capability), as: ability, else: .unsupported)
  }

  /// The first service whose accounts have a capability: the one that somebody is signed in to, if
  /// there are several.
  func service(
    with capability: ServiceDescriptor.Capability
  ) async throws(UserError) -> Service {
    let able = services(with: capability)
    guard let first = able.first else { throw .unsupported }
    guard able.count > 1 else { return first }
    let signedIn = try await withStore { store in try await store.accounts.all() }.map(\.service)
    return able.first { signedIn.contains($0) } ?? first
  }

  // MARK: What keeps them from being reached

  /// What keeps a service from being reached, for calls that answer from the store all the same.
  func problem(reaching service: Service) async -> UserError? {
    do throws(UserError) {
      _ = try await online(service)
      return nil
    } catch {
      return error
    }
  }

  /// What keeps any of the signed-in messengers from being reached; without one, that nobody is.
  func problemReachingMessengers() async throws(UserError) -> UserError? {
    let able = services(with: .messaging)
    let accounts = try await withStore { store in try await store.accounts.all() }
    let messengers = accounts.map(\.service).filter { able.contains($0) }
    guard !messengers.isEmpty else { return able.first.map { .notSignedIn($0) } }
    for service in messengers {
      if let problem = await problem(reaching: service) { return problem }
    }
    return nil
  }

  /// How a service's connection is doing once it is settled or the timeout has passed.
  func settledStatus(of service: Service) async throws(UserError) -> ConnectionStatus {
    try await open(service).settle(within: timeout)
  }

  /// Waits, not for long, until the servers have told what they kept for us.
  func catchUp() async {
    for case let account as any Messaging in opened { await account.catchUp(within: timeout) }
  }
}
