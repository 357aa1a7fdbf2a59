import Domain
import Sandbox
import Testing

@testable import Program

/// What `--help` says, and what a script is told by the exit code.
struct UsageTests {
  @Test(arguments: CommandSet.whole.commands.map(\.name))
  func everyCommandIsExplained(name: String) throws {
    let command = try #require(CommandSet.whole.commands.first { $0.name == name })
    for text in [command.summary] + command.options.map(\.summary) {
      #expect(!text.isEmpty && text.count < 90 && !text.hasSuffix("."))
    }
    let help = Usage.command(command)
    #expect(help.contains("usage: tercet \(name)"))
    #expect(command.options.allSatisfy { help.contains("--\($0.name)") })
    #expect(Usage.program(.whole).contains("  \(name)"))
  }

  @Test func everyFaultOfTheSandboxIsListed() {
    let help = Usage.command(.sandbox).split(separator: "\n")
    for (form, summary) in Fault.table {
      #expect(help.contains { $0.hasPrefix("  \(form) ") && $0.hasSuffix(summary) }, "\(form)")
      #expect(Manual(table: .whole).page.contains(summary.replacing("-", with: "\\-")), "\(form)")
    }
  }

  @Test func aFaultThatThereIsNotNamesTheNearest() async throws {
    let (code, error, _) = try await Person().failure("sandbox --faults no-pusch")
    #expect(code == 2 && error.message == "There is no fault “no-pusch”; the nearest is “no-push”")
    #expect(error.hint.contains("tercet sandbox --help"))
  }

  @Test func namesAreUnique() {
    let names = CommandSet.whole.commands.map(\.name)
    #expect(Set(names).count == names.count)
    for command in CommandSet.whole.commands {
      let options = (command.options + CommandSet.whole.globalOptions).map(\.name)
      #expect(Set(options).count == options.count, "\(command.name)")
    }
  }

  @Test func fitsOnATerminal() {
    let texts = [Usage.program(.whole)] + CommandSet.whole.commands.map(Usage.command)
    for line in texts.flatMap({ $0.split(separator: "\n") }) {
      #expect(line.count <= 120, "\(line)")
    }
  }

  @Test func tellsEveryExitCode() {
    let codes: [(UserError.Kind, Int32)] = [
      (.failed, 1), (.usage, 2), (.credentials, 3), (.refused, 4), (.outcomeUnknown, 5),
      (.noConnection, 6),
    ]
    let help = Usage.program(.whole)
    for (kind, code) in codes {
      #expect(ExitCode(kind).rawValue == code)
      #expect(help.contains("\(code) "))
    }
    #expect(ExitCode.done.rawValue == 0)
  }
}
