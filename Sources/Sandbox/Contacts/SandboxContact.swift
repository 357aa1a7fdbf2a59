/// Somebody who lives in the sandbox's relay and can be written to.
public struct SandboxContact: Sendable, Equatable, Encodable {
  /// E.164, among the numbers that no telephone has.
  public let number: String
  /// For a person to read.
  public let name: String

  /// Answers every text with the same text and every attachment with the same attachment.
  public static let echo = SandboxContact(number: "+14155550199", name: "Echo")
  /// Writes first: a greeting, a picture and an invitation to a group.
  public static let nadia = SandboxContact(number: "+14155550188", name: "Nadia")
}
