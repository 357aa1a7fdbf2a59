/// A colour as a theme names it.
package enum Colour: Hashable, Sendable {
  /// The terminal's own, of text or of what lies behind it.
  case standard
  /// One of the terminal's numbered colours; the first sixteen are as the person has set them.
  case numbered(UInt8)
  /// Red, green and blue.
  case rgb(UInt8, UInt8, UInt8)

  /// The names of the first sixteen, in the order of their numbers.
  static let names: [String] = {
    let plain = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]
    return plain + plain.map { "bright-\($0)" }
  }()

  /// A colour as a theme file writes it: `default`, `bright-red` or `#5fd7ff`.
  init?(_ text: some StringProtocol) {
    if text == "default" {
      self = .standard
    } else if let number = Colour.names.firstIndex(of: String(text)) {
      self = .numbered(UInt8(number))
    } else {
      let digits = text.dropFirst()
      guard text.first == "#", digits.utf8.count == 6, digits.allSatisfy(\.isHexDigit),
        let value = UInt32(digits, radix: 16)
      else { return nil }
      self = .rgb(
        UInt8(value >> 16), UInt8(value >> 8 & 0xff), UInt8(value & 0xff))
    }
  }

  /// The nearest that a terminal with so many colours has; nil for its default.
  ///
  /// - Parameter count: 8, 16 or 256.
  func nearest(of count: Int) -> Int16? {
    switch self {
    case .standard: nil
    case .numbered(let number) where Int(number) < count: Int16(number)
    // The bright ones are the others, brighter.
    case .numbered(let number) where number < 16: Int16(number % 8)
    case .numbered(let number): Colour.nearest(to: Colour.table[Int(number)], of: count)
    case .rgb(let red, let green, let blue):
      Colour.nearest(to: RGB(Int(red), Int(green), Int(blue)), of: count)
    }
  }

  private static func nearest(to wanted: RGB, of count: Int) -> Int16 {
    // Of 256 only those that nobody sets: the cube and the greys.
    let numbers = count >= 256 ? 16..<256 : 0..<count
    let nearest = numbers.min { wanted.distance(to: table[$0]) < wanted.distance(to: table[$1]) }
    return Int16(nearest ?? 0)
  }

  /// Of black and white that which is read best on one of a terminal's colours.
  static func contrasting(with number: Int16) -> Int16 {
    table[Int(number)].luminance > RGB.halfwayLuminance ? 0 : 7
  }

  /// What xterm shows for its 256 colours. Of the first sixteen it is a guess.
  private static let table: [RGB] = {
    let first = [
      RGB(0, 0, 0), RGB(205, 0, 0), RGB(0, 205, 0), RGB(205, 205, 0), RGB(0, 0, 238),
      RGB(205, 0, 205), RGB(0, 205, 205), RGB(229, 229, 229), RGB(127, 127, 127), RGB(255, 0, 0),
      RGB(0, 255, 0), RGB(255, 255, 0), RGB(92, 92, 255), RGB(255, 0, 255), RGB(0, 255, 255),
      RGB(255, 255, 255),
    ]
    let levels = [0, 95, 135, 175, 215, 255]
    let cube = levels.flatMap { red in
      levels.flatMap { green in levels.map { RGB(red, green, $0) } }
    }
    return first + cube + (0..<24).map { RGB(8 + 10 * $0, 8 + 10 * $0, 8 + 10 * $0) }
  }()

  /// What it is made of; nil where only the terminal knows.
  var rgb: RGB? {
    switch self {
    case .standard: nil
    case .numbered(let number): number < 16 ? nil : Colour.table[Int(number)]
    case .rgb(let red, let green, let blue): RGB(Int(red), Int(green), Int(blue))
    }
  }
}

/// Red, green and blue, each from 0 to 255.
struct RGB: Hashable, Sendable {
  let red: Int
  let green: Int
  let blue: Int

  init(_ red: Int, _ green: Int, _ blue: Int) {
    (self.red, self.green, self.blue) = (red, green, blue)
  }

  func distance(to other: RGB) -> Int {
    let (red, green, blue) = (red - other.red, green - other.green, blue - other.blue)
    return red * red + green * green + blue * blue
  }

  /// How bright it is, from 0 to 1, without the curve by which screens write numbers; near enough to
  /// choose between black and white.
  var luminance: Double {
    func linear(_ value: Int) -> Double { Double(value * value) / 65_025 }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  /// As far from black as from white, by the contrast of WCAG 2.
  static let halfwayLuminance = 0.18
}
