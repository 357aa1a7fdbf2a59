import FoundationEssentials
import Glibc
import TestSupport
import Testing
import Transport

@Suite("tercet relay")
struct RelayCommandTests {
  private struct Line: Decodable {
    var event: String
    var textsecure, number, code: String?
  }

  private func line(_ text: String) throws -> Line {
    try JSONDecoder().decode(Line.self, from: Data(text.utf8))
  }

  @Test("prints codes, logs requests without numbers and ends on SIGTERM")
  func serves() async throws {
    let home = try ScratchDirectory()
    let program = try Program.tercet(
      ["relay", "--data-dir", home.file("relay"), "--listen", "127.0.0.1:0"], home: home.path)
    let url = try #require(line(try await program.line()).textsecure)
    let answer = try await Network().send(
      HTTPRequest(url: url + "/v1/accounts/sms/code/+14155550100"))
    #expect(answer.status == 200)
    let sms = try line(try await program.line())
    #expect(sms.event == "sms" && sms.number == "+14155550100" && sms.code?.utf8.count == 6)
    try await program.wait { !$0.errors.isEmpty }
    program.kill(SIGTERM)
    let end = try await program.end()
    #expect(end.code == 0)
    #expect(end.errors.count == 1)
    #expect(
      end.errors.first?.hasPrefix("GET /v1/accounts/{transport}/code/{number} 200 ") == true)
    #expect(home.mode("relay/relay.db") == 0o600)
  }

  @Test("hands codes to the operator's command")
  func command() async throws {
    let home = try ScratchDirectory()
    let program = try Program.tercet(
      [
        "relay", "--data-dir", home.file("relay"), "--listen", "127.0.0.1:0",
        "--sms-command", "mkdir '\(home.path)/{number} {code}'",
      ], home: home.path)
    let url = try #require(line(try await program.line()).textsecure)
    let answer = try await Network().send(
      HTTPRequest(url: url + "/v1/accounts/voice/code/+14155550100"))
    #expect(answer.status == 200)
    program.kill(SIGTERM)
    #expect(try await program.end().output.count == 1)
    let made = try FileManager.default.contentsOfDirectory(atPath: home.path)
    #expect(made.contains { $0.hasPrefix("+14155550100 ") && $0.utf8.count == 19 })
  }
}
