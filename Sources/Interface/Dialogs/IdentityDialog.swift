import Domain
import Phrases
import ScreenState

/// Fingerprints beside each other, to be compared by voice or by eye, or as a QR code.
struct IdentityDialog {
  var state: FingerprintsState

  /// Two columns of eleven bytes, and space between them.
  static let width = 70

  func content(width: Int, rows limit: Int) -> Canvas {
    var rows = DialogRows(width: width)
    rows.gap()
    if let contact = state.contact, let trust = state.trust {
      rows.text(trust.sentence(about: contact), trust.style)
      rows.gap()
    }
    if let new = state.new {
      addPair(
        (Phrase.fingerprintBefore.text, state.theirs), (Phrase.fingerprintNow.text, new), &rows)
      rows.gap()
      addPair((Phrase.fingerprintYours.text, state.own), nil, &rows)
    } else if let contact = state.contact {
      addPair(
        (Phrase.fingerprintOf.with(contact), state.theirs),
        (Phrase.fingerprintYours.text, state.own), &rows)
    } else {
      addPair((Phrase.fingerprintYours.text, state.own), nil, &rows)
    }
    if let problem = state.problem {
      rows.gap()
      rows.text(problem, .loss)
    }
    if let progress = state.progress { rows.line(StyledLine(progress, .accent)) }
    rows.gap()
    rows.isMinor = true
    rows.text(advice.text, .dim)
    rows.isMinor = false
    rows.gap()
    rows.line(BottomLine.line(state.hints, width: width))
    return rows.canvas(rows: limit)
  }

  private var advice: Phrase {
    if state.new != nil { return .adviceChanged }
    return state.contact == nil ? .adviceOwn : .adviceCompare
  }

  /// Two fingerprints side by side, below each other where that is too wide.
  private func addPair(
    _ left: (title: String, key: FingerprintsState.Fingerprint?),
    _ right: (title: String, key: FingerprintsState.Fingerprint?)?, _ rows: inout DialogRows
  ) {
    let columns = rows.width >= Self.width - 2 && right != nil ? 2 : 1
    let width = columns == 2 ? rows.width / 2 : rows.width
    var parts = [Self.lines(left.title, left.key, width: width - 2)]
    if let right { parts.append(Self.lines(right.title, right.key, width: width - 2)) }
    guard columns == 2 else {
      for line in parts.joined() { rows.line(line) }
      return
    }
    for index in 0..<(parts.map(\.count).max() ?? 0) {
      let pair = parts.map { index < $0.count ? $0[index] : StyledLine() }
      rows.add { canvas, row in
        for (column, line) in pair.enumerated() {
          canvas.put(line, column: column * width, row: row, width: width - 1)
        }
      }
    }
  }

  private static func lines(
    _ title: String, _ key: FingerprintsState.Fingerprint?, width: Int
  ) -> [StyledLine] {
    let text = key.map { TextWidth.wrap($0.text, width: min(width, 32)) }
    return [StyledLine(title, .bold)]
      + (text.map { $0.map { StyledLine($0) } } ?? [StyledLine(Phrase.noFingerprint.text, .dim)])
  }
}

/// A fingerprint as a QR code, on the whole screen: it needs every row of a small terminal.
struct CodeScreen: Pane {
  var code: FingerprintsState.Code
  var hints: [Hint]
  /// Columns at the end of the last row that belong to somebody else.
  var reserved = 0
  /// The first row in sight of the text, once somebody has scrolled.
  var scroll: Int?

  /// What is in sight of the text on a terminal of this size; all of a code that is drawn.
  func place(_ size: Size) -> PagePlace {
    view(size) == nil ? text(size).place(rows: size.rows - 2) : PagePlace()
  }

  /// The code, if all of it has room.
  private func view(_ size: Size) -> QRCodeView? {
    QRCodeView(code.text).flatMap { view in
      view.size.columns <= size.columns && view.size.rows <= size.rows - 2 ? view : nil
    }
  }

  /// A code that is cut reads as nothing; its text can still be compared.
  private func text(_ size: Size) -> PageWindow {
    var canvas = Canvas(Size(columns: size.columns, rows: Self.mostRows))
    let row = canvas.paragraph(Phrase.codeTooLarge.text, row: 1, style: .warning)
    let end = canvas.paragraph(code.text, row: row + 1)
    return PageWindow(content: canvas.top(rows: end), scroll: scroll)
  }

  /// Rows enough for a code's text in the narrowest terminal.
  private static let mostRows = 100

  func canvas(_ size: Size) -> Canvas {
    var canvas = Canvas(size)
    canvas.setTarget(.dialog, Rect(size))
    canvas.put(
      code.label, column: 1, row: 0, style: Style.accent.strong, width: max(0, size.columns - 2))
    canvas.put(
      BottomLine.line(hints, width: size.columns - 2 - reserved), column: 1,
      row: size.rows - 1)
    if let view = view(size) {
      let place = Rect(column: 0, row: 1, columns: size.columns, rows: size.rows - 2).centred(
        view.size)
      view.draw(in: &canvas, column: place.column, row: place.row)
    } else {
      let text = text(size)
      canvas.draw(
        in: Rect(column: 0, row: 1, columns: size.columns, rows: size.rows - 2), text.canvas)
      let mark = text.mark(rows: size.rows - 2)
      canvas.put(mark, column: size.columns - mark.width, row: 0)
    }
    return canvas
  }
}

extension IdentityState {
  func sentence(about contact: String) -> String {
    switch self {
    case .own, .trusted: Phrase.identityTrusted.with(contact)
    case .verified: Phrase.identityVerified.with(contact)
    case .changed: Phrase.identityChanged.with(contact)
    }
  }

  var style: Style {
    switch self {
    case .own, .trusted: .plain
    case .verified: .gain
    case .changed: Style.warning.strong
    }
  }
}
