import Accounts
import TextSecure

/// Sees that there are enough of our keys for others to start sessions with, and that used ones cannot be
/// read any more.
struct KeyUpkeep: Sendable {
  private let stock: PreKeyStock
  private let used: UsedKeyEraser
  private let environment: AccountEnvironment

  init(_ stock: PreKeyStock, used: UsedKeyEraser, environment: AccountEnvironment) {
    self.stock = stock
    self.used = used
    self.environment = environment
  }

  /// A run that was killed may have left used keys behind.
  func start() async { await used.note() }

  func stop() async { await used.stop() }

  /// Uploads keys if the relay has too few of them. An upload that a crash cut off is made up for.
  ///
  /// - Returns: how long the relay took to say that it has enough; nil if it got new ones or did not
  ///   answer.
  func refill() async -> Duration? {
    let start = environment.time.uptime
    do throws(TextSecureError) {
      return try await stock.refill() ? nil : environment.time.uptime - start
    } catch {
      environment.log("TextSecure prekeys: \(error.message)")
      return nil
    }
  }
}
