import Glibc
import TestSupport
import Testing

/// The ways that are gone often cost no more instructions and allocations than was accepted.
///
/// They are counted by the optimised bench, which `make test` builds, under valgrind: on every machine
/// alike, however busy it is.
struct CostTests {
  /// The bench beside the program under test.
  private static let bench: String = {
    let place = Program.tercetPath.split(separator: "/", omittingEmptySubsequences: false)
    return (place.dropLast() + ["bench"]).joined(separator: "/")
  }()

  private static var isOptimised: Bool {
    getenv("TERCET_BINARY") != nil && access(bench, X_OK) == 0
  }

  private static var hasValgrind: Bool { access("/usr/bin/valgrind", X_OK) == 0 }

  @Test(
    .enabled(if: hasValgrind, "valgrind is not installed: make test-deps"),
    .enabled(if: isOptimised, "there is no optimised bench: make test builds it"))
  func costNoMoreThanAccepted() async throws {
    let directory = try ScratchDirectory()
    let counting = try Program(
      Self.bench, ["costs", "--against", "Tests/CostTests/costs.json"],
      environment: ["HOME": directory.path, "TMPDIR": directory.path, "PATH": "/usr/bin:/bin"])
    let report = try await counting.end(within: .seconds(600))
    #expect(report.code == 0, "\((report.output + report.errors).joined(separator: "\n"))")
  }
}
