import Transport

/// The members of a JSON object as the bytes that arrived.
///
/// A signature covers the text of `data` exactly as it was sent: once parsed and written again it
/// would be another text. So the object's values are cut out, not decoded.
struct RawObject: Sendable {
  private var members: [String: ArraySlice<UInt8>] = [:]

  /// Cuts the object that `bytes` hold; nil if they hold no JSON object, or two members of a name.
  init?(_ bytes: [UInt8]) {
    // The standard decoder has judged the grammar; below only the places of the members count.
    guard (try? JSONText.decode(AnyObject.self, from: bytes)) != nil else { return nil }
    var cutter = Cutter(bytes: bytes[...])
    guard cutter.consume("{") else { return nil }
    while !cutter.consume("}") {
      guard let key = cutter.value(), let value = cutter.colonAndValue(),
        let name = try? JSONText.decode(String.self, from: key),
        members.updateValue(value, forKey: name) == nil
      else { return nil }
      _ = cutter.consume(",")
    }
  }

  /// The text of a member without the space around it; nil if it is missing.
  subscript(name: String) -> ArraySlice<UInt8>? { members[name] }

  /// The value of a member; nil if it is missing or of another type.
  func value<Value: Decodable>(_ name: String, as type: Value.Type) -> Value? {
    members[name].flatMap { try? JSONText.decode(type, from: $0) }
  }

  /// Accepts any JSON object.
  private struct AnyObject: Decodable {
    private enum None: CodingKey {}
    init(from decoder: any Decoder) throws { _ = try decoder.container(keyedBy: None.self) }
  }
}

/// Walks over text that is known to be JSON.
private struct Cutter {
  var bytes: ArraySlice<UInt8>

  private mutating func skipSpace() {
    bytes = bytes.drop { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
  }

  /// Steps over `mark` and the space before it; false if something else comes.
  mutating func consume(_ mark: Unicode.Scalar) -> Bool {
    skipSpace()
    guard bytes.first == UInt8(ascii: mark) else { return false }
    bytes.removeFirst()
    return true
  }

  mutating func colonAndValue() -> ArraySlice<UInt8>? { consume(":") ? value() : nil }

  /// Cuts one value: up to the comma or the bracket that ends it.
  mutating func value() -> ArraySlice<UInt8>? {
    skipSpace()
    var depth = 0
    var inString = false
    var escaped = false
    var end = bytes.startIndex
    scan: while end < bytes.endIndex {
      let byte = bytes[end]
      if inString {
        if escaped {
          escaped = false
        } else if byte == UInt8(ascii: "\\") {
          escaped = true
        } else if byte == UInt8(ascii: "\"") {
          inString = false
        }
      } else {
        switch byte {
        case UInt8(ascii: "\""): inString = true
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
          if depth == 0 { break scan }
          depth -= 1
        case UInt8(ascii: ","), UInt8(ascii: ":"):
          if depth == 0 { break scan }
        case 0x20, 0x0A, 0x0D, 0x09:
          if depth == 0 { break scan }
        default: break
        }
      }
      end += 1
    }
    defer { bytes = bytes[end...] }
    return end == bytes.startIndex ? nil : bytes[..<end]
  }
}
