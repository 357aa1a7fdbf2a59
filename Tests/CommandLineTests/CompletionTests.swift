import FoundationEssentials
import TestSupport
import Testing

@testable import tercet

/// Completion as the shells themselves evaluate it.
struct CompletionTests {
  /// What each shell does with a script; its words are those after the program's name.
  enum Shell: String, CaseIterable, CustomTestStringConvertible {
    case bash, zsh, fish

    var testDescription: String { rawValue }

    var script: String {
      switch self {
      case .bash: Completion.bash
      case .zsh: Completion.zsh
      case .fish: Completion.fish
      }
    }

    var path: String { "/usr/bin/\(rawValue)" }

    /// A script that prints what is offered for the last of `words`, one a line.
    func asking(_ words: [String]) -> String {
      let all = ["tercet"] + words
      let quoted = all.map { "'\($0)'" }.joined(separator: " ")
      switch self {
      case .bash:
        return """
          \(script)
          COMP_WORDS=(\(quoted))
          COMP_CWORD=\(words.count)
          $(complete -p tercet | sed 's/.*-F \\([^ ]*\\).*/\\1/')
          printf '%s\\n' "${COMPREPLY[@]}"
          """
      case .zsh:
        // What the completion system would be told, with the parts of it that are called.
        return """
          compdef() { : }
          compset() { typed="${typed#*=}" }
          offer() {
            local offered
            for offered in "$@"; do
              if [[ $offered == "$typed"* ]]; then print -r -- "$offered"; fi
            done
          }
          compadd() { shift; offer "$@" }
          _describe() {
            local name="${@[-1]}"
            local -a list
            list=("${(@P)name}")
            offer "${(@)list%%:*}"
          }
          _files() { if [[ $1 == -/ ]]; then offer *(N/); else offer *(N); fi }
          \(script)
          words=(\(quoted))
          CURRENT=\(all.count)
          typed="${words[CURRENT]}"
          _tercet
          true
          """
      case .fish:
        let line = all.map { $0.replacing(" ", with: "\\\\ ") }.joined(separator: " ")
        return """
          \(script)
          complete -C '\(line)' | string replace -r '\\t.*' ''
          true
          """
      }
    }
  }

  private func offers(
    _ words: [String], in shell: Shell, at directory: ScratchDirectory? = nil
  ) async throws -> Set<String> {
    let home = try directory ?? ScratchDirectory()
    let flags: [String] =
      switch shell {
      case .bash: ["--norc", "-u"]
      case .zsh: ["-f"]
      case .fish: ["--no-config"]
      }
    let start = "cd '\(home.path)'\n"
    let program = try Program(
      shell.path, flags + ["-c", start + shell.asking(words)],
      environment: ["PATH": "/usr/bin:/bin", "HOME": home.path, "LANG": "C.UTF-8"])
    let report = try await program.end()
    #expect(report.code == 0 && report.errors == [], "\(shell) \(words): \(report)")
    return Set(report.output.filter { !$0.isEmpty })
  }

  @Test(arguments: Shell.allCases) func offersCommands(shell: Shell) async throws {
    let all = try await offers([""], in: shell)
    #expect(Set(Subcommand.all.map { $0.path[0] }).isSubset(of: all))
    #expect(try await offers(["ord"], in: shell) == ["orders", "order"])
    #expect(try await offers(["login", ""], in: shell) == ["max", "trading", "textsecure"])
    #expect(try await offers(["login", "m"], in: shell) == ["max"])
    #expect(try await offers(["orders", "v"], in: shell) == ["verify"])
    // Options of every command may stand before it, with their values.
    #expect(try await offers(["--profile", "work", "--json", "ord"], in: shell).count == 2)
    #expect(try await offers(["--profile", "login", "log"], in: shell) == ["login", "logout"])
  }

  @Test(arguments: Shell.allCases) func offersOptions(shell: Shell) async throws {
    for command in Subcommand.all {
      let offered = try await offers(command.path + ["--"], in: shell)
      #expect(offered.isSuperset(of: command.options.map { "--\($0.name)" }), "\(command.name)")
      #expect(offered.contains("--json") && !offered.contains("--v"), "\(command.name)")
    }
    #expect(try await offers(["--sc"], in: shell) == ["--scenario"])
  }

  @Test(arguments: Shell.allCases) func offersValues(shell: Shell) async throws {
    #expect(try await offers(["completion", ""], in: shell) == ["bash", "zsh", "fish"])
    #expect(try await offers(["logout", "t"], in: shell) == ["trading", "textsecure"])
    #expect(try await offers(["export", ""], in: shell) == ["messages", "orders", "calls"])
    #expect(try await offers(["export", "calls", "--format", "c"], in: shell) == ["csv"])
    #expect(try await offers(["--max-codec", "b"], in: shell) == ["binary"])
    #expect(try await offers(["login", "trading", "--dialect", "p"], in: shell) == ["probe"])
    #expect(try await offers(["relay", "--dialect", "s"], in: shell) == ["server"])
    #expect(try await offers(["alerts", "add", "ETH", "USDT", "a"], in: shell) == ["above"])
    // What can be anything is not offered as its name in the table.
    #expect(try await offers(["send", ""], in: shell) == [])
    #expect(try await offers(["messages", ""], in: shell) == [])
    #expect(try await offers(["estimate", "ETH", ""], in: shell) == [])
  }

  @Test(arguments: Shell.allCases) func offersFilesWithSpaces(shell: Shell) async throws {
    let directory = try ScratchDirectory()
    for name in ["two words.json", "other"] {
      try Data("x".utf8).write(to: URL(filePath: directory.file(name)))
    }
    try FileManager.default.createDirectory(
      atPath: directory.file("a folder"), withIntermediateDirectories: false)
    func names(_ words: [String]) async throws -> Set<String> {
      let offered = try await offers(words, in: shell, at: directory)
      return Set(
        offered.map { name in
          let bare = name.replacing("\\", with: "")
          return bare.hasSuffix("/") ? String(bare.dropLast()) : bare
        })
    }
    #expect(try await names(["replay", "tw"]) == ["two words.json"])
    #expect(try await names(["send", "max:1", "--attach", "tw"]) == ["two words.json"])
    #expect(try await names(["--data-dir", "a"]) == ["a folder"])
    #expect(try await names(["--data-dir", "tw"]) == [])
    #expect(try await names(["status", ""]).isEmpty)
  }

  @Test(arguments: Shell.allCases) func completesBehindAnEqualsSign(shell: Shell) async throws {
    let words =
      shell == .bash
      ? ["export", "calls", "--format", "=", "c"] : ["export", "calls", "--format=c"]
    let offered = try await offers(words, in: shell)
    #expect(offered == (shell == .fish ? ["--format=csv"] : ["csv"]))
  }

  /// zsh's own completion system takes it.
  @Test func isKnownToZsh() async throws {
    let directory = try ScratchDirectory()
    let script = "autoload -Uz compinit && compinit -D -u\n\(Completion.zsh)\nprint $_comps[tercet]"
    let program = try Program(
      "/usr/bin/zsh", ["-f", "-c", script],
      environment: ["PATH": "/usr/bin:/bin", "HOME": directory.path])
    let report = try await program.end()
    #expect(report.code == 0 && report.errors == [] && report.output == ["_tercet"], "\(report)")
  }
}
