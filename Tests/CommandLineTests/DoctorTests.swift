import FoundationEssentials
import TestSupport
import Testing

/// `tercet doctor`: one line a check, whatever is wrong.
struct DoctorTests {
  private struct Finding: Decodable {
    var check, detail: String
    var ok: Bool
  }

  private func examine(_ person: Person) async throws -> (Program.Report, [String: Finding]) {
    let report = try await person.run("doctor --json")
    let findings = try report.output.map {
      try JSONDecoder().decode(Finding.self, from: Data($0.utf8))
    }
    return (report, Dictionary(findings.map { ($0.check, $0) }, uniquingKeysWith: { $1 }))
  }

  @Test func findsEverythingInOrder() async throws {
    let (report, findings) = try await examine(Person(try await Servers()))
    #expect(report.code == 0 && report.errors == [], "\(report)")
    for check in ["version", "data", "database", "journal", "terminal", "max", "trading"] {
      #expect(findings[check]?.ok == true, "\(check)")
    }
  }

  @Test func namesTheServerThatDoesNotAnswer() async throws {
    let (report, findings) = try await examine(Person())
    #expect(report.code == 1 && report.errors.count == 1)
    #expect(findings["database"]?.ok == true)
    for check in ["max", "trading"] {
      #expect(findings[check]?.ok == false)
      #expect(findings[check]?.detail.contains("127.0.0.1:1/") == true)
    }
  }

  @Test func worksBesideAHolder() async throws {
    let servers = try await Servers()
    let person = try Person(servers)
    try await person.signInToMax()
    let watch = try person.start(["messages", "--watch"])
    try await servers.requests("19", reach: 2)
    let (report, findings) = try await examine(person)
    #expect(report.code == 0 && watch.report.code == nil)
    #expect(findings["journal"]?.ok == true, "asked of the holder")
  }
}
