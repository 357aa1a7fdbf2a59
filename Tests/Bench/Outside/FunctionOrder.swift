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
      "--callgrind-out-file=\(dump)",
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

  /// The names in callgrind's format: `ob=(1) FILE` and `fn=(2) NAME` name what is called by its
  /// number from then on.
  ///
  /// - Parameter program: how the path of its file ends; links are not in it.
  private static func functions(in dump: String, of program: String) -> [String] {
    var objects: [Substring: Substring] = [:]
    var names: [Substring: Substring] = [:]
    var isOurs = false
    var found: [String] = []
    var known: Set<Substring> = []
    func name(_ text: Substring, in table: inout [Substring: Substring]) -> Substring? {
      let parts = text.split(separator: " ", maxSplits: 1)
      guard let number = parts.first else { return nil }
      if parts.count == 2 { table[number] = parts[1] }
      return table[number]
    }
    for line in dump.split(separator: "\n") {
      let parts = line.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else { continue }
      switch parts[0] {
      case "ob": isOurs = name(parts[1], in: &objects).map { $0.hasSuffix(program) } ?? false
      case "cob": _ = name(parts[1], in: &objects)
      case "cfn": _ = name(parts[1], in: &names)
      case "fn":
        // Of a function that calls itself each depth has a name of its own: `name'2`.
        guard let function = name(parts[1], in: &names)?.split(separator: "'").first, isOurs,
          !function.hasPrefix("0x"), known.insert(function).inserted
        else { continue }
        found.append(String(function))
      default: continue
      }
    }
    return found
  }
}
