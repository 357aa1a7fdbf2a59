import FoundationEssentials
import TestSupport

/// `bench order FILE`: the functions that a start and the first keys run, in their order.
///
/// The linker puts these side by side. Of a binary in which they are strewn about, the system brings
/// twice as many pages into memory, neighbours that nobody calls among them.
@MainActor enum FunctionOrder {
  static let usage = """
    usage: bench order FILE    the program must have its symbols: see `make order`
    """

  /// To the list and a chat, through the palette and the views of a narrow terminal.
  private static let keys = [
    "\u{1b}[B", "\u{1b}[B", "\r", "hello", "\u{7f}", "\u{1b}[A", "\u{1b}", "\u{1b}", "\u{10}", "m",
    "\u{1b}", "4", "3", "2", "1", "\u{1b}[A",
  ]

  static func run(_ arguments: [String]) async throws {
    guard arguments.count == 1 else { throw Usage(usage) }
    let place = try ScratchDirectory()
    let profile = try await Profiles(directory: place.path).copy(messages: 10_000, chats: 510)
    let servers = try QuietServers()
    let program = try MeasuredProgram.tercet(profile.path, servers: servers.settings)
    let dump = place.file("calls")
    try use(program, tracingTo: dump)
    await servers.stop()
    let names = functions(in: try String(contentsOfFile: dump, encoding: .utf8), of: "/tercet")
    guard names.count > 1000 else { throw Usage("The program has no symbols: see `make order`.") }
    try Data((names.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: arguments[0]))
    print("\(names.count) functions: \(arguments[0])")
  }

  private static func use(_ program: MeasuredProgram, tracingTo dump: String) throws {
    let tracer = [
      "valgrind", "--tool=callgrind", "--demangle=no", "--fair-sched=yes",
      "--compress-strings=no", "--callgrind-out-file=\(dump)",
    ]
    let terminal = try PseudoTerminal(tracer + program.command, environment: program.environment)
    guard terminal.moment(of: program.marker, within: 120) != nil else {
      throw PseudoTerminal.Failure(description: "no picture under valgrind")
    }
    terminal.settle(quiet: 3000, within: 60)
    for key in keys {
      terminal.press(key)
      terminal.settle(quiet: 700, within: 20)
    }
    terminal.press("\u{3}")
    terminal.settle(quiet: 20_000, within: 60)
    terminal.end()
  }

  /// The names in callgrind's format: `ob=` says of which file the functions after it are.
  ///
  /// - Parameter program: how the path of its file ends; links are not in it.
  private static func functions(in dump: String, of program: String) -> [String] {
    var isOurs = false
    var found: [String] = []
    var known: Set<Substring> = []
    for line in dump.split(separator: "\n") {
      if line.hasPrefix("ob=") {
        isOurs = line.hasSuffix(program)
      } else if isOurs, line.hasPrefix("fn="),
        // Of a function that calls itself each depth has a name of its own: `name'2`.
        let name = line.dropFirst(3).split(separator: "'").first, !name.hasPrefix("0x"),
        known.insert(name).inserted
      {
        found.append(String(name))
      }
    }
    return found
  }
}
