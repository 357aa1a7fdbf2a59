import CQREncode

/// A QR code: a square of dark and light modules that a camera reads text from.
package struct QRCode: Sendable, Equatable {
  /// Version 10 has 57 modules a side, more than most terminals have rows for.
  static let largestVersion = 10
  /// Light modules that belong around every code.
  static let quietZone = 4

  /// Modules along one side, the quiet zone left out.
  let side: Int
  private let modules: [Bool]

  /// How much of a code may be misread.
  package enum Level: Sendable {
    /// 7 % of the modules.
    case low
    /// 15 % of them.
    case medium

    fileprivate var code: QRecLevel { self == .low ? QR_ECLEVEL_L : QR_ECLEVEL_M }
  }

  /// The smallest code for a text; nil for an empty text, or one too long for version 10, which
  /// holds 213 bytes at the medium level.
  package init?(_ text: String, level: Level = .medium) {
    let bytes = Array(text.utf8)
    guard !bytes.isEmpty, bytes.count <= 213,
      let code = QRcode_encodeData(Int32(bytes.count), bytes, 0, level.code)
    else { return nil }
    defer { QRcode_free(code) }
    guard code.pointee.version <= Self.largestVersion else { return nil }
    let side = Int(code.pointee.width)
    self.side = side
    // The lowest bit of each byte says whether the module is dark.
    modules = (0..<side * side).map { code.pointee.data[$0] & 1 == 1 }
  }

  /// Whether a module is dark; those outside are light.
  subscript(column: Int, row: Int) -> Bool {
    guard 0..<side ~= column, 0..<side ~= row else { return false }
    return modules[row * side + column]
  }

  /// The code with its quiet zone as rows of text, a module a column, two modules a row: to be
  /// shown dark on light.
  package var rows: [String] {
    let all = -Self.quietZone..<side + Self.quietZone
    return stride(from: all.lowerBound, to: all.upperBound, by: 2).map { row in
      all.map { column in
        switch (self[column, row], self[column, row + 1]) {
        case (false, false): " "
        case (true, false): "▀"
        case (false, true): "▄"
        case (true, true): "█"
        }
      }.joined()
    }
  }
}

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
