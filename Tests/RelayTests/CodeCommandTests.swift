import TestSupport
import Testing

@testable import Relay

@Suite struct CodeCommandTests {
  private let code = VerificationCode(number: "+14155550100", code: "123456", transport: .sms)

  @Test func placeholdersBecomePartsOfWords() throws {
    let command = try #require(CodeCommand("notify  --to={number} 'code: {code}' {transport} \"\""))
    #expect(
      command.arguments(for: code) == [
        "notify", "--to=+14155550100", "code: 123456", "sms", "",
      ])
  }

  @Test func whatIsPutInIsNeverReadAgain() throws {
    let command = try #require(CodeCommand("notify {number}"))
    let odd = VerificationCode(number: "{code}; rm -rf 'x y'", code: "1", transport: .voice)
    #expect(command.arguments(for: odd) == ["notify", "{code}; rm -rf 'x y'"])
  }

  @Test(arguments: ["", "  ", "notify 'open", "{number} x", "''"])
  func aTemplateNeedsAProgram(_ template: String) { #expect(CodeCommand(template) == nil) }

  @Test func itsExitCodeTellsWhetherTheCodeIsOnItsWay() async throws {
    #expect(try await #require(CodeCommand("true {code}")).run(for: code))
    #expect(try await !#require(CodeCommand("false")).run(for: code))
    #expect(try await !#require(CodeCommand("/nonexistent/program")).run(for: code))
  }

  @Test func noShellSeesTheWords() async throws {
    let scratch = try ScratchDirectory()
    let file = scratch.file("x")
    let command = try #require(CodeCommand("true '{number}; touch \(file)'"))
    #expect(await command.run(for: code))
    #expect(scratch.mode("x") == 0)
  }
}
