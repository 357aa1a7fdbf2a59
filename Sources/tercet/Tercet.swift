import CLinux
import Console
import Glibc

/// The program: reads the command line, then runs one command or opens the console.
@main
struct Tercet {
  nonisolated static let version = "0.1.0"

  static func main() async {
    keepMemoryToOurselves()
    exit(await run(Array(CommandLine.arguments.dropFirst()), environment: environment()).rawValue)
  }

  private static func run(_ given: [String], environment: [String: String]) async -> ExitCode {
    // `tercet help swap` is what many try first.
    let words = given.first == "help" ? given.dropFirst() + ["--help"] : given
    // A mistake on the command line is reported in the form that was asked for.
    let output = Output(isJSON: words.contains("--json"))
    do throws(ConsoleError) {
      let arguments = try ParsedArguments(words, commands: Subcommand.all)
      if arguments.has("version") {
        output.words("tercet \(version)")
        return .done
      }
      if arguments.has("help") {
        output.words(
          arguments.subcommand.map(Usage.command) ?? Usage.program(Subcommand.all))
        return .done
      }
      let invocation = Invocation(
        arguments: arguments, settings: try Settings(arguments, environment: environment),
        output: output, environment: environment)
      if let subcommand = arguments.subcommand {
        try await subcommand.run(invocation)
      } else {
        try await ConsoleProgram.run(invocation)
      }
      return .done
    } catch {
      output.failure(error)
      return ExitCode(error.kind)
    }
  }

  /// Secrets are in our memory: it is written into no core dump, and no other process of the same
  /// user may look into it.
  private static func keepMemoryToOurselves() {
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
    _ = linux_forbid_dumps()
  }

  private static func environment() -> [String: String] {
    var variables: [String: String] = [:]
    var entry = environ
    while let text = entry.pointee {
      let parts = String(cString: text).split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 { variables[String(parts[0])] = String(parts[1]) }
      entry += 1
    }
    return variables
  }
}
