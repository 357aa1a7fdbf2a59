@testable import Program

extension CommandSet {
  /// That of the program.
  static let whole = CommandSet(TercetProgram.services)
}
