import CNcurses
import Domain
import FoundationEssentials
import Glibc
import Phrases

/// The terminal, as a place to show canvases on; there is one.
@MainActor
package final class CursesScreen {
  private let window: UnsafeMutablePointer<WINDOW>
  private var appearance: Appearance
  /// How many colours the terminal has, and what `NO_COLOR` says.
  private let colours: (count: Int, no: String?)
  private var extras: TerminalExtras
  private var looks = CursesLooks()
  private var pictures = PictureOutput()
  private var shown: Canvas?
  private var questions: TerminalQuestions
  private let writer = PictureWriter()
  /// The terminal is ours now; false while it is lent and after `close()`.
  private(set) var isOpen = true

  /// Takes the terminal over: other screen, raw keys, bracketed paste.
  ///
  /// From here to `close()` the terminal is given back whatever ends the program, short of
  /// `SIGKILL`.
  /// - Parameters:
  ///   - environment: of which `TERM` and `NO_COLOR` are read.
  ///   - theme: what roles look like; `show(_:)` changes it.
  ///   - mouse: whether clicks and the wheel arrive as keys; the terminal's own selection of text
  ///     then needs Shift.
  /// - Throws: `TerminalError`, with the terminal as it was.
  package init(
    environment: [String: String], theme: Theme = .terminal, mouse: Bool = false
  ) throws(TerminalError) {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
      throw .notATerminal
    }
    let term = environment["TERM"] ?? ""
    guard !term.isEmpty else { throw .cannotPlaceCursor(term: term) }
    var found: Int32 = 0
    guard setupterm(term, STDOUT_FILENO, &found) == 0 else {
      throw found == 0 ? .unknown(term: term) : .cannotPlaceCursor(term: term)
    }
    guard Self.capability("cup") != nil else { throw .cannotPlaceCursor(term: term) }
    _ = TextWidth.isLocaleSet
    extras = TerminalExtras(
      environment, mouse: mouse, entering: Self.capability("smcup") ?? [],
      hasOtherScreen: Self.capability("rmcup") != nil)
    var modes = termios()
    tcgetattr(STDIN_FILENO, &modes)
    use_tioctl(true)
    guard curses_open(term) != nil, let window = curses_standard_screen() else {
      throw .unknown(term: term)
    }
    self.window = window
    colours = (Int(tigetnum("colors")), environment["NO_COLOR"])
    appearance = Appearance(theme, colours: colours.count, noColour: colours.no)
    if Appearance.canColour(colours.count, colours.no) {
      start_color()
      use_default_colors()
    }
    questions = TerminalQuestions(environment)
    // The console of Linux has 256 or 512 letters.
    ChartDialog.isPlain.store(term == "linux", ordering: .relaxed)
    // It turns whatever is sent, and shows the marks that would keep others from that.
    BidiParagraph.isLeftToTerminal.store(
      !(environment["MLTERM"] ?? "").isEmpty, ordering: .relaxed)
    raw()
    noecho()
    nonl()
    // Scrolling would save bytes and cost correctness where terminals differ.
    idlok(window, false)
    leaveok(window, false)
    // Curses would look for keys twice a picture, to leave the rest of it for later.
    typeahead(-1)
    curs_set(0)
    let leave = Self.capability("rmcup") ?? Self.capability("clear") ?? []
    let reset = extras.off + leave + (Self.capability("cnorm") ?? []) + [0x0d]
    TerminalRescue.prepare(modes: modes, reset: Array("\u{1b}[0m".utf8) + reset)
    TerminalRescue.arm()
    wnoutrefresh(window)
    TerminalOutput.writing { _ = doupdate() }
    switchModes(on: true)
  }

  /// The terminal's size now.
  package var size: Size {
    Size(columns: Int(getmaxx(window)), rows: Int(getmaxy(window)))
  }

  /// Shows a canvas, sending only what changed since the one before.
  func present(_ canvas: Canvas) {
    guard isOpen, canvas != shown else { return }
    let whole = canvas
    let hasPixels = questions.traits.hasKittyGraphics || questions.traits.hasSixel
    let canvas = hasPixels ? whole.withoutPictureCells : whole
    if pictures.leavesTraces(before: whole.picture, traits: questions.traits) { repaint() }
    var isPictureTouched = shown == nil
    let previous = shown.flatMap { $0.size == canvas.size ? $0 : nil }
    var overprint = ""
    let past = Overprint(appearance: appearance, traits: questions.traits)
    // Curses must not move what it does not know to be a link.
    if !canvas.links.isEmpty { idcok(window, false) }
    for row in 0..<min(canvas.size.rows, size.rows) {
      let cells = canvas.row(row).prefix(size.columns)
      var columns = Self.changes(in: cells, since: previous?.row(row).prefix(size.columns))
      guard !columns.isEmpty else { continue }
      let first = columns.lowerBound - cells.startIndex
      if canvas.picture?.covers(row: row, first..<first + columns.count) == true {
        isPictureTouched = true
      }
      let isTurned = canvas.isTurned && cells.contains(where: TurningMarks.turns)
      // Its first and last letter carry marks, wherever it has changed.
      if isTurned || previous?.isTurned == true { columns = cells.indices }
      let marks = isTurned && questions.traits.turning == .marks ? TurningMarks(cells) : nil
      write(
        cells[columns], row: row, column: columns.lowerBound - cells.startIndex, marks: marks)
      overprint += past.sequence(cells, row: row, of: canvas)
    }
    writer.write {
      if let cursor = canvas.cursor, curs_set(1) != ERR {
        wmove(window, Int32(cursor.row), Int32(cursor.column))
      } else {
        curs_set(0)
      }
      wnoutrefresh(window)
      doupdate()
      // ESC 7 and 8 keep the cursor's place and look.
      if !overprint.isEmpty { send("\u{1b}7" + overprint + "\u{1b}8") }
    }
    if hasPixels {
      let bytes = pictures.sequence(
        for: whole.picture, isAnew: isPictureTouched, traits: questions.traits)
      if !bytes.isEmpty { write(bytes) }
    }
    shown = canvas
    ask(about: canvas, hasOverprint: !overprint.isEmpty)
    if looks.areMany {
      looks = CursesLooks()
      repaint()
    }
  }

  /// Asks the terminal, once, what it does with what not all terminals show alike.
  private func ask(about canvas: Canvas, hasOverprint: Bool) {
    let isLinkUnsure = !canvas.links.isEmpty && !questions.traits.canLink
    let isAbout = canvas.isTurned || hasOverprint || isLinkUnsure || canvas.picture != nil
    guard questions.canAsk, isAbout,
      size.rows >= TerminalQuestions.measuredRow
    else { return }
    send(questions.ask())
    wredrawln(window, Int32(TerminalQuestions.measuredRow - 1), 1)
    TerminalOutput.writing {
      wnoutrefresh(window)
      doupdate()
    }
  }

  /// What the terminal says of itself; returns whether the next picture is drawn in full.
  func receive(_ report: TerminalReport) -> Bool {
    let before = questions.traits
    guard questions.receive(report), questions.traits != before else { return false }
    if questions.traits.turning == .mode { send(Self.keepOrder) }
    repaint()
    return true
  }

  /// Which cells of a row are not as they were; no half of a wide character goes without the other.
  private static func changes(
    in cells: ArraySlice<Cell>, since previous: ArraySlice<Cell>?
  ) -> Range<Int> {
    guard let previous, previous.count == cells.count else { return cells.indices }
    var (first, end) = (cells.startIndex, cells.endIndex)
    let shift = previous.startIndex - first
    while first < end, cells[first] == previous[first + shift] { first += 1 }
    while end > first, cells[end - 1] == previous[end - 1 + shift] { end -= 1 }
    guard first < end else { return first..<first }
    while first > cells.startIndex, cells[first].width == 0 { first -= 1 }
    while end < cells.endIndex, cells[end].width == 0 { end += 1 }
    return first..<end
  }

  /// Adopts the terminal's size after it changed; the next canvas is drawn in full.
  func resize() {
    guard isOpen else { return }
    var window = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0, window.ws_row > 0,
      window.ws_col > 0
    else { return }
    resizeterm(Int32(window.ws_row), Int32(window.ws_col))
    repaint()
  }

  /// Forgets what is on the terminal, so that the next canvas is drawn in full: someone else
  /// wrote there.
  package func repaint() {
    shown = nil
    wclear(window)
    clearok(window, true)
  }

  /// Shows everything in a theme from the next canvas on.
  package func show(_ theme: Theme) {
    let appearance = Appearance(theme, colours: colours.count, noColour: colours.no)
    guard appearance != self.appearance else { return }
    self.appearance = appearance
    looks = CursesLooks()
    repaint()
  }

  /// Gives the terminal to someone else, an editor or the shell, until `resume()`.
  func suspend() {
    guard isOpen else { return }
    write(pictures.forget(questions.traits))
    isOpen = false
    switchModes(on: false)
    TerminalOutput.writing {
      if !extras.hasOtherScreen {
        wclear(window)
        wrefresh(window)
      }
      _ = endwin()
    }
    TerminalRescue.disarm()
  }

  /// Takes the terminal back, whatever was done to it meanwhile.
  func resume() {
    // Nobody left our screen when the program was stopped from outside: leave it, to enter it.
    // Not twice: leaving puts the cursor back to where it was on entering.
    if isOpen, !isendwin() { endwin() }
    isOpen = true
    reset_prog_mode()
    TerminalRescue.arm()
    switchModes(on: true)
    resize()
    repaint()
  }

  /// Rings the terminal's bell.
  package func ring() {
    if isOpen { TerminalOutput.writing { _ = beep() } }
  }

  /// Puts a text, made harmless, where pasting takes it from (OSC 52); a terminal that does not know
  /// or allow it does nothing.
  package func copy(_ text: String) {
    send("\u{1b}]52;c;\(Data(harmless(text, keepingLines: true).utf8).base64EncodedString())\u{7}")
  }

  /// Shows a notification on the desktop, where the terminal can. Both texts are made harmless.
  package func notify(title: String, _ text: String) {
    send(extras.notice.sequence(title: title, text: text))
  }

  /// Says in the terminal's title how many things need the person.
  package func setTitle(attention count: Int) {
    if isOpen, let sequence = extras.title.change(to: count) { send(sequence) }
  }

  /// Bytes that move no cursor, between two pictures.
  private func send(_ sequence: String) {
    guard isOpen else { return }
    write(Array(sequence.utf8))
  }

  private func write(_ bytes: [UInt8]) {
    TerminalOutput.write(bytes[...])
  }

  /// Gives the terminal back for good.
  func close() {
    suspend()
    // What was discarded held the bytes that give the terminal back.
    if TerminalOutput.isDiscarded { TerminalRescue.reset() }
  }

  /// - Parameter marks: what keeps the terminal from turning the row.
  private func write(_ cells: ArraySlice<Cell>, row: Int, column: Int, marks: TurningMarks?) {
    var start = cells.startIndex
    while start < cells.endIndex {
      let style = cells[start].style
      let end = cells[start...].firstIndex { $0.style != style } ?? cells.endIndex
      var characters: [wchar_t] = []
      characters.reserveCapacity(end - start)
      for (place, cell) in zip(start..<end, cells[start..<end]) where cell.width > 0 {
        if questions.traits.placement(of: cell.glyph) != .written {
          let text = Self.substitute(columns: cell.width)
          characters.append(contentsOf: text.unicodeScalars.map { wchar_t($0.value) })
        } else if !appearance.hasColours, let shade = Appearance.shade(cell.glyph, style) {
          characters.append(wchar_t(shade.letter.value))
        } else if cell.glyph.isMarked {
          cell.glyph.forEachScalar { characters.append(wchar_t($0.value)) }
        } else {
          characters.append(wchar_t(cell.glyph.letter.value))
        }
        if let mark = marks?[column + place - cells.startIndex] {
          characters.append(wchar_t(mark.value))
        }
      }
      let look = looks.look(of: style, in: appearance)
      _ = curses_put(
        window, Int32(row), Int32(column + start - cells.startIndex), characters,
        Int32(characters.count), look.attributes, look.pair)
      start = end
    }
  }

  /// What stands where a character is too new for curses, as wide as that.
  private static func substitute(columns: Int) -> String {
    "\u{25a1}" + String(repeating: " ", count: max(0, columns - 1))
  }

  /// Has the terminal leave the letters of a row where they are written.
  private static let keepOrder = "\u{1b}[8l"

  private func switchModes(on: Bool) {
    write(on ? extras.on : extras.off)
    if on, questions.traits.turning == .mode { send(Self.keepOrder) }
    if !on { extras.title.forget() }
  }

  /// A capability's bytes; nil when the terminal has none of that name.
  private static func capability(_ name: String) -> [UInt8]? {
    // Absent is null, and -1 for a name that is no string capability.
    guard let text = tigetstr(name), Int(bitPattern: text) != -1 else { return nil }
    return Array(String(cString: text).utf8)
  }
}

/// Why the screen cannot be used, as a sentence without its full stop.
package enum TerminalError: Error, Equatable, CustomStringConvertible {
  /// Input or output is a file or a pipe.
  case notATerminal
  /// The terminal, by its name in `TERM`, cannot place the cursor.
  case cannotPlaceCursor(term: String)
  /// Nothing is known about the terminal named in `TERM`.
  case unknown(term: String)

  package var description: String {
    switch self {
    case .notATerminal: Phrase.notATerminal.text
    case .cannotPlaceCursor(let term):
      term.isEmpty ? Phrase.terminalNotNamed.text : Phrase.terminalTooSimple.with(term)
    case .unknown(let term): Phrase.terminalUnknown.with(term)
    }
  }
}
