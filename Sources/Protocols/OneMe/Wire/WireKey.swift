/// A key of a JSON object, known by its spelling alone.
///
/// The server's objects grow keys from one week to the next; naming them where they are read keeps a
/// decoder to one line a key.
struct WireKey: CodingKey, ExpressibleByStringLiteral {
  let stringValue: String
  var intValue: Int? { nil }

  init(stringValue: String) { self.stringValue = stringValue }
  init(stringLiteral value: String) { stringValue = value }
  init?(intValue: Int) { nil }
}

typealias WireObject = KeyedDecodingContainer<WireKey>

extension Decoder {
  /// The object this decoder stands at.
  func object() throws -> WireObject { try container(keyedBy: WireKey.self) }
}
