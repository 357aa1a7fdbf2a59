/// One press on the keyboard, or one paste, as the console understands it.
///
/// A value with no tie to any terminal: the interface decodes bytes into keys, the command table
/// names keys, and tests write them down.
package enum Key: Hashable, Sendable {
  /// A printing character exactly as typed, `"c"` and `"C"` being different keys.
  case character(Character)
  /// Control held with a lower-case Latin letter or one of `@ [ \ ] ^ _`.
  case control(Character)
  /// Alt held with a printing character.
  case alt(Character)
  /// Alt held with Enter: a line break in what is being written.
  case newline
  case enter, escape, tab, backTab, backspace
  case insert, delete, home, end, pageUp, pageDown
  case up, down, left, right
  /// Control with an arrow: a word at a time.
  case wordLeft, wordRight
  /// Alt held with Backspace, and Control held with Delete: a word.
  case wordBackspace, wordDelete
  /// Alt held with the upward arrow.
  case altUp
  /// F1 to F24.
  case function(Int)
  /// Text that arrived at once, never typed: it is entered into fields and triggers no command.
  case paste(String)
  /// The mouse's main button at a cell, counted from the upper left corner.
  case click(column: Int, row: Int)
  /// The wheel turned over a cell; negative is up.
  case scroll(lines: Int, column: Int, row: Int)
  /// The terminal has a new size.
  case resize
  /// The terminal has got the focus, or lost it.
  case focusIn, focusOut
}

extension Key {
  /// The key this one would be on a Latin keyboard: on a Cyrillic layout the key cap that says
  /// "q" types "й". Commands look keys up by this, text fields take the key as it is.
  package var latinEquivalent: Key {
    switch self {
    case .character(let typed): .character(Self.latinKeyCaps[typed] ?? typed)
    case .alt(let typed): .alt(Self.latinKeyCaps[typed] ?? typed)
    default: self
    }
  }

  /// Russian key caps in the order of the Latin ones, then what the Ukrainian, Belarusian,
  /// Serbian and Macedonian layouts put elsewhere.
  private static let latinKeyCaps: [Character: Character] = {
    let layouts = [
      ("ёйцукенгшщзхъфывапролджэячсмитьбю", "`qwertyuiop[]asdfghjkl;'zxcvbnm,."),
      ("ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ", "~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>"),
      ("іїєґўІЇЄҐЎ№", "s]'\\oS}\"|O#"),
      ("љњџјђћѕќѓЉЊЏЈЂЋЅЌЃ", "qwxj['y'[QWXJ{\"Y\"{"),
    ]
    var caps: [Character: Character] = [:]
    for (typed, latin) in layouts {
      caps.merge(zip(typed, latin)) { first, _ in first }
    }
    return caps
  }()
}

extension Key {
  /// The name in full, as help and key tables print it: `Ctrl-P`, `Shift-C`, `Alt-3`, `Enter`,
  /// `PgUp`, `F1`. The name of a paste does not show what was pasted.
  package var name: String {
    switch self {
    case .character(let typed): Self.characterName(typed)
    case .control(let letter): "Ctrl-" + letter.uppercased()
    case .alt(let typed): "Alt-" + Self.characterName(typed)
    case .function(let number): "F\(number)"
    case .paste: "Paste"
    case .click: "Click"
    case .scroll: "Wheel"
    case .resize: "Resize"
    case .focusIn, .focusOut: "Focus"
    default: Self.named.first { $0.key == self }?.name ?? ""
    }
  }

  /// The shortest form, for the bottom line: `^P`, `C`, `Alt-3`, `↑`; else the name.
  package var mark: String {
    switch self {
    case .character(" "): "Space"
    case .character(let typed): String(typed)
    case .control(let letter): "^" + letter.uppercased()
    case .alt(let typed): "Alt-\(typed)"
    case .altUp: "Alt-↑"
    case .wordLeft: "^←"
    case .wordRight: "^→"
    case .wordDelete: "^Del"
    case .wordBackspace: "Alt-Bksp"
    case .up: "↑"
    case .down: "↓"
    case .left: "←"
    case .right: "→"
    default: name
    }
  }

  private static let named: [(key: Key, name: String)] = [
    (.enter, "Enter"), (.newline, "Alt-Enter"), (.escape, "Esc"), (.tab, "Tab"),
    (.backTab, "Shift-Tab"),
    (.backspace, "Backspace"), (.insert, "Insert"), (.delete, "Delete"), (.home, "Home"),
    (.end, "End"), (.pageUp, "PgUp"), (.pageDown, "PgDn"), (.up, "Up"), (.down, "Down"),
    (.left, "Left"), (.right, "Right"), (.wordLeft, "Ctrl-Left"), (.wordRight, "Ctrl-Right"),
    (.wordBackspace, "Alt-Backspace"), (.wordDelete, "Ctrl-Delete"), (.altUp, "Alt-Up"),
  ]

  private static func characterName(_ typed: Character) -> String {
    if typed == " " { return "Space" }
    return typed.isUppercase ? "Shift-\(typed)" : String(typed)
  }
}
