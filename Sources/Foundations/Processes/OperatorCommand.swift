import Glibc

/// A program of the operator's own, as `notify {number}`.
///
/// No shell is involved: the template is cut into words once, and values are put into the words
/// afterwards, so nothing in them can become a word or a command of its own.
public struct OperatorCommand: Sendable {
  private static let limit: Duration = .seconds(20)
  /// The program and its arguments, as they were cut.
  public let words: [String]
  /// Where what the program says goes, and how it ended if not well; otherwise to standard error.
  public var log: @Sendable (String) -> Void = OperatorCommand.print

  /// Cuts `template` at blanks; single and double quotes keep blanks inside a word. Nil if there is
  /// no word or a quote does not end.
  public init?(_ template: String) {
    var words: [String] = []
    var word: String?
    var quote: Character?
    for character in template {
      if let open = quote {
        if character == open { quote = nil } else { word?.append(character) }
      } else if character == "'" || character == "\"" {
        quote = character
        word = word ?? ""
      } else if character == " " || character == "\t" {
        if let done = word { words.append(done) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    guard quote == nil else { return nil }
    if let done = word { words.append(done) }
    guard let first = words.first, !first.isEmpty, !first.contains("{") else { return nil }
    self.words = words
  }

  /// The program and its arguments with `values` in the places of their names.
  func arguments(_ values: [String: String]) -> [String] {
    words.map { word in
      var result = ""
      var rest = word[...]
      while let character = rest.first {
        if let hit = values.first(where: { rest.hasPrefix($0.key) }) {
          result += hit.value
          rest = rest.dropFirst(hit.key.count)
        } else {
          result.append(character)
          rest = rest.dropFirst()
        }
      }
      return result
    }
  }

  /// Runs the program, found in `PATH`; after 20 seconds it is killed. True if it ended with 0.
  ///
  /// - Parameters:
  ///   - values: what stands for names such as `{number}` in the words.
  ///   - input: what the program reads.
  public func run(_ values: [String: String], input: [UInt8] = []) async -> Bool {
    await end(of: values, input: input) == .ended(0)
  }

  /// Runs the program and tells how it ended; what went wrong is logged too.
  public func end(of values: [String: String], input: [UInt8] = []) async -> ChildProgram.End {
    let program = ChildProgram(
      words: arguments(values), input: input, limit: OperatorCommand.limit)
    let name = program.words[0]
    let end = await program.run { [log] line in log("\(name): \(line)") }
    switch end {
    case .ended(0): break
    case .ended(let code): log("\(name) ended with \(code)")
    case .late: log("\(name) took too long and was stopped")
    case .notStarted(let reason): log("\(name) cannot be started: \(reason)")
    case .tooMany: log("\(name) was not started: too many programs are running")
    }
    return end
  }

  /// The program's name.
  public var program: String { words[0] }

  /// Why the program could not be started; nil when it is there.
  public var problem: String? { ChildProgram.problem(with: words[0]) }

  /// A line on standard error, without what a terminal would obey.
  private static func print(_ line: String) {
    let shown = line.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }
    let bytes = Array((String(String.UnicodeScalarView(shown)) + "\n").utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
  }
}
