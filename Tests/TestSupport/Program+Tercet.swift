import Glibc

extension Program {
  /// Starts the program under test: `TERCET_BINARY`, or the one built beside the tests.
  ///
  /// - Parameter environment: added to a minimal one, whose home is `home`.
  public static func tercet(
    _ arguments: [String], home: String, environment: [String: String] = [:]
  ) throws -> Program {
    let minimal = ["HOME": home, "TMPDIR": home, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"]
    return try Program(
      tercetPath, arguments, environment: minimal.merging(environment) { $1 })
  }

  /// The path of the program under test.
  public static var tercetPath: String {
    if let path = getenv("TERCET_BINARY") { return String(cString: path) }
    let tests = CommandLine.arguments.first ?? ""
    let directory = tests.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    return directory.joined(separator: "/") + "/tercet"
  }
}
