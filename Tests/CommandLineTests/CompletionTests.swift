import Sandbox
import TestSupport
import Testing

@testable import Program

/// What the scripts offer for every command, asked without a terminal.
struct CompletionTests {
  private func report(_ path: String, _ words: [String], home: String) async throws -> [String] {
    let shell = try Program(path, words, environment: ["PATH": "/usr/bin:/bin", "HOME": home])
    let report = try await shell.end(within: .seconds(60))
    #expect(report.code == 0 && report.errors == [], "\(report)")
    return report.output
  }

  /// What bash offers for the last of `words`; `<default>` and `<dirnames>` are files of its own.
  private func offers(_ words: [String]) async throws -> Set<String> {
    let typed = ["tercet"] + words
    let script = """
      compopt() { [[ $2 == nospace ]] || said="<$2>"; }
      \(Completion(table: .whole).bash)
      COMP_WORDS=(\(typed.map(Completion.quoted).joined(separator: " ")))
      COMP_LINE=\(Completion.quoted(typed.joined(separator: " ")))
      COMP_CWORD=\(words.count)
      _tercet
      printf '%s\\n' ${said-} "${COMPREPLY[@]}"
      """
    let output = try await report("/bin/bash", ["--norc", "-u", "-c", script], home: "/")
    return Set(output.filter { !$0.isEmpty })
  }

  /// What fish offers for the last word of each line.
  private func fishOffers(_ lines: [String]) async throws -> [Set<String>] {
    let home = try ScratchDirectory()
    let questions = lines.map { "complete -C \(Completion.quoted($0)); echo =" }
    let script = ([Completion(table: .whole).fish] + questions).joined(separator: "\n")
    var answers: [Set<String>] = [[]]
    for line in try await report("/usr/bin/fish", ["-N", "-c", script], home: home.path) {
      if line == "=" {
        answers.append([])
      } else {
        answers[answers.count - 1].insert(String(line.prefix { $0 != "\t" }))
      }
    }
    return answers.dropLast()
  }

  @Test func offersCommands() async throws {
    #expect(try await offers([""]) == Set(CommandSet.whole.commands.map { $0.path[0] }))
    #expect(try await offers(["ord"]) == ["orders", "order"])
  }

  @Test func offersTheSecondWordOfACommand() async throws {
    #expect(try await offers(["login", ""]) == ["max", "textsecure", "trading"])
    #expect(try await offers(["login", "m"]) == ["max"])
    #expect(try await offers(["orders", "v"]) == ["verify"])
  }

  @Test func offersTheSameAfterGlobalOptions() async throws {
    #expect(try await offers(["--profile", "work", "bal"]) == ["balances"])
    #expect(try await offers(["--profile=work", "--json", "login", "m"]) == ["max"])
    #expect(try await offers(["orders", "--timeout", "5", "v"]) == ["verify"])
    #expect(try await offers(["--profile", "work", "swap", "--sli"]) == ["--slippage-bps"])
    #expect(try await offers(["--profile", ""]) == [])
  }

  @Test(arguments: CommandSet.whole.commands.map(\.name))
  func offersTheOptionsOfEveryCommand(name: String) async throws {
    let command = try #require(CommandSet.whole.commands.first { $0.name == name })
    let flags = Set((command.options + CommandSet.whole.globalOptions).map(\.flag))
    #expect(try await offers(command.path + ["-"]) == flags)
  }

  @Test func offersWhatAnOptionOrOperandCanBe() async throws {
    #expect(try await offers(["completion", ""]) == ["bash", "zsh", "fish"])
    #expect(try await offers(["logout", "t"]) == ["trading", "textsecure"])
    #expect(try await offers(["export", "--format", ""]) == ["csv", "jsonl"])
    #expect(try await offers(["--max-codec", "b"]) == ["binary"])
    #expect(try await offers(["alerts", "add", "ETH", "USDT", "a"]) == ["above"])
    #expect(try await offers(["relay", "--dialect", "s"]) == ["server"])
    #expect(try await offers(["login", "trading", "--dialect", "s"]) == ["sdk"])
  }

  /// Names before values; readline, which breaks words at `=`, gets what follows the last one.
  @Test func offersTheFaultsOfTheSandbox() async throws {
    let lines: [(faults: String, whole: Set<String>, bash: Set<String>)] = [
      ("no-t", ["no-time"], ["no-time"]),
      ("skew", ["skew="], ["skew="]),
      ("skew=5,te", ["skew=5,text="], ["5,text="]),
      ("no-time,turn=e", ["no-time,turn=expired"], ["expired"]),
      ("no-reply=es", ["no-reply=estimate"], ["estimate"]),
    ]
    let fish = try await fishOffers(lines.map { "tercet sandbox --faults \($0.faults)" })
    for (line, offered) in zip(lines, fish) {
      #expect(offered == line.whole, "fish: \(line.faults)")
      #expect(try await offers(["sandbox", "--faults", line.faults]) == line.bash)
    }
    #expect(try await offers(["sandbox", "--faults", ""]).count == Fault.table.count + 2)
  }

  @Test func offersFilesOnlyWhereFilesStand() async throws {
    #expect(try await offers(["replay", ""]) == ["<default>"])
    #expect(try await offers(["send", "max:1", "hello", "--attach", "p"]) == ["<default>"])
    #expect(try await offers(["save", "max:1", "2", "--to", ""]) == ["<dirnames>"])
    #expect(try await offers(["send", "max:1", ""]) == [])
    #expect(try await offers(["send", "--", "max:1", "--j"]) == [])
  }

  @Test func fishOffersTheSameAsBash() async throws {
    let names = CommandSet.whole.commands.map(\.name)
    let offered = try await fishOffers(
      ["tercet "] + names.map { "tercet \($0) --" } + names.map { "tercet --profile work \($0) " })
    try #require(offered.count == 1 + 2 * names.count)
    #expect(offered[0] == Set(Completion(table: .whole).firstWords))
    for (index, command) in CommandSet.whole.commands.enumerated() {
      // `-v` has one dash.
      let flags = Set((command.options + CommandSet.whole.globalOptions).map(\.flag)).subtracting([
        "-v"
      ])
      #expect(offered[1 + index] == flags, "\(command.name)")
      let next = try await offers(command.path + [""])
      if next.isDisjoint(with: ["<default>", "<dirnames>"]) {
        #expect(offered[1 + names.count + index] == next, "\(command.name)")
      }
    }
  }

  @Test func choicesAreThoseOfTheHelpText() {
    for command in CommandSet.whole.commands {
      let words = command.operands.split(separator: " ").map(String.init)
      for (index, values) in command.operandValues.enumerated() {
        if case .oneOf(let choices) = values {
          #expect(choices.joined(separator: "|") == words[index], "\(command.name)")
        }
      }
      let last = words.lastIndex { $0.wholeMatch(of: /[a-z]+(\|[a-z]+)+/) != nil }
      #expect(command.operandValues.count > last ?? -1, "\(command.name)")
    }
    // The scripts find the command before they know whose options they pass over.
    for option in Completion(table: .whole).options.flatMap(\.options) where option.value == nil {
      #expect(!Completion(table: .whole).valued.contains(option.flag))
    }
  }
}
