import Phrases
import ScreenState

/// Which keys do what: those of the table, and before them the person's own.
package struct KeyMap: Sendable {
  /// A binding that holds.
  package struct Own: Sendable {
    package let binding: KeyBinding
    let presses: KeyPresses
    package let command: Command
  }

  private(set) package var own: [Own] = []
  private(set) package var problems: [KeyBinding.Problem] = []
  /// The person's, by the place where they work.
  private var bound: [Command.Place: [KeyPresses: Command]] = [:]
  /// Keys that begin a sequence in a place.
  private var beginnings: [Command.Place: Set<KeyPresses>] = [:]

  /// The table alone.
  package init() {}

  /// - Parameter bindings: in the order of their lines. Of two for the same keys the first counts.
  package init(_ bindings: [KeyBinding]) {
    for binding in bindings { add(binding) }
    for binding in own { remarkLoss(by: binding) }
    problems.sort { $0.line < $1.line }
  }

  // MARK: Looking up

  /// What keys do in the first of these places that binds them, the person's own first.
  func command(for keys: [Key], at places: [Command.Place]) -> Command? {
    if let command = ownCommand(for: keys, at: places) { return command }
    guard keys.count == 1, let key = keys.first else { return nil }
    for place in places {
      for candidate in [key, key.latinEquivalent] where isUsable(candidate, at: place) {
        if let match = Command.at(place).first(where: { $0.keys.contains(candidate) }) {
          return match
        }
      }
    }
    return nil
  }

  /// What a key of the person's own does.
  func ownCommand(for key: Key, at places: [Command.Place]) -> Command? {
    ownCommand(for: [key], at: places)
  }

  private func ownCommand(for keys: [Key], at places: [Command.Place]) -> Command? {
    guard !bound.isEmpty else { return nil }
    for keys in KeyMap.readings(of: keys) {
      for place in places where isUsable(keys.first, at: place) {
        if let command = bound[place]?[KeyPresses(keys)] { return command }
      }
    }
    return nil
  }

  /// Whether keys are the beginning of a sequence in one of these places.
  func isBeginning(_ keys: [Key], at places: [Command.Place]) -> Bool {
    guard !beginnings.isEmpty else { return false }
    return KeyMap.readings(of: keys).contains { keys in
      places.contains { place in
        isUsable(keys.first, at: place) && beginnings[place]?.contains(KeyPresses(keys)) == true
      }
    }
  }

  /// What is tied to chords is done by no key that writes something.
  private func isUsable(_ key: Key?, at place: Command.Place) -> Bool {
    place != .byChord || key?.isText == false
  }

  /// Keys as they are, and as they would be on a Latin keyboard.
  private static func readings(of keys: [Key]) -> [[Key]] {
    let latin = keys.map(\.latinEquivalent)
    return latin == keys ? [keys] : [keys, latin]
  }

  // MARK: Showing

  /// All keys that do a command, the person's own first; of the table those that still do it.
  func presses(for command: Command) -> [KeyPresses] {
    guard !own.isEmpty else { return command.keys.map { KeyPresses([$0]) } }
    let mine = own.filter { $0.command.name == command.name }.map(\.presses)
    let rest = command.keys.filter { key in
      command.places.contains { place in
        bound[place]?[KeyPresses([key])] == nil
          && beginnings[place]?.contains(KeyPresses([key])) != true
      }
    }
    return mine + rest.map { KeyPresses([$0]) }
  }

  /// As help and palette print them: `Tab`, `j ↓`; with a comma where sequences are among them.
  func text(for command: Command) -> String {
    let all = presses(for: command)
    let isPlain = all.allSatisfy { $0.keys.count == 1 }
    return all.map(\.mark).joined(separator: isPlain ? " " : ", ")
  }

  /// The first of them, for the bottom line; nil for a command that has lost all.
  func first(for command: Command) -> KeyPresses? { presses(for: command).first }

  /// How the first of them is written.
  func mark(of command: Command) -> String { first(for: command)?.mark ?? command.name }

  /// Whether a key alone does a command.
  func isBound(_ key: Key, to command: Command) -> Bool {
    presses(for: command).contains { $0.keys == [key] || $0.keys == [key.latinEquivalent] }
  }

  /// The key by which the bottom line and the banner name a command.
  ///
  /// - Parameter isText: whether letters are text there, so that a key that is none is named.
  func shown(for command: Command, whereLettersAreText isText: Bool = false) -> KeyPresses? {
    let all = presses(for: command)
    return isText ? all.last { $0.keys.allSatisfy { !$0.isText } } ?? all.first : all.first
  }

  // MARK: Taking in

  private mutating func add(_ binding: KeyBinding) {
    do throws(Refusal) {
      let command = try KeyMap.command(named: binding.command)
      let presses = try KeyMap.presses(of: binding)
      for place in command.places {
        try checkIsFree(presses, at: place)
      }
      for place in command.places {
        bound[place, default: [:]][presses] = command
        for count in 1..<max(1, presses.keys.count) {
          beginnings[place, default: []].insert(KeyPresses(Array(presses.keys.prefix(count))))
        }
      }
      own.append(Own(binding: binding, presses: presses, command: command))
    } catch {
      problems.append(.init(line: binding.line, words: error.words))
    }
  }

  /// Why a line is not followed.
  private struct Refusal: Error {
    let words: String
    init(_ words: String) { self.words = words }
  }

  private static func command(named name: String) throws(Refusal) -> Command {
    if let exact = Command.all.first(where: { $0.name == name }) {
      guard exact.name != Command.commit.name else { throw Refusal(Phrase.bindNotMoney.text) }
      return exact
    }
    let fitting = Command.all.filter { $0.name.split(separator: ".").contains(Substring(name)) }
    guard let first = fitting.first else { throw Refusal(Phrase.bindNoCommand.with(name)) }
    guard fitting.count == 1 else {
      let names = fitting.map(\.name).joined(separator: ", ")
      throw Refusal(Phrase.bindManyCommands.with(name, names))
    }
    guard first.name != Command.commit.name else { throw Refusal(Phrase.bindNotMoney.text) }
    return first
  }

  private static func presses(of binding: KeyBinding) throws(Refusal) -> KeyPresses {
    guard let presses = KeyPresses(names: binding.keys) else {
      throw Refusal(Phrase.bindNoKey.with(binding.keys))
    }
    guard presses.keys.count <= longest else {
      throw Refusal(Phrase.bindTooLong.with("\(longest)"))
    }
    for key in presses.keys {
      if let reason = key.boundReason { throw Refusal(reason.with(key.name)) }
    }
    return presses
  }

  /// Nobody remembers more.
  private static let longest = 4

  private func checkIsFree(_ presses: KeyPresses, at place: Command.Place) throws(Refusal) {
    for other in own where other.command.places.contains(place) {
      let (one, two) = (presses.keys, other.presses.keys)
      guard one.starts(with: two) || two.starts(with: one) else { continue }
      throw Refusal(Phrase.bindTaken.with(other.presses.mark, "\(other.binding.line)"))
    }
  }

  /// Says which command has no key left because of a line.
  private mutating func remarkLoss(by mine: Own) {
    let first = mine.presses.keys[0]
    for command in Command.all where command.name != mine.command.name {
      guard command.keys.contains(first), !command.places.isDisjoint(with: mine.command.places),
        presses(for: command).isEmpty
      else { continue }
      problems.append(
        .init(
          line: mine.binding.line, words: Phrase.bindLoses.with(first.name, command.name),
          isRemark: true))
    }
  }
}
