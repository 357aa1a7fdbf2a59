import TestSupport
import Testing

@testable import tercet

/// Completion as the shells themselves evaluate it.
struct CompletionTests {
  /// What bash offers for the last of `words`.
  private func offers(_ words: [String]) async throws -> Set<String> {
    let quoted = (["tercet"] + words).map { "'\($0)'" }.joined(separator: " ")
    let script = """
      \(Completion.bash)
      COMP_WORDS=(\(quoted))
      COMP_CWORD=\(words.count)
      $(complete -p tercet | sed 's/.*-F \\([^ ]*\\).*/\\1/')
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    let bash = try Program(
      "/bin/bash", ["--norc", "-u", "-c", script], environment: ["PATH": "/usr/bin:/bin"])
    let report = try await bash.end()
    #expect(report.code == 0 && report.errors == [])
    return Set(report.output.filter { !$0.isEmpty })
  }

  @Test func offersCommands() async throws {
    let all = try await offers([""])
    #expect(Set(Subcommand.all.map { $0.path[0] }).isSubset(of: all))
    #expect(try await offers(["ord"]) == ["orders", "order"])
  }

  @Test func offersTheSecondWordOfACommand() async throws {
    #expect(try await offers(["login", ""]).isSuperset(of: ["max", "trading"]))
    #expect(try await offers(["login", "m"]) == ["max"])
    #expect(try await offers(["orders", "v"]) == ["verify"])
  }

  @Test(arguments: Subcommand.all.map(\.name))
  func offersTheOptionsOfEveryCommand(name: String) async throws {
    let command = try #require(Subcommand.all.first { $0.name == name })
    let offered = try await offers(command.path + ["--"])
    #expect(offered.isSuperset(of: command.options.map { "--\($0.name)" }))
    #expect(offered.contains("--json") && !offered.contains("--v"))
  }

  @Test func offersWhatAnOptionOrOperandCanBe() async throws {
    #expect(try await offers(["completion", ""]).isSuperset(of: ["bash", "zsh", "fish"]))
    #expect(try await offers(["logout", "t"]) == ["trading", "textsecure"])
  }

  @Test func fishIsOneCommandALine() {
    let lines = Completion.fish.split(separator: "\n")
    #expect(lines.allSatisfy { $0.hasPrefix("complete -c tercet ") })
    // A quotation mark within a summary would end its argument.
    #expect(lines.allSatisfy { $0.count { $0 == "'" } % 2 == 0 })
    for command in Subcommand.all {
      #expect(lines.contains { "\($0) ".contains(" -a \(command.path[0]) ") }, "\(command.name)")
    }
  }
}
