import Database
import FoundationEssentials

/// A value kept as JSON text in one column.
enum JSONColumn {
  static func encode(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  /// Most lists are empty: neither way needs a coder for those.
  static func encode(list: [some Encodable]) throws -> String {
    list.isEmpty ? "[]" : try encode(list)
  }

  /// Nothing for no value.
  static func encode(optional value: (some Encodable)?) throws -> String? {
    try value.map { try encode($0) }
  }

  static func decode<T: Decodable>(_ column: String, of row: borrowing Row) throws -> T {
    try decode(try row.get(column), column)
  }

  static func decode<T: Decodable>(list column: String, of row: borrowing Row) throws -> [T] {
    let text: String = try row.get(column)
    return text == "[]" ? [] : try decode(text, column)
  }

  /// Nil for a column without a value.
  static func decode<T: Decodable>(
    optionalList column: String, of row: borrowing Row
  ) throws -> [T]? {
    let text: String? = try row.get(column)
    guard let text else { return nil }
    return text == "[]" ? [] : try decode(text, column)
  }

  /// Nil for a column without a value.
  static func decode<T: Decodable>(optional column: String, of row: borrowing Row) throws -> T? {
    let text: String? = try row.get(column)
    return try text.map { try decode($0, column) }
  }

  private static func decode<T: Decodable>(_ text: String, _ column: String) throws -> T {
    do {
      return try JSONDecoder().decode(T.self, from: Data(text.utf8))
    } catch {
      throw DatabaseError.unreadable(column: column, reason: "not the JSON that was written")
    }
  }
}
