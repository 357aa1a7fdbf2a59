/// What a person needs to try the sandbox: there is no phone its SMS could reach, and no web site
/// that gives out its keys.
package struct SandboxGuide: Sendable {
  /// A phone number the sandbox knows.
  package var phone: String
  /// A number that the sandbox's relay sends codes for; empty when there is no relay.
  package var textSecureNumber: String
  /// What the sandbox's MAX accounts with a second factor ask for.
  package var password: String?
  package var tradingKey: String
  package var tradingSecret: String
  /// Codes as the sandbox sends them.
  package var messages: AsyncStream<Message>

  /// An SMS with a code.
  package struct Message: Sendable {
    package var number: String
    package var code: String

    /// - Parameter number: the phone it would have reached.
    package init(number: String, code: String) {
      self.number = number
      self.code = code
    }
  }

  /// - Parameters:
  ///   - phone: a number that the sandbox knows; the keys are of its one trading account.
  ///   - textSecureNumber: any number will do.
  ///   - password: of accounts with a second factor.
  package init(
    phone: String, textSecureNumber: String = "", password: String? = nil, tradingKey: String,
    tradingSecret: String,
    messages: AsyncStream<Message>
  ) {
    self.phone = phone
    self.textSecureNumber = textSecureNumber
    self.password = password
    self.tradingKey = tradingKey
    self.tradingSecret = tradingSecret
    self.messages = messages
  }
}
