/// One value of a document: a place in its tree.
package struct TreeValue: Sendable {
  /// The document that it is in.
  package let tree: ValueTree
  let place: Int

  var node: ValueTree.Node { tree.nodes[place] }

  /// Whether this is null.
  package var isNull: Bool { node.kind == .null }

  /// The elements of an array; nil for anything else.
  package var elements: TreeElements? {
    node.kind == .array ? TreeElements(value: self) : nil
  }

  /// True or false; nil for anything else.
  package var bool: Bool? { node.kind == .bool ? node.bits != 0 : nil }

  /// A whole number, however it is written as a number.
  package var integer: Int64? {
    switch node.kind {
    case .integer: Int64(bitPattern: node.bits)
    case .double: exactInteger(Double(bitPattern: node.bits))
    case .numeral: wholeNumber ?? Double(written).flatMap(exactInteger)
    default: nil
    }
  }

  /// A number that is finite.
  package var number: Double? {
    switch node.kind {
    case .integer: Double(Int64(bitPattern: node.bits))
    case .double: finite(Double(bitPattern: node.bits))
    case .numeral: wholeNumber.map(Double.init) ?? Double(written).flatMap(finite)
    default: nil
    }
  }

  /// A number as it is written, with all its digits; nil for anything else.
  package var numeral: String? {
    switch node.kind {
    case .integer: String(Int64(bitPattern: node.bits))
    case .double: String(Double(bitPattern: node.bits))
    case .numeral: written
    default: nil
    }
  }

  /// A text; nil for anything else, and for one with an escape that means nothing.
  package var text: String? {
    switch node.kind {
    case .text: written
    case .escapedText: tree.withBytes(of: node) { JSONEscapes.decode($0) }
    default: nil
    }
  }

  private var written: String {
    tree.withBytes(of: node) { String(decoding: $0, as: UTF8.self) }
  }

  /// A numeral without fraction and exponent, if it fits.
  private var wholeNumber: Int64? {
    tree.withBytes(of: node) { digits in
      let isNegative = digits.first == UInt8(ascii: "-")
      // Counted downwards, since the least number has no opposite.
      var number: Int64 = 0
      for place in (isNegative ? 1 : 0)..<digits.count {
        // A point and an exponent are no digits.
        guard digits[place] &- 0x30 < 10 else { return nil }
        let (shifted, first) = number.multipliedReportingOverflow(by: 10)
        let (next, second) = shifted.subtractingReportingOverflow(Int64(digits[place] &- 0x30))
        guard !first, !second else { return nil }
        number = next
      }
      if isNegative { return number }
      return number == .min ? nil : -number
    }
  }

  /// Beyond 53 bits a fraction may stand for another number than was written.
  private func exactInteger(_ value: Double) -> Int64? {
    value.magnitude <= 0x1p53 ? Int64(exactly: value) : nil
  }

  private func finite(_ value: Double) -> Double? { value.isFinite ? value : nil }

  func at(_ place: Int) -> TreeValue { TreeValue(tree: tree, place: place) }
}

/// The elements of an array, in order.
package struct TreeElements: Sequence, IteratorProtocol {
  private let tree: ValueTree
  private var place: Int
  private let end: Int

  init(value: TreeValue) {
    tree = value.tree
    place = value.place + 1
    end = Int(value.node.end)
  }

  /// How many are left.
  package var count: Int {
    var count = 0
    var place = place
    while place < end {
      place = Int(tree.nodes[place].end)
      count += 1
    }
    return count
  }

  /// The next of them.
  package mutating func next() -> TreeValue? {
    guard place < end else { return nil }
    defer { place = Int(tree.nodes[place].end) }
    return TreeValue(tree: tree, place: place)
  }
}
