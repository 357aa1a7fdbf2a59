import Accounts
import Domain

extension Subcommand {
  static let identity = Subcommand(
    path: ["identity"], summary: "your fingerprint and those of your TextSecure contacts"
  ) { invocation throws(UserError) in
    try await invocation.print(ShowIdentities(), words: words)
  }

  static let identityShow = Subcommand(
    path: ["identity", "show"], operands: "[NUMBER]", operandCount: 0...1,
    summary: "the fingerprint of a number, or all"
  ) { invocation throws(UserError) in
    let request = ShowIdentities(number: invocation.arguments.operands.first)
    try await invocation.print(request, words: words)
  }

  static let identityVerify = Subcommand(
    path: ["identity", "verify"], operands: "NUMBER", operandCount: 1...1,
    summary: "note that you have compared a fingerprint"
  ) { invocation throws(UserError) in
    try await invocation.print(
      VerifyIdentity(number: invocation.arguments.operands[0]), words: words)
  }

  static let identityAccept = Subcommand(
    path: ["identity", "accept"], operands: "NUMBER", operandCount: 1...1,
    summary: "take a changed identity key into use; what was held back goes out"
  ) { invocation throws(UserError) in
    try await invocation.print(
      AcceptIdentity(number: invocation.arguments.operands[0]), words: words)
  }

  @Sendable private static func words(_ line: IdentityOutput) -> String {
    let head = "\(harmless(line.number))  \(line.state.rawValue)\n  \(line.fingerprint)"
    return line.newFingerprint.map { "\(head)\n  new: \($0)" } ?? head
  }
}
