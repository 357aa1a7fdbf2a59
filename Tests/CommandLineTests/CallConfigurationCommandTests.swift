import FoundationEssentials
import TestSupport
import Testing

/// `tercet vcp`: needs no account and no data directory.
struct CallConfigurationCommandTests {
  private struct Line: Decodable {
    var tkn, wse: String
    var stne, trne, trnu, trnp: String?
    var et: Int?
    var iv: Bool?
    var wsip: [String]?
  }

  static let literals = "31:8BB7InRrbiI6IlQiLCJ3c2UiOiJ3c3M6Ly92L3dzMiJ9"
  static let everyKey = """
    329:8SR7InRrbiI6InRvay0xIiwid3NlIjoid3NzOi8vdmlkZW93ZWJydGMuZXhhbXBsZS93czImAP8PaXAiOlsiMTkyLjA\
    uMi4xMSJdLCJ3dGUiOiJodHRwPgAE+AA6MjM0NTYvd3QiLCJ2Y2EuAFRjYWxsc2YA9SAiLCJzcmNwIjoib25lX21lIiwiZX\
    QiOjE3OTUwMDM2MDAsInN0bmUiOiJzdHVuOoYAwTA6MTkzMDIiLCJ0ch8APnR1ch8AGSwWABkyNQBBdSI6ImcAhTg2NDAwO\
    jkwAQASMVYA8ApwIjoiY0dGemN3PT0iLCJpdiI6ZmFsc2V9
    """
  static let withoutPadding = "42:8Bt7InRrbiI6IlQ/Iiwid3NlIjoid3NzOi8vdi93czIiLCJpdiI6dHJ1ZX0"

  private func decode(_ vcp: String, _ options: String...) async throws -> Line {
    let report = try await Person().run(["vcp", vcp, "--json"] + options)
    try #require(report.code == 0 && report.errors == [] && report.output.count == 1, "\(report)")
    return try JSONDecoder().decode(Line.self, from: Data(report.output[0].utf8))
  }

  @Test func decodesLiterals() async throws {
    let line = try await decode(Self.literals, "--reveal")
    #expect(line.tkn == "T" && line.wse == "wss://v/ws2")
  }

  @Test func decodesEveryKey() async throws {
    let line = try await decode(Self.everyKey, "--reveal")
    #expect(line.tkn == "tok-1" && line.trnp == "cGFzcw==" && line.wsip == ["192.0.2.11"])
    #expect(line.stne == "stun:192.0.2.10:19302" && line.trnu == "1795086400:900000000001")
    #expect(line.trne == "turn:192.0.2.10:19302,turn:192.0.2.20:19302")
    #expect(line.et == 1_795_003_600 && line.iv == false)
  }

  @Test func decodesWithoutPadding() async throws {
    let line = try await decode(Self.withoutPadding, "--reveal")
    #expect(line.tkn == "T?" && line.iv == true)
  }

  @Test func hidesSecretsUnlessAsked() async throws {
    let line = try await decode(Self.everyKey)
    #expect(line.tkn == "‹redacted›" && line.trnp == "‹redacted›")
    #expect(line.stne == "stun:192.0.2.10:19302")
  }

  @Test func spreadsTheObjectOutForAPerson() async throws {
    let report = try await Person().run(["vcp", Self.literals])
    #expect(report.code == 0 && report.errors == [])
    #expect(report.output.first == "{" && report.output.last == "}" && report.output.count == 4)
  }

  @Test(arguments: ["", "abc", "0:abc", "65537:8BB7", "12:!!!!", "5:8Ux7", "5:UGhlbGxv"])
  func refuses(vcp: String) async throws {
    let report = try await Person().run(["vcp", vcp, "--json"])
    #expect(report.code == 1 && report.output == [] && report.errors.count == 1)
    #expect(try Failure(line: report.errors[0]).code == "invalid-vcp")
  }

  @Test func leavesNothingBehind() async throws {
    let person = try Person()
    _ = try await person.run(["vcp", Self.literals])
    #expect(try FileManager.default.contentsOfDirectory(atPath: person.home.path) == [])
  }
}
