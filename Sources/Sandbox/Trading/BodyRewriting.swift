import Transport

/// What the server hashes of a message's `data`.
///
/// The document says the text. Servers that read a message into a structure first have no text any
/// more: they write it again, each in its own way, and hash that.
enum BodyRewriting: String, Sendable, CaseIterable {
  /// The bytes as they came.
  case raw
  /// Written again with the fields in the order given, as JavaScript does.
  case inOrder = "in-order"
  /// Written again with the fields sorted and `< > &` escaped, as Go does with a map.
  case sorted
  /// Written again with the fields as the document lists them, as Go does with a structure.
  case documented

  /// The fields of every request in the document's order, and those of the vendor's libraries.
  private static let documentOrder = [
    "id", "from", "assetIn", "to", "assetOut", "amount", "amountIn", "network", "slippage_bps",
    "clientOrderId", "filter",
  ]

  /// What is hashed of `body`, which is JSON; nil if it is too deep to be read.
  func apply(to body: ArraySlice<UInt8>) -> [UInt8]? {
    guard self != .raw else { return Array(body) }
    var reader = JSONTree.Reader(rest: body)
    return reader.value(depth: 0).map { Array(text(of: $0).utf8) }
  }

  private func text(of tree: JSONTree) -> String {
    switch tree {
    case .word(let word): word
    case .string(let text): quoted(text)
    case .list(let items): "[" + items.map { text(of: $0) }.joined(separator: ",") + "]"
    case .object(let members):
      "{"
        + arranged(members).map { quoted($0.name) + ":" + text(of: $0.value) }
        .joined(separator: ",") + "}"
    }
  }

  private func arranged(_ members: [JSONTree.Member]) -> [JSONTree.Member] {
    switch self {
    case .raw, .inOrder: return members
    case .sorted:
      return members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    case .documented:
      func place(_ name: String) -> Int {
        BodyRewriting.documentOrder.firstIndex(of: name) ?? BodyRewriting.documentOrder.count
      }
      return members.enumerated()
        .sorted { (place($0.element.name), $0.offset) < (place($1.element.name), $1.offset) }
        .map(\.element)
    }
  }

  private func quoted(_ text: String) -> String {
    var output = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": output += "\\\""
      case "\\": output += "\\\\"
      case "\n": output += "\\n"
      case "\r": output += "\\r"
      case "\t": output += "\\t"
      case "<", ">", "&", "\u{2028}", "\u{2029}":
        if self == .inOrder {
          output.unicodeScalars.append(scalar)
        } else {
          output += escape(scalar)
        }
      case "\u{8}" where self == .inOrder: output += "\\b"
      case "\u{c}" where self == .inOrder: output += "\\f"
      case "\0"..<" ": output += escape(scalar)
      default: output.unicodeScalars.append(scalar)
      }
    }
    return output + "\""
  }

  private func escape(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }
}

/// JSON that is known to be well-formed, with members in order; numbers and words as they stand.
enum JSONTree {
  struct Member {
    let name: String
    let value: JSONTree
  }

  case word(String)
  case string(String)
  case list([JSONTree])
  case object([Member])

  struct Reader {
    private static let depthLimit = 64
    var rest: ArraySlice<UInt8>

    /// The next value; nil beyond the depth that is read.
    mutating func value(depth: Int) -> JSONTree? {
      guard depth < Reader.depthLimit else { return nil }
      if consume("{") {
        var members: [Member] = []
        while !consume("}") {
          guard let name = string(), consume(":"), let value = value(depth: depth + 1) else {
            return nil
          }
          members.append(Member(name: name, value: value))
          _ = consume(",")
        }
        return .object(members)
      }
      if consume("[") {
        var items: [JSONTree] = []
        while !consume("]") {
          guard let item = value(depth: depth + 1) else { return nil }
          items.append(item)
          _ = consume(",")
        }
        return .list(items)
      }
      if rest.first == UInt8(ascii: "\"") { return string().map { .string($0) } }
      let word = rest.prefix { !" \n\r\t,]}".utf8.contains($0) }
      rest = rest[word.endIndex...]
      return word.isEmpty ? nil : .word(String(decoding: word, as: UTF8.self))
    }

    private mutating func consume(_ mark: Unicode.Scalar) -> Bool {
      rest = rest.drop { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
      guard rest.first == UInt8(ascii: mark) else { return false }
      rest.removeFirst()
      return true
    }

    private mutating func string() -> String? {
      rest = rest.drop { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
      var end = rest.startIndex + 1
      while end < rest.endIndex, rest[end] != UInt8(ascii: "\"") {
        end += rest[end] == UInt8(ascii: "\\") ? 2 : 1
      }
      guard end < rest.endIndex else { return nil }
      let text = rest[...end]
      rest = rest[(end + 1)...]
      do { return try JSONText.decode(String.self, from: text) } catch { return nil }
    }
  }
}
