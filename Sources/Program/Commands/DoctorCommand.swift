import Domain

extension Subcommand {
  static let doctor = Subcommand(
    path: ["doctor"],
    summary: "check data, terminal and servers, and say what is wrong"
  ) { invocation throws(UserError) in
    let isWell = try await Doctor(invocation: invocation).examine { finding in
      invocation.output.line(
        finding, "\(finding.ok ? "✓" : "✗") \(finding.check): \(harmless(finding.detail))")
    }
    guard isWell else {
      throw UserError(
        .failed, code: "unwell", "Something is wrong", hint: "See the lines marked ✗")
    }
  }
}
