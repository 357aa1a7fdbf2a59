import Domain
import Storage

/// An account that is called.
package protocol Calling: Account {
  /// Asks which calls the server has kept since it was asked last; calls that come of it are told as
  /// news.
  func refreshCalls() async throws(UserError)

  /// Declines a call for all of the owner's devices; throws `not-ringing`.
  func declineCall(_ id: String) async throws(UserError)

  /// Stops a ring here; the owner's other devices ring on.
  func ignoreCall(_ id: String) async
}
