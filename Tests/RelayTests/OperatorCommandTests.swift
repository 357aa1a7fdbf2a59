import Cryptography
import FoundationEssentials
import TestSupport
import Testing

@testable import Relay

@Suite struct OperatorCommandTests {
  private let code = VerificationCode(number: "+14155550100", code: "123456", transport: .sms)

  @Test func placeholdersBecomePartsOfWords() throws {
    let command = try #require(
      OperatorCommand("notify  --to={number} 'code: {code}' {transport} \"\""))
    #expect(
      command.arguments(["{number}": "+1", "{code}": "123456", "{transport}": "sms"])
        == ["notify", "--to=+1", "code: 123456", "sms", ""])
  }

  @Test func whatIsPutInIsNeverReadAgain() throws {
    let command = try #require(OperatorCommand("notify {number}"))
    let odd = "{code}; rm -rf 'x y'"
    #expect(command.arguments(["{number}": odd, "{code}": "1"]) == ["notify", odd])
  }

  @Test(arguments: ["", "  ", "notify 'open", "{number} x", "''"])
  func aTemplateNeedsAProgram(_ template: String) { #expect(OperatorCommand(template) == nil) }

  @Test func itsExitCodeTellsWhetherTheCodeIsOnItsWay() async throws {
    #expect(try await #require(OperatorCommand("true {code}")).run(for: code))
    #expect(try await !#require(OperatorCommand("false")).run(for: code))
    #expect(try await !#require(OperatorCommand("/nonexistent/program")).run(for: code))
  }

  @Test func noShellSeesTheWords() async throws {
    let scratch = try ScratchDirectory()
    let file = scratch.file("x")
    let command = try #require(OperatorCommand("true '{number}; touch \(file)'"))
    #expect(await command.run(for: code))
    #expect(scratch.mode("x") == 0)
  }

  @Test func aNotificationComesOnStandardInputWholeAndNowhereElse() async throws {
    let scratch = try ScratchDirectory()
    let envelope = [UInt8](repeating: 7, count: 90_000)
    let notification = PushNotification(.apn, id: "an id", envelope: envelope, .document)
    let template = "dd status=none iflag=fullblock bs=1M of=\(scratch.path)/{kind}"
    #expect(try await #require(OperatorCommand(template)).run(for: notification))
    let heard = try String(contentsOfFile: scratch.file("apn"), encoding: .utf8)
    let payload = Base64.encode(envelope)
    #expect(heard == "{\"alert\":\"You have a new message!\",\"m\":\"\(payload)\"}")
  }
}
