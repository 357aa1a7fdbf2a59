import ScreenState

/// Turns the bytes a terminal sends into keys.
///
/// Knows the sequences that xterm and all that descend from it send, in both of their forms, the
/// Linux console's own, bracketed pastes and SGR mouse reports. Sequences it does not know are
/// swallowed whole, so that they never end up as text in a field. Any bytes are accepted; what is
/// no UTF-8 is dropped.
struct KeyDecoder: Sendable {
  /// Bytes of a paste that are kept; the rest of it is dropped.
  static let mostPasted = 1 << 16
  /// No known sequence comes near this length.
  private static let longestSequence = 64
  private static let pasteEnd: [UInt8] = Array("\u{1b}[201~".utf8)
  private static let pasteStart: [UInt8] = Array("\u{1b}[200~".utf8)
  private static let escape: UInt8 = 0x1b

  private enum State {
    case text
    /// After the escape byte: a key of its own, Alt, or the start of a sequence. After a second one it
    /// may be Alt before a sequence, as urxvt and PuTTY send it.
    case escape(isDoubled: Bool)
    /// After `ESC [`, with the bytes since.
    case sequence([UInt8], isAlt: Bool)
    /// After `ESC O`.
    case shortSequence
    /// After `ESC ]` and its like: a report that ends with BEL or `ESC \`.
    case report(introducer: UInt8, [UInt8])
    /// After the escape byte in a report: a backslash ends it.
    case reportEnd(introducer: UInt8, [UInt8])
    /// After `ESC [ M`, a mouse report of the old form: so many bytes still belong to it.
    case oldReport(left: Int)
    /// Between the marks of a paste, with how much of the end mark has been seen.
    case paste([UInt8], endMatched: Int)
  }

  private var state = State.text
  private var text: [UInt8] = []
  /// The first character of the collected text was typed with Alt.
  private var pendingAlt = false
  /// What the rest of a mouse report would begin with whose beginning was taken for something else,
  /// or given up, because nothing came after it for too long.
  private var lateReport: LateReport?
  /// What the terminal has said of itself, and nobody has taken yet.
  private(set) var reports: [TerminalReport] = []

  /// Bytes of a report that are kept; the rest of it is dropped.
  private static let longestReport = 4096
  /// More than these wait for nobody: a terminal that says so much has not been asked.
  private static let mostReports = 64

  init() {}

  /// What the terminal has said of itself since this was asked last.
  mutating func takeReports() -> [TerminalReport] {
    defer { reports = [] }
    return reports
  }

  private mutating func keep(_ report: TerminalReport?) {
    if let report, reports.count < Self.mostReports { reports.append(report) }
  }

  /// How long to wait for the rest of what has begun before `pause()` says what it was; nil when
  /// nothing has begun.
  var patience: Duration? {
    switch state {
    case .text: nil
    // No key begins like a mouse report: there is nothing to decide soon.
    case .sequence(let bytes, _) where bytes.first == UInt8(ascii: "<"): .seconds(1)
    case .escape, .sequence, .shortSequence, .report, .reportEnd: .milliseconds(25)
    case .paste, .oldReport: .seconds(1)
    }
  }

  /// The keys in some bytes that arrived together.
  mutating func decode(_ bytes: some Sequence<UInt8>) -> [Key] {
    var keys: [Key] = []
    var bytes = Array(bytes)
    if let lateReport, case .text = state { bytes.removeFirst(lateReport.length(in: bytes)) }
    lateReport = nil
    for (index, byte) in bytes.enumerated() {
      decode(byte, before: bytes[(index + 1)...], into: &keys)
    }
    takeText(into: &keys, keepingIncomplete: true)
    return keys
  }

  /// What the input so far means, now that nothing more of it comes: the escape key, a letter with
  /// Alt, a paste whose end was lost.
  mutating func pause() -> [Key] {
    defer { state = .text }
    switch state {
    case .text, .reportEnd, .oldReport: return []
    case .escape(let isDoubled):
      lateReport = .afterEscape
      return isDoubled ? [.escape, .escape] : [.escape]
    case .sequence(let bytes, _):
      lateReport = bytes.isEmpty ? .afterBracket : bytes.first == UInt8(ascii: "<") ? .inside : nil
      return bytes.isEmpty ? [.alt("[")] : []
    case .shortSequence: return [.alt("O")]
    case .report(let introducer, let content):
      return content.isEmpty ? [.alt(Character(Unicode.Scalar(introducer)))] : []
    case .paste(let bytes, _): return [Self.paste(bytes)]
    }
  }

  private mutating func decode(
    _ byte: UInt8, before rest: ArraySlice<UInt8>, into keys: inout [Key]
  ) {
    switch state {
    case .text: decodeText(byte, into: &keys)
    case .escape(let isDoubled): decodeAfterEscape(byte, isDoubled, into: &keys)
    case .sequence(var bytes, let isAlt):
      // A bracket right after the introducer is the Linux console's F1 to F5, one byte follows.
      let isLinux = bytes.isEmpty && byte == UInt8(ascii: "[")
      bytes.append(byte)
      switch byte {
      case Self.escape: state = .escape(isDoubled: false)
      case ..<0x20: state = .text
      case 0x40...0x7e where !isLinux:
        state = .text
        finishSequence(bytes.dropLast(), final: byte, isAlt, into: &keys)
      default:
        state =
          bytes.count > Self.longestSequence ? .text : .sequence(bytes, isAlt: isAlt)
      }
    case .shortSequence:
      state = .text
      if let key = KeySequence.short(byte) { keys.append(key) }
    case .report(let introducer, var content):
      // Sole owner of the bytes, so that appending does not copy them.
      state = .text
      switch byte {
      case 0x07: keep(TerminalReport(introducer, content))
      case Self.escape: state = .reportEnd(introducer: introducer, content)
      default:
        if content.count < Self.longestReport { content.append(byte) }
        state = .report(introducer: introducer, content)
      }
    case .reportEnd(let introducer, let content):
      state = .text
      // Only a backslash ends a report that way: anything else begins something new, a paste even.
      if byte == UInt8(ascii: "\\") {
        keep(TerminalReport(introducer, content))
      } else {
        decodeAfterEscape(byte, false, into: &keys)
      }
    case .oldReport(let left): state = left > 1 ? .oldReport(left: left - 1) : .text
    case .paste(let bytes, let matched):
      decodePasted(byte, bytes, matched, before: rest, into: &keys)
    }
  }

  private mutating func decodeText(_ byte: UInt8, into keys: inout [Key]) {
    guard byte < 0x20 || byte == 0x7f else {
      text.append(byte)
      return
    }
    takeText(into: &keys, keepingIncomplete: false)
    if byte == Self.escape {
      state = .escape(isDoubled: false)
    } else {
      keys.append(KeySequence.control(byte))
    }
  }

  private mutating func decodeAfterEscape(
    _ byte: UInt8, _ isDoubled: Bool, into keys: inout [Key]
  ) {
    if isDoubled, byte != UInt8(ascii: "[") { keys.append(.escape) }
    switch byte {
    case UInt8(ascii: "["): state = .sequence([], isAlt: isDoubled)
    case UInt8(ascii: "O"): state = .shortSequence
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"):
      state = .report(introducer: byte, [])
    case Self.escape: state = .escape(isDoubled: true)
    case 0x0d:
      state = .text
      keys.append(.newline)
    case 0x7f:
      state = .text
      keys.append(.wordBackspace)
    case ..<0x20:
      state = .text
      keys += [.escape, KeySequence.control(byte)]
    default:
      // The letter may take more bytes; what follows it is text again.
      state = .text
      pendingAlt = true
      text.append(byte)
    }
  }

  private mutating func finishSequence(
    _ bytes: ArraySlice<UInt8>, final: UInt8, _ isAlt: Bool, into keys: inout [Key]
  ) {
    // A terminal that knows no other form sends button and place in a byte each.
    if bytes.isEmpty, final == UInt8(ascii: "M") {
      state = .oldReport(left: 3)
      return
    }
    if let report = TerminalReport(parameters: bytes, final: final) { return keep(report) }
    let isPaste = bytes == ArraySlice("200".utf8) && final == UInt8(ascii: "~")
    let key = isPaste ? nil : KeySequence.long(parameters: bytes, final: final)
    if isAlt, let key, let held = KeySequence.withAlt(key) {
      keys.append(held)
      return
    }
    // It was the escape key after all, pressed just before.
    if isAlt { keys.append(.escape) }
    if isPaste { state = .paste([], endMatched: 0) }
    if let key { keys.append(key) }
  }

  private mutating func decodePasted(
    _ byte: UInt8, _ bytes: [UInt8], _ matched: Int, before rest: ArraySlice<UInt8>,
    into keys: inout [Key]
  ) {
    // Sole owner of the bytes, so that appending does not copy them.
    state = .text
    var bytes = bytes
    if byte == Self.pasteEnd[matched] {
      if matched + 1 == Self.pasteEnd.count, Self.isInside(rest) {
        state = .paste(bytes, endMatched: 0)
      } else if matched + 1 == Self.pasteEnd.count {
        keys.append(Self.paste(bytes))
      } else {
        state = .paste(bytes, endMatched: matched + 1)
      }
      return
    }
    let missed = Self.pasteEnd.prefix(matched) + (byte == Self.escape ? [] : [byte])
    bytes += missed.prefix(Self.mostPasted - bytes.count)
    state = .paste(bytes, endMatched: byte == Self.escape ? 1 : 0)
  }

  /// Whether what follows an end mark still belongs to the paste: somebody has written a mark into what
  /// was pasted, and the terminal's own one comes after it.
  private static func isInside(_ rest: ArraySlice<UInt8>) -> Bool {
    guard let end = rest.firstRange(of: pasteEnd) else { return false }
    return rest[..<end.lowerBound].firstRange(of: pasteStart) == nil
  }

  private static func paste(_ bytes: [UInt8]) -> Key {
    var characters = ""
    for character in String(decoding: LateReport.without(reportsIn: bytes), as: UTF8.self) {
      characters.append(character == "\r" || character == "\r\n" ? "\n" : character)
    }
    return .paste(characters)
  }

  /// Hands over the text collected so far; bytes that may be the start of a character stay.
  private mutating func takeText(into keys: inout [Key], keepingIncomplete: Bool) {
    guard !text.isEmpty else { return }
    let rest = keepingIncomplete ? Self.incompleteTail(text) : 0
    let whole = String(decoding: text.dropLast(rest), as: UTF8.self)
    text = Array(text.suffix(rest))
    for character in whole where character != "\u{fffd}" {
      keys.append(pendingAlt ? .alt(character) : .character(character))
      pendingAlt = false
    }
    if text.isEmpty { pendingAlt = false }
  }

  /// How many bytes at the end begin a character that is not complete.
  private static func incompleteTail(_ bytes: [UInt8]) -> Int {
    for (index, byte) in bytes.reversed().prefix(3).enumerated() where byte >= 0xc0 {
      let length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      return length > index + 1 ? index + 1 : 0
    }
    return 0
  }
}
