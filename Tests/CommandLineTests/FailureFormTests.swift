import TestSupport
import Testing

@testable import Program

/// How failures look: one line on standard error, one exit code, nothing else.
struct FailureFormTests {
  /// Commands that need an account, beside those that work without one.
  static let needy = [
    "chats", "messages max:1", "messages --watch", "calls", "calls --watch", "balances",
    "balances --watch", "estimate ETH USDT 1", "swap ETH USDT 1 --slippage-bps 1 --yes", "orders",
    "order x", "logout max", "logout trading", "logout textsecure",
    "send textsecure:+14155550102 x",
    "identity", "push AQ==", "groups create Name +14155550102", "contacts --add +14155550102",
  ]

  @Test(arguments: needy)
  func notSignedIn(command: String) async throws {
    let person = try Person()
    let words = try await person.run(command)
    let (code, error, output) = try await person.failure(command)
    if command == "order x" {
      #expect(code == 1 && error.code == "no-order")
    } else {
      #expect(code == 3 && error.code == "not-signed-in")
    }
    #expect(words.code == code && words.output == [] && output == [])
    #expect(words.errors == ["tercet: \(sentence(error.message)) \(sentence(error.hint))"])
  }

  private func sentence(_ text: String) -> String {
    text.hasSuffix(".") ? text : text + "."
  }

  @Test(arguments: [
    "nonsense", "status --nonsense", "status surplus", "--timeout x status", "status --timeout",
    "status --max-codec xml", "status --config /nowhere/file", "completion tcsh",
    "groups", "send max:1", "push", "logout nobody", "login trading --key k --dialect x",
    "relay", "relay --data-dir /x --listen 7", "sandbox --port 70000",
    "sandbox --scenario nonsense", "sandbox --faults nonsense",
    "--profile ../x status",
  ])
  func usage(command: String) async throws {
    let person = try Person()
    let words = try await person.run(command)
    #expect(words.code == 2 && words.output == [] && words.errors.count == 1, "\(words)")
    #expect(words.errors.first?.hasPrefix("tercet: ") == true)
    #expect(words.errors.first?.hasSuffix(".") == true)
    let (code, error, output) = try await person.failure(command)
    #expect(code == 2 && output == [] && !error.message.isEmpty && !error.hint.isEmpty)
  }

  @Test func aLogGoesToStandardErrorWhenAsked() async throws {
    let person = try Person(try await Servers())
    try await person.signInToMax()
    #expect(try await person.run("chats --json").errors == [])
    let report = try await person.run("chats --json -v")
    #expect(report.code == 0 && report.output.allSatisfy { $0.hasPrefix("{") })
    #expect(report.errors.contains("MAX: connecting") && report.errors.contains("MAX: online"))
  }

  @Test func helpAndVersionAreForStandardOutput() async throws {
    let person = try Person()
    let version = try await person.run("--version")
    #expect(version.code == 0 && version.output == ["tercet \(TercetProgram.version)"])
    for command in ["--help", "status --help", "swap --help"] {
      let report = try await person.run(command)
      #expect(report.code == 0 && report.errors == [] && report.output.count > 4)
    }
  }

  @Test func aConsoleNeedsATerminal() async throws {
    let report = try await Person(environment: ["TERM": "xterm"]).run("")
    #expect(report.code == 1 && report.output == [] && report.errors.count == 1, "\(report)")
  }

  @Test func textFromAServerCannotDriveTheTerminal() async throws {
    let report = try await Person().run(["order", "\u{1B}[2J\u{202E}x\n"])
    #expect(report.code == 1 && report.errors.count == 1)
    let line = try #require(report.errors.first)
    #expect(line.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202E })
  }
}
