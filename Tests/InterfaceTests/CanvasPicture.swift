import Phrases

@testable import Interface

extension Canvas {
  /// The picture as SVG, in a theme's colours: each cell at its place, whatever font shows it.
  func svg(_ theme: Theme) -> String {
    let appearance = Appearance(theme, colours: 256, noColour: nil)
    func hex(_ number: Int16?) -> String? {
      guard let rgb = number.flatMap({ Colour.numbered(UInt8($0)).rgb }) else { return nil }
      let digits = [rgb.red, rgb.green, rgb.blue].map { value in
        (value < 16 ? "0" : "") + String(value, radix: 16)
      }
      return "#" + digits.joined()
    }
    let (wide, high) = (9, 19)
    let (width, height) = ((size.columns + 2) * wide, (size.rows + 1) * high)
    let paper = hex(appearance.look(of: .plain).background) ?? "#1c1c1c"
    let ink = hex(appearance.look(of: .plain).colour) ?? "#d0d0d0"
    var lines = [
      #"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \#(width) \#(height)" font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="15">"#,
      #"<rect width="100%" height="100%" rx="8" fill="\#(paper)"/>"#,
    ]
    for row in 0..<size.rows {
      let cells = Array(self.row(row))
      var start = 0
      while start < cells.count {
        let style = cells[start].style
        var end = start + 1
        while end < cells.count, cells[end].style == style { end += 1 }
        let look = appearance.look(of: style)
        let (fore, back) = (hex(look.colour) ?? ink, hex(look.background) ?? paper)
        let isTurned = look.attributes.contains(.reverse)
        let (x, y) = ((start + 1) * wide, row * high + high / 2)
        if isTurned || back != paper {
          lines.append(
            #"<rect x="\#(x)" y="\#(y)" width="\#((end - start) * wide)" height="\#(high)" fill="\#(isTurned ? fore : back)"/>"#
          )
        }
        var attributes = #" fill="\#(isTurned ? back : fore)""#
        if look.attributes.contains(.bold) { attributes += #" font-weight="bold""# }
        if look.attributes.contains(.underline) { attributes += #" text-decoration="underline""# }
        lines += text(cells[start..<end], x: x, y: y + 14, wide: wide, attributes)
        start = end
      }
    }
    return (lines + ["</svg>"]).joined(separator: "\n") + "\n"
  }

  /// Words of one look, each at its place; what is wide or from right to left letter by letter.
  private func text(
    _ cells: ArraySlice<Cell>, x: Int, y: Int, wide: Int, _ attributes: String
  ) -> [String] {
    var lines: [String] = []
    var word = ""
    var start = x
    func finish() {
      guard !word.isEmpty else { return }
      lines.append(
        #"<text x="\#(start)" y="\#(y)" textLength="\#(word.unicodeScalars.count * wide)"\#(attributes)>\#(escaped(word))</text>"#
      )
      word = ""
    }
    for (offset, cell) in cells.enumerated() {
      let isAlone = cell.width != 1 || cell.glyph.letter.isRightToLeft || cell.glyph.isMarked
      if isAlone || cell.glyph == .space { finish() }
      guard cell.width > 0, cell.glyph != .space else { continue }
      if word.isEmpty { start = x + offset * wide }
      word += cell.text
      if isAlone {
        lines.append(
          #"<text x="\#(start)" y="\#(y)"\#(attributes)>\#(escaped(word))</text>"#)
        word = ""
      }
    }
    finish()
    return lines
  }

  private func escaped(_ text: String) -> String {
    text.reduce(into: "") { output, character in
      switch character {
      case "<": output += "&lt;"
      case ">": output += "&gt;"
      case "&": output += "&amp;"
      default: output.append(character)
      }
    }
  }
}
