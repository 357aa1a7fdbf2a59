/// A file's text without its comments and without what stands in its strings, and those strings.
struct SourceCode {
  /// Line breaks stay where they were; a string is left as two quotation marks.
  private(set) var code: [UInt8] = []
  /// What stands between quotation marks, with `{}` for what is put in there.
  private(set) var strings: [String] = []

  private let bytes: [UInt8]
  private var place = 0

  init(_ text: String) {
    bytes = Array(text.utf8)
    code.reserveCapacity(bytes.count)
    while place < bytes.count {
      if begins("//") {
        while place < bytes.count, bytes[place] != UInt8(ascii: "\n") { place += 1 }
      } else if bytes[place] == UInt8(ascii: "\"") {
        let start = place
        strings.append(String(decoding: string(), as: UTF8.self))
        let breaks = bytes[start..<place].filter { $0 == UInt8(ascii: "\n") }
        code += Array("\"\"".utf8) + breaks
      } else {
        code.append(bytes[place])
        place += 1
      }
    }
  }

  private func begins(_ text: StaticString) -> Bool {
    let end = place + text.utf8CodeUnitCount
    guard end <= bytes.count else { return false }
    for offset in 0..<text.utf8CodeUnitCount
    where bytes[place + offset] != text.utf8Start[offset] { return false }
    return true
  }

  /// Reads a string from its first quotation mark to its last.
  private mutating func string() -> [UInt8] {
    let isLong = begins("\"\"\"")
    place += isLong ? 3 : 1
    var content: [UInt8] = []
    while place < bytes.count {
      if isLong ? begins("\"\"\"") : begins("\"") {
        place += isLong ? 3 : 1
        return content
      }
      if begins("\\(") {
        place += 2
        skipInterpolation()
        content += Array("{}".utf8)
      } else {
        if bytes[place] == UInt8(ascii: "\\") {
          content.append(bytes[place])
          place += 1
        }
        content.append(bytes[place])
        place += 1
      }
    }
    return content
  }

  /// Reads on behind the parenthesis that closes the one before `place`.
  private mutating func skipInterpolation() {
    var depth = 1
    while depth > 0, place < bytes.count {
      switch bytes[place] {
      case UInt8(ascii: "\""):
        _ = string()
        continue
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"): depth -= 1
      default: break
      }
      place += 1
    }
  }
}
