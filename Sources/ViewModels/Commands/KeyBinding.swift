import Phrases
import ScreenState

/// A line of the settings file that binds keys to a command: `bind g c = view.1`.
package struct KeyBinding: Sendable, Equatable {
  /// Counted from 1.
  package var line: Int
  /// As written: `g c`.
  package var keys: String
  /// The command's name, or a part of it that only one has.
  package var command: String

  package init(line: Int, keys: String, command: String) {
    self.line = line
    self.keys = keys
    self.command = command
  }

  /// What is wrong with a line.
  package struct Problem: Sendable, Equatable {
    package var line: Int
    /// A sentence in the language in use, without a full stop.
    package var words: String
    /// The binding works all the same.
    package var isRemark = false
  }
}

extension Key {
  /// Why no command can be bound to it; nil when one can.
  ///
  /// What ends the program, what leads to all commands and what text fields and lists need stays.
  var boundReason: Phrase? {
    switch self {
    case .control(let letter):
      "chijlmpz[".contains(letter) ? .bindKeyIsFixed : nil
    case .character("?"), .function(1): .bindKeyIsFixed
    case .character(" "): .bindKeyIsFixed
    case .character, .alt, .function: nil
    default: .bindKeyIsFixed
    }
  }
}
