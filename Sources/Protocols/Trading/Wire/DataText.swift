import Domain

/// The `data` of a message as the exact text that is hashed and then sent.
///
/// It is built once: two encoder runs over the same values need not write the same bytes. Compact,
/// safe characters only, no floating point, so that a server which reads and re-writes it before
/// hashing comes to the same bytes.
struct DataText: Sendable, Equatable {
  enum Value: Sendable {
    case text(String)
    case integer(Int)
    case list([String])
  }

  let text: String

  /// Throws `TradingError.invalid` if a text has a character outside `[A-Za-z0-9_.:-]`.
  init(_ fields: [(name: String, value: Value)], order: KeyOrder) throws(TradingError) {
    // The names are ASCII, in which texts and their bytes have the same order.
    let ordered = order == .sorted ? fields.sorted { $0.name < $1.name } : fields
    var text = "{"
    text.reserveCapacity(128)
    for field in ordered {
      text += text.utf8.count == 1 ? "\"" : ",\""
      text += field.name
      text += "\":"
      try DataText.write(field.value, to: &text)
    }
    text += "}"
    self.text = text
  }

  private static func write(_ value: Value, to text: inout String) throws(TradingError) {
    switch value {
    case .integer(let number): text += String(number)
    case .text(let value):
      guard value.utf8.allSatisfy({ SafeText.isSafe($0) }) else {
        throw .invalid("“\(value.prefix(40))” has characters that cannot be signed safely.")
      }
      text += "\""
      text += value
      text += "\""
    case .list(let items):
      text += "["
      for (index, item) in items.enumerated() {
        if index > 0 { text += "," }
        try write(.text(item), to: &text)
      }
      text += "]"
    }
  }
}
