/// A QR code in half blocks, dark on light whatever colours the terminal has.
struct QRCodeView {
  let rows: [String]

  /// Nothing when the text does not fit into a code.
  init?(_ text: String) {
    guard let code = QRCode(text) else { return nil }
    rows = code.rows
  }

  /// The code that bears most misreading and still fits; nil when none does.
  init?(_ text: String, in room: Size) {
    let codes = [QRCode.Level.medium, .low].compactMap { QRCode(text, level: $0)?.rows }
    guard
      let rows = codes.first(where: { $0.count <= room.rows && $0[0].count <= room.columns })
    else { return nil }
    self.rows = rows
  }

  /// Columns and rows that the code takes; less than all of it is of no use.
  var size: Size { Size(columns: rows.first?.count ?? 0, rows: rows.count) }

  func draw(in canvas: inout Canvas, column: Int, row: Int) {
    for (offset, text) in rows.enumerated() {
      canvas.put(text, column: column, row: row + offset, style: Style(.paper))
    }
  }
}
