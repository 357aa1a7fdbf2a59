/// Reads JSON in one pass over the bytes.
struct JSONReader {
  /// Deeper nesting is an attack on the stack.
  private static let depthLimit = 64

  let bytes: UnsafeBufferPointer<UInt8>
  private var place = 0

  init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// Whether nothing but space is left.
  var isAtEnd: Bool {
    mutating get {
      skipSpace()
      return place == bytes.count
    }
  }

  mutating func value(depth: Int) -> JSONNode? {
    skipSpace()
    guard place < bytes.count, depth < JSONReader.depthLimit else { return nil }
    switch bytes[place] {
    case UInt8(ascii: "{"): return object(depth)
    case UInt8(ascii: "["): return array(depth)
    case UInt8(ascii: "\""): return string().map { .text($0) }
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return number()
    case UInt8(ascii: "t"): return word("true", .bool(true))
    case UInt8(ascii: "f"): return word("false", .bool(false))
    case UInt8(ascii: "n"): return word("null", .null)
    default: return nil
    }
  }

  private mutating func skipSpace() {
    while place < bytes.count {
      switch bytes[place] {
      case 0x20, 0x0A, 0x0D, 0x09: place += 1
      default: return
      }
    }
  }

  /// Steps over `mark` and the space before it.
  private mutating func consume(_ mark: UInt8) -> Bool {
    skipSpace()
    guard place < bytes.count, bytes[place] == mark else { return false }
    place += 1
    return true
  }

  private mutating func object(_ depth: Int) -> JSONNode? {
    place += 1
    if consume(UInt8(ascii: "}")) { return .object([]) }
    var members: [JSONNode.Member] = []
    members.reserveCapacity(4)
    repeat {
      skipSpace()
      guard place < bytes.count, bytes[place] == UInt8(ascii: "\""), let name = name(),
        consume(UInt8(ascii: ":")), let value = value(depth: depth + 1)
      else { return nil }
      members.append(JSONNode.Member(name: name, value: value))
    } while consume(UInt8(ascii: ","))
    return consume(UInt8(ascii: "}")) ? .object(members) : nil
  }

  private mutating func array(_ depth: Int) -> JSONNode? {
    place += 1
    if consume(UInt8(ascii: "]")) { return .array([]) }
    var items: [JSONNode] = []
    items.reserveCapacity(4)
    repeat {
      guard let item = value(depth: depth + 1) else { return nil }
      items.append(item)
    } while consume(UInt8(ascii: ","))
    return consume(UInt8(ascii: "]")) ? .array(items) : nil
  }

  private mutating func word(_ text: StaticString, _ node: JSONNode) -> JSONNode? {
    let length = text.utf8CodeUnitCount
    guard place + length <= bytes.count else { return nil }
    for offset in 0..<length where bytes[place + offset] != text.utf8Start[offset] { return nil }
    place += length
    return node
  }

  /// `-? whole fraction? exponent?`, by the grammar, as text.
  private mutating func number() -> JSONNode? {
    let start = place
    if bytes[place] == UInt8(ascii: "-") { place += 1 }
    let whole = place
    guard digits() else { return nil }
    if place - whole > 1, bytes[whole] == UInt8(ascii: "0") { return nil }
    if place < bytes.count, bytes[place] == UInt8(ascii: ".") {
      place += 1
      guard digits() else { return nil }
    }
    if place < bytes.count, bytes[place] | 0x20 == UInt8(ascii: "e") {
      place += 1
      if place < bytes.count,
        bytes[place] == UInt8(ascii: "+") || bytes[place] == UInt8(ascii: "-")
      {
        place += 1
      }
      guard digits() else { return nil }
    }
    return .text(ascii(from: start, to: place))
  }

  /// At least one.
  private mutating func digits() -> Bool {
    let start = place
    while place < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[place]) {
      place += 1
    }
    return place > start
  }

  private mutating func name() -> JSONNode.Name? {
    place += 1
    let start = place
    if let (part, isASCII) = plainString() {
      guard isASCII || String(validating: part, as: UTF8.self) != nil else { return nil }
      return JSONNode.Name(part)
    }
    var text = escapedString(from: start)
    return text?.withUTF8 { JSONNode.Name($0) }
  }

  private mutating func string() -> String? {
    place += 1
    let start = place
    guard let (part, isASCII) = plainString() else { return escapedString(from: start) }
    // ASCII, as almost all of it is, needs no second look.
    return isASCII
      ? String(decoding: part, as: UTF8.self) : String(validating: part, as: UTF8.self)
  }

  /// Steps over a string without escapes; nil leaves `place` at what ends the search.
  private mutating func plainString() -> (UnsafeBufferPointer<UInt8>, isASCII: Bool)? {
    let start = place
    var bits: UInt8 = 0
    while place < bytes.count {
      let byte = bytes[place]
      if byte == UInt8(ascii: "\"") {
        defer { place += 1 }
        return (UnsafeBufferPointer(rebasing: bytes[start..<place]), bits < 0x80)
      }
      guard byte >= 0x20, byte != UInt8(ascii: "\\") else { return nil }
      bits |= byte
      place += 1
    }
    return nil
  }

  private func ascii(from start: Int, to end: Int) -> String {
    String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<end]), as: UTF8.self)
  }

  /// The rarer kind of string; `place` is at its first backslash.
  private mutating func escapedString(from start: Int) -> String? {
    var output = Array(bytes[start..<place])
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      switch byte {
      case UInt8(ascii: "\""): return String(validating: output, as: UTF8.self)
      case ..<0x20: return nil
      case UInt8(ascii: "\\"):
        guard let scalar = escape() else { return nil }
        output.append(contentsOf: Array(String(Character(scalar)).utf8))
      default: output.append(byte)
      }
    }
    return nil
  }

  private mutating func escape() -> Unicode.Scalar? {
    guard place < bytes.count else { return nil }
    defer { place += 1 }
    switch bytes[place] {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      guard let unit = hexadecimal(at: place + 1) else { return nil }
      place += 4
      guard UTF16.isLeadSurrogate(unit) else {
        // A lone second half means nothing.
        return Unicode.Scalar(unit) ?? "\u{fffd}"
      }
      guard place + 6 < bytes.count, bytes[place + 1] == UInt8(ascii: "\\"),
        bytes[place + 2] == UInt8(ascii: "u"), let second = hexadecimal(at: place + 3),
        UTF16.isTrailSurrogate(second)
      else { return "\u{fffd}" }
      place += 6
      return Unicode.Scalar(
        0x10000 + (UInt32(unit) & 0x3ff) << 10 + UInt32(second) & 0x3ff)
    default: return nil
    }
  }

  private func hexadecimal(at start: Int) -> UInt16? {
    guard start + 4 <= bytes.count else { return nil }
    var unit: UInt16 = 0
    for byte in bytes[start..<(start + 4)] {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): unit = unit << 4 | UInt16(byte - 0x30)
      case UInt8(ascii: "a")...UInt8(ascii: "f"): unit = unit << 4 | UInt16(byte - 0x57)
      case UInt8(ascii: "A")...UInt8(ascii: "F"): unit = unit << 4 | UInt16(byte - 0x37)
      default: return nil
      }
    }
    return unit
  }
}
