import Glibc

/// The first file of a `multipart/form-data` body (RFC 7578).
struct Multipart {
  let name: String
  let content: [UInt8]

  /// nil if the body is not what `contentType` says, or holds no field `file`.
  init?(_ body: [UInt8], contentType: String) {
    guard contentType.lowercased().hasPrefix("multipart/form-data"),
      let boundary = contentType.field("boundary")
    else { return nil }
    let mark = Array("--\(boundary)".utf8)
    var position = 0
    while let start = body.find(mark, from: position) {
      let head = start + mark.count
      guard let headEnd = body.find(Array("\r\n\r\n".utf8), from: head),
        let end = body.find(Array("\r\n".utf8) + mark, from: headEnd + 2)
      else { return nil }
      let lines = String(decoding: body[head..<headEnd], as: UTF8.self)
      if lines.field("name") == "file" {
        name = lines.field("filename") ?? "file"
        content = headEnd + 4 <= end ? Array(body[(headEnd + 4)..<end]) : []
        return
      }
      position = end + 2
    }
    return nil
  }
}

extension String {
  /// A parameter such as `filename="x; y"`, quoted or not, of header lines.
  func field(_ name: String) -> String? {
    var rest = unicodeScalars[...]
    let ends: (Unicode.Scalar) -> Bool = { ";\r\n".unicodeScalars.contains($0) }
    while !rest.isEmpty {
      let key = rest.prefix { $0 != "=" && !ends($0) }
      rest = rest.dropFirst(key.count)
      var value = Substring.UnicodeScalarView()
      if rest.first == "=" {
        rest = rest.dropFirst()
        let isQuoted = rest.first == "\""
        if isQuoted { rest = rest.dropFirst() }
        value = rest.prefix { isQuoted ? $0 != "\"" : !ends($0) }
        rest = rest.dropFirst(value.count)
        if Substring(key).drop(while: { $0 == " " }) == name { return String(Substring(value)) }
      }
      rest = rest.drop { !ends($0) }.dropFirst()
    }
    return nil
  }
}

extension [UInt8] {
  /// Where `pattern` first stands at or after `start`.
  fileprivate func find(_ pattern: [UInt8], from start: Int) -> Int? {
    withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress, let first = pattern.first else { return nil }
      var position = start
      while position + pattern.count <= bytes.count,
        let hit = memchr(base + position, Int32(first), bytes.count - position)
      {
        position = UnsafeRawPointer(hit) - base
        if position + pattern.count > bytes.count { return nil }
        if memcmp(hit, pattern, pattern.count) == 0 { return position }
        position += 1
      }
      return nil
    }
  }
}
