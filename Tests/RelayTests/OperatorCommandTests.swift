import Cryptography
import FoundationEssentials
import Glibc
import Synchronization
import TestSupport
import Testing

@testable import Processes
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

/// What a program that we start gets and what it does not, and what becomes of what it says.
@Suite(.timeLimit(.minutes(5))) struct ChildProgramTests {
  private final class Log: Sendable {
    let lines = Mutex<[String]>([])
  }

  private func run(_ command: String) async throws -> (end: ChildProgram.End, lines: [String]) {
    let log = Log()
    let program = ChildProgram(words: ["sh", "-c", command], input: [], limit: .seconds(20))
    let end = await program.run { line in log.lines.withLock { $0.append(line) } }
    return (end, log.lines.withLock { $0 })
  }

  @Test func itHasNoneOfOurOpenFiles() async throws {
    // One that is not closed on exec, as a library could have opened it.
    let leak = open("/dev/null", O_RDONLY)
    defer { close(leak) }
    let (end, lines) = try await run("for file in /proc/self/fd/*; do echo ${file##*/}; done")
    #expect(end == .ended(0))
    // The shell lists the folder with a descriptor of its own at most.
    #expect(lines.compactMap(Int32.init).allSatisfy { $0 <= 3 }, "\(lines)")
    #expect(!lines.contains("\(leak)") || leak <= 3)
  }

  @Test func itHasNoneOfOurSettingsAndSecrets() async throws {
    setenv("TERCET_TRADING_SECRET", "fake-secret", 1)
    setenv("NOTIFY_TOKEN", "kept", 1)
    defer {
      unsetenv("TERCET_TRADING_SECRET")
      unsetenv("NOTIFY_TOKEN")
    }
    // Only so many lines of it are logged: it has to choose.
    let (_, lines) = try await run("env | grep -E '^(TERCET_|NOTIFY_TOKEN)'")
    #expect(lines == ["NOTIFY_TOKEN=kept"])
  }

  @Test func whatItSaysIsLoggedAndNotMuchOfIt() async throws {
    let (end, lines) = try await run("echo out; echo err >&2; exit 3")
    #expect(end == .ended(3))
    #expect(lines == ["out", "err"])
    let (_, many) = try await run("yes | head -100000; head -c 100000 /dev/zero | tr '\\0' x; echo")
    #expect(many.count == 20)
    #expect(many.allSatisfy { $0.utf8.count <= 500 })
  }

  @Test func itHasNoTerminalAndSignalsAsUsual() async throws {
    let (_, lines) = try await run("(: > /dev/tty) 2> /dev/null && echo terminal; kill -TERM $$")
    #expect(lines == [])
    let (end, _) = try await run("kill -TERM $$; echo lives on")
    #expect(end == .ended(-SIGTERM))
  }

  @Test func oneThatIsNotThereIsNamed() async throws {
    let program = ChildProgram(words: ["no-such-program-here"], input: [], limit: .seconds(5))
    #expect(await program.run { _ in } == .notStarted("there is no such program"))
    #expect(ChildProgram.problem(with: "no-such-program-here") != nil)
    #expect(ChildProgram.problem(with: "sh") == nil)
    #expect(ChildProgram.problem(with: "/nonexistent/program") != nil)
  }

  @Test func oneThatDoesNotEndIsEndedWithAllThatItStarted() async throws {
    let program = ChildProgram(
      words: ["sh", "-c", "sleep 300 & sleep 300"], input: [], limit: .milliseconds(100))
    #expect(await program.run { _ in } == .late)
  }

  @Test func onlyAFewRunAtATime() async throws {
    let slots = Slots(running: 2, waiting: 1)
    #expect(await slots.enter())
    #expect(await slots.enter())
    let third = Task { await slots.enter() }
    while await slots.waitingNow == 0 { await Task.yield() }
    #expect(await !slots.enter())
    await slots.leave()
    #expect(await third.value)
  }
}
