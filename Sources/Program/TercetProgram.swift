import Accounts
import CLinux
import Domain
import Glibc
import Interface

/// The program: reads the command line, then runs one command or opens the console.
package enum TercetProgram {
  static let version = "0.1.0"

  /// Runs what the command line asks for, and ends the process.
  ///
  /// It begins on the caller's thread: a pool of threads would open files of its own, perhaps in the
  /// place of a standard stream that is closed.
  /// - Parameter services: those that there are, in the order in which they are told of.
  package static func main(services: [ServiceDescriptor]) -> Never {
    // Before anything of ours is opened: nothing of it concerns a picture.
    if CommandLine.arguments.dropFirst() == [PictureReader.verb] { PictureReader.serve() }
    openStandardStreams()
    keepMemoryToOurselves()
    // A heap for each thread, the usual way, asks the system for a page at a time and keeps what other
    // threads could use; ours hardly ever wait for each other.
    linux_use_one_heap()
    let words = Array(CommandLine.arguments.dropFirst())
    MainLoop.run {
      exit(await run(words, CommandSet(services), environment: environment()).rawValue)
    }
  }

  private static func run(
    _ given: [String], _ commands: CommandSet, environment: [String: String]
  ) async -> ExitCode {
    // `tercet help swap` is what many try first.
    let words = given.first == "help" ? given.dropFirst() + ["--help"] : given
    // A mistake on the command line is reported in the form that was asked for.
    let output = OutputWriter(isJSON: words.contains("--json"))
    do throws(UserError) {
      let arguments = try ParsedArguments(
        words, commands: commands, home: environment["HOME"])
      if arguments.has("version") {
        output.words("tercet \(version)")
      } else if arguments.has("help") {
        output.words(
          arguments.subcommand.map(Usage.command) ?? Usage.program(commands))
      } else {
        let invocation = Invocation(
          arguments: arguments, settings: try Settings(arguments, environment: environment),
          output: output, environment: environment)
        if let subcommand = arguments.subcommand {
          try await run(subcommand, invocation)
        } else {
          try await ConsoleProgram.run(invocation)
        }
      }
      if let failure = output.failure { throw failure }
      return .done
    } catch {
      output.failure(error)
      return error.isRemark == true ? .done : ExitCode(error.kind)
    }
  }

  /// Runs a command until it is done, or nobody can read what it has to say.
  private static func run(
    _ subcommand: Subcommand, _ invocation: Invocation
  ) async throws(UserError) {
    let output = invocation.output
    // A closed pipe is told by the write: the accounts are closed in good order then.
    signal(SIGPIPE, SIG_IGN)
    if subcommand.isStream || invocation.arguments.has("watch") { output.watchReader() }
    let work = Task { () async -> UserError? in
      do throws(UserError) {
        try await subcommand.run(invocation)
        return nil
      } catch {
        return error
      }
    }
    let reading = Task {
      for await _ in output.end { work.cancel() }
    }
    let error = await work.value
    reading.cancel()
    // What could not be written is why it ended, whatever it says itself.
    if let failure = output.failure { throw failure }
    // Ended because nobody reads any more: what was cut off by that has not failed.
    if let error, !output.isReaderGone { throw error }
  }

  /// A file that is opened must not become standard output or standard error by accident: where one
  /// of them is closed, `/dev/null` takes its place, opened so that writing to it fails.
  private static func openStandardStreams() {
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO]
    where fcntl(descriptor, F_GETFD) < 0 && errno == EBADF {
      _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
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
