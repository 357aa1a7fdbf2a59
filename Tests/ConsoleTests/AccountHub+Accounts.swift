import Domain

@testable import Accounts
@testable import MaxService
@testable import TextSecureService
@testable import TradingService

/// The accounts as their services know them, to look at what no ability tells.
extension AccountHub {
  var messenger: MaxAccount? { openNow(.max) as? MaxAccount }

  func openMessenger() async throws(UserError) -> MaxAccount {
    try await open(.max, as: MaxAccount.self, else: .unsupported)
  }

  func onlineMessenger() async throws(UserError) -> MaxAccount {
    try await online(.max, as: MaxAccount.self, else: .unsupported)
  }

  func openTrader() async throws(UserError) -> TradingAccount {
    try await open(.trading, as: TradingAccount.self, else: .unsupported)
  }

  func onlineTrader() async throws(UserError) -> TradingAccount {
    try await online(.trading, as: TradingAccount.self, else: .unsupported)
  }

  func openSecure() async throws(UserError) -> TextSecureAccount {
    try await open(.textsecure, as: TextSecureAccount.self, else: .unsupported)
  }
}
