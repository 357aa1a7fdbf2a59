import Domain

@testable import Accounts
@testable import MaxService
@testable import TextSecureService
@testable import TradingService

/// The accounts as their services know them, to look at what no ability tells.
extension Desk {
  var messenger: MessengerAccount? { openNow(.max) as? MessengerAccount }

  func openMessenger() async throws(ConsoleError) -> MessengerAccount {
    try await open(.max, as: MessengerAccount.self, else: .unsupported)
  }

  func onlineMessenger() async throws(ConsoleError) -> MessengerAccount {
    try await online(.max, as: MessengerAccount.self, else: .unsupported)
  }

  func openTrader() async throws(ConsoleError) -> TradingAccount {
    try await open(.trading, as: TradingAccount.self, else: .unsupported)
  }

  func onlineTrader() async throws(ConsoleError) -> TradingAccount {
    try await online(.trading, as: TradingAccount.self, else: .unsupported)
  }

  func openSecure() async throws(ConsoleError) -> SecureAccount {
    try await open(.textsecure, as: SecureAccount.self, else: .unsupported)
  }
}
