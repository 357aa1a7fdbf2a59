import Accounts
import MaxService
import TextSecureService
import TradingService

extension TercetProgram {
  /// The services of Tercet. Nothing else in the house has to be told of another one.
  package static let services: [ServiceDescriptor] = [.max, .trading, .textsecure]
}
