import Glibc
import TestSupport

extension Program {
  /// How long a program that is not ours may take: it may have to compile or to install something.
  static let peerLimit: Duration = .seconds(120)

  /// Starts `arguments[0]`, looked for in PATH, with these variables beside the test's own.
  static func peer(
    _ arguments: [String], environment: [String: String] = [:]
  ) throws -> Program {
    try Program("/usr/bin/env", arguments, environment: inherited.merging(environment) { $1 })
  }

  private static var inherited: [String: String] {
    var variables: [String: String] = [:]
    var variable = environ
    while let text = variable.pointee {
      let parts = String(cString: text).split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 { variables[String(parts[0])] = String(parts[1]) }
      variable += 1
    }
    return variables
  }

  /// Everything printed so far, errors included.
  var text: String { report.text }

  /// Waits for the end; returns the exit code, or the negative signal that ended it.
  func code() async throws -> Int32? { try await end(within: Program.peerLimit).code }
}

extension Program.Report {
  var text: String { (output + errors).joined(separator: "\n") }
}
