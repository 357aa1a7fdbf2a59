import Domain

/// One service's account, kept online from `start` to `stop`: it takes in what its server says, stores
/// it, and then tells the listeners of the environment.
///
/// What else an account can do it says by adopting abilities (see `Abilities`). Nothing outside a
/// service asks which service an account is of; it asks for an ability.
package protocol Account: Actor {
  /// How its connection is doing.
  var connection: ConnectionTracker { get }

  /// Connects and stays connected until `stop`.
  func start() async

  /// Ends the connection; what was taken in is stored before this returns.
  func stop() async

  /// Ends a pause between two attempts to connect.
  func retryNow() async

  /// Ends the session on the server, if it is connected, and then the connection.
  func logOut() async
}

extension Account {
  package var status: ConnectionStatus { connection.status }

  /// Waits until the account is online, given up, or `limit` has passed.
  package func settle(within limit: Duration) async -> ConnectionStatus {
    await connection.settle(within: limit)
    return status
  }

  /// Services whose servers keep no session have nobody to tell.
  package func logOut() async { await stop() }
}
