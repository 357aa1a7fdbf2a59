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
    let ordered =
      order == .sorted
      ? fields.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) } : fields
    var members: [String] = []
    for field in ordered {
      members.append("\"\(field.name)\":" + (try DataText.json(field.value)))
    }
    text = "{" + members.joined(separator: ",") + "}"
  }

  private static func json(_ value: Value) throws(TradingError) -> String {
    switch value {
    case .integer(let number):
      return String(number)
    case .text(let text):
      guard text.utf8.allSatisfy({ SafeText.isSafe($0) }) else {
        throw .invalid("“\(text.prefix(40))” has characters that cannot be signed safely.")
      }
      return "\"\(text)\""
    case .list(let items):
      var texts: [String] = []
      for item in items { texts.append(try json(.text(item))) }
      return "[" + texts.joined(separator: ",") + "]"
    }
  }
}
