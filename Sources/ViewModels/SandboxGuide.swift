import Domain

/// What a person needs to try the sandbox: there is no phone its SMS could reach, and no web site
/// that gives out its keys.
package struct SandboxGuide: Sendable {
  /// What the sign-ins' questions can be answered with, by their names.
  package var answers: [Service: [String: String]]
  /// What accounts with a second factor ask for.
  package var password: String?
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

  /// - Parameter password: of accounts with a second factor.
  package init(
    answers: [Service: [String: String]], password: String? = nil,
    messages: AsyncStream<Message>
  ) {
    self.answers = answers
    self.password = password
    self.messages = messages
  }
}
