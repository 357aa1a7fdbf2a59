/// What a person needs to try the sandbox: there is no phone its SMS could reach, and no web site
/// that gives out its keys.
public struct SandboxGuide: Sendable {
  /// A phone number the sandbox knows.
  var phone: String
  /// A number that the sandbox's relay sends codes for; empty when there is no relay.
  var textSecureNumber: String
  /// What the sandbox's MAX accounts with a second factor ask for.
  var password: String?
  var tradingKey: String
  var tradingSecret: String
  /// Codes as the sandbox sends them.
  var messages: AsyncStream<Message>

  /// An SMS with a code.
  public struct Message: Sendable {
    var number: String
    var code: String

    /// - Parameter number: the phone it would have reached.
    public init(number: String, code: String) {
      self.number = number
      self.code = code
    }
  }

  /// - Parameters:
  ///   - phone: a number that the sandbox knows; the keys are of its one trading account.
  ///   - textSecureNumber: any number will do.
  ///   - password: of accounts with a second factor.
  public init(
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
