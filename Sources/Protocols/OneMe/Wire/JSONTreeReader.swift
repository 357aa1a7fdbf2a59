/// Reads a JSON text (RFC 8259) in one pass.
///
/// Control characters within a text are let through, as people's texts have them and not every server
/// escapes them; an escape that means nothing makes its text unreadable, not the whole.
struct JSONTreeReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var place = 0
  private var nodes: [WireTree.Node] = []

  private init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    // A message's values are some eight bytes each, names included.
    nodes.reserveCapacity(bytes.count / 8 + 8)
  }

  /// The document that `bytes` are.
  ///
  /// - Throws: `notJSON` for anything else, what is no UTF-8 included.
  static func read(_ bytes: [UInt8]) throws(FrameError) -> WireTree {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .notJSON }
    return try read(text)
  }

  /// The document that `text` is.
  ///
  /// - Throws: `notJSON` for anything else, and for one beyond the bounds of a tree.
  static func read(_ text: String) throws(FrameError) -> WireTree {
    let bytes = Array(text.utf8)
    // A tree counts in 32 bits; no frame comes near that.
    guard bytes.count < Int(UInt32.max) else { throw .notJSON }
    let nodes = bytes.withUnsafeBufferPointer { buffer -> [WireTree.Node]? in
      var reader = JSONTreeReader(buffer)
      guard reader.value(depth: WireTree.depth), reader.skipSpace() == nil else { return nil }
      return reader.nodes
    }
    guard let nodes else { throw .notJSON }
    return WireTree(bytes: bytes, nodes: nodes)
  }

  /// Steps over space; the byte that stands there then, nil at the end.
  @discardableResult
  private mutating func skipSpace() -> UInt8? {
    while place < bytes.count {
      let byte = bytes[place]
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
      place += 1
    }
    return nil
  }

  private mutating func value(depth: Int) -> Bool {
    guard let byte = skipSpace(), nodes.count < WireTree.values else { return false }
    switch byte {
    case UInt8(ascii: "{"): return container(.object, closedBy: UInt8(ascii: "}"), depth)
    case UInt8(ascii: "["): return container(.array, closedBy: UInt8(ascii: "]"), depth)
    case UInt8(ascii: "\""): return text()
    case UInt8(ascii: "t"): return word("true", .bool, 1)
    case UInt8(ascii: "f"): return word("false", .bool, 0)
    case UInt8(ascii: "n"): return word("null", .null, 0)
    default: return number()
    }
  }

  private mutating func append(_ kind: WireTree.Node.Kind, _ bits: UInt64) {
    nodes.append(WireTree.Node(kind: kind, end: UInt32(nodes.count + 1), bits: bits))
  }

  private mutating func container(
    _ kind: WireTree.Node.Kind, closedBy close: UInt8, _ depth: Int
  ) -> Bool {
    guard depth > 0 else { return false }
    let start = nodes.count
    append(kind, 0)
    place += 1
    if skipSpace() == close {
      place += 1
      return true
    }
    while true {
      if kind == .object {
        guard skipSpace() == UInt8(ascii: "\""), text(), skipSpace() == UInt8(ascii: ":") else {
          return false
        }
        place += 1
      }
      guard value(depth: depth - 1), let mark = skipSpace() else { return false }
      place += 1
      if mark == close { break }
      guard mark == UInt8(ascii: ",") else { return false }
    }
    nodes[start].end = UInt32(nodes.count)
    return true
  }

  private mutating func text() -> Bool {
    place += 1
    let start = place
    var kind = WireTree.Node.Kind.text
    while place < bytes.count {
      let byte = bytes[place]
      if byte == UInt8(ascii: "\"") {
        append(kind, UInt64(start) << 32 | UInt64(place - start))
        place += 1
        return true
      }
      if byte == UInt8(ascii: "\\") {
        kind = .escapedText
        place += 1
      }
      place += 1
    }
    return false
  }

  private mutating func word(
    _ word: StaticString, _ kind: WireTree.Node.Kind, _ bits: UInt64
  ) -> Bool {
    let count = word.utf8CodeUnitCount
    guard place + count <= bytes.count else { return false }
    for offset in 0..<count where bytes[place + offset] != word.utf8Start[offset] { return false }
    place += count
    append(kind, bits)
    return true
  }

  /// `-? whole fraction? exponent?`, by the grammar.
  private mutating func number() -> Bool {
    let start = place
    let isNegative = bytes[place] == UInt8(ascii: "-")
    if isNegative { place += 1 }
    let digits = place
    var magnitude: Int64 = 0
    var overflows = false
    while place < bytes.count, bytes[place] &- 0x30 < 10 {
      let digit = Int64(bytes[place] &- 0x30)
      let (shifted, first) = magnitude.multipliedReportingOverflow(by: 10)
      // Counted downwards, since the least number has no opposite.
      let (next, second) = shifted.subtractingReportingOverflow(digit)
      overflows = overflows || first || second
      magnitude = next
      place += 1
    }
    guard place > digits, place - digits == 1 || bytes[digits] != 0x30 else { return false }
    let isWhole = place == bytes.count || (bytes[place] != 0x2E && bytes[place] | 0x20 != 0x65)
    if isWhole, !overflows, isNegative || magnitude != .min {
      append(.integer, UInt64(bitPattern: isNegative ? magnitude : -magnitude))
      return true
    }
    return fraction() && append(from: start)
  }

  private mutating func fraction() -> Bool {
    if place < bytes.count, bytes[place] == UInt8(ascii: ".") {
      place += 1
      guard skipDigits() else { return false }
    }
    if place < bytes.count, bytes[place] | 0x20 == UInt8(ascii: "e") {
      place += 1
      if place < bytes.count, bytes[place] == 0x2B || bytes[place] == 0x2D { place += 1 }
      guard skipDigits() else { return false }
    }
    return true
  }

  private mutating func append(from start: Int) -> Bool {
    let text = String(
      decoding: UnsafeBufferPointer(rebasing: bytes[start..<place]), as: UTF8.self)
    guard let number = Double(text) else { return false }
    append(.number, number.bitPattern)
    return true
  }

  /// At least one.
  private mutating func skipDigits() -> Bool {
    let start = place
    while place < bytes.count, bytes[place] &- 0x30 < 10 { place += 1 }
    return place > start
  }
}

/// The escapes of a JSON text.
enum JSONEscapes {
  /// What `bytes`, the inside of a text, mean; nil if an escape means nothing.
  static func decode(_ bytes: ArraySlice<UInt8>) -> String? {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    var rest = bytes
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\") else {
        output.append(byte)
        continue
      }
      guard let scalar = scalar(&rest) else { return nil }
      output.append(contentsOf: String(scalar).utf8)
    }
    return String(decoding: output, as: UTF8.self)
  }

  private static func scalar(_ rest: inout ArraySlice<UInt8>) -> Unicode.Scalar? {
    switch rest.popFirst() {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      guard let unit = unit(&rest) else { return nil }
      guard UTF16.isLeadSurrogate(unit) else { return Unicode.Scalar(unit) }
      guard rest.popFirst() == UInt8(ascii: "\\"), rest.popFirst() == UInt8(ascii: "u"),
        let second = self.unit(&rest), UTF16.isTrailSurrogate(second)
      else { return nil }
      return Unicode.Scalar(0x10000 + (UInt32(unit) & 0x3ff) << 10 + UInt32(second) & 0x3ff)
    default: return nil
    }
  }

  /// Four hexadecimal digits.
  private static func unit(_ rest: inout ArraySlice<UInt8>) -> UInt16? {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let byte = rest.popFirst() else { return nil }
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
