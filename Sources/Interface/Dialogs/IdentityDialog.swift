import Console

/// Fingerprints beside each other, to be compared by voice or by eye, or as a QR code.
struct IdentityDialog {
  var state: FingerprintsState

  /// Two columns of eleven bytes, and space between them.
  static let width = 70

  func content(width: Int, rows limit: Int) -> Canvas {
    var rows = DialogRows(width: width)
    rows.gap()
    if let contact = state.contact, let standing = state.standing {
      rows.text(standing.sentence(about: contact), standing.style)
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
    if let progress = state.progress { rows.line(Line(progress, .accent)) }
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
      let pair = parts.map { index < $0.count ? $0[index] : Line() }
      rows.add { canvas, row in
        for (column, line) in pair.enumerated() {
          canvas.put(line, column: column * width, row: row, width: width - 1)
        }
      }
    }
  }

  private static func lines(
    _ title: String, _ key: FingerprintsState.Fingerprint?, width: Int
  ) -> [Line] {
    let text = key.map { TextWidth.wrap($0.text, width: min(width, 32)) }
    return [Line(title, .bold)]
      + (text.map { $0.map { Line($0) } } ?? [Line(Phrase.noFingerprint.text, .dim)])
  }
}

/// A fingerprint as a QR code, on the whole screen: it needs every row of a small terminal.
struct CodeScreen: Pane {
  var code: FingerprintsState.Code
  var hints: [Hint]

  func canvas(_ size: Size) -> Canvas {
    var canvas = Canvas(size)
    let view = QRCodeView(code.text)
    canvas.put(
      code.label, column: 1, row: 0, style: Style.accent.strong, width: max(0, size.columns - 2))
    canvas.put(
      BottomLine.line(hints, width: size.columns - 2), column: 1, row: size.rows - 1)
    if let view, view.size.columns <= size.columns, view.size.rows <= size.rows - 2 {
      let place = Rect(column: 0, row: 1, columns: size.columns, rows: size.rows - 2).centred(
        view.size)
      view.draw(in: &canvas, column: place.column, row: place.row)
    } else {
      // A code that is cut reads as nothing; its text can still be compared.
      let row = canvas.paragraph(Phrase.codeTooLarge.text, row: 2, style: .warning)
      canvas.paragraph(code.text, row: row + 1)
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
