/// Status line and header fields of an HTTP/1.1 answer.
struct HTTPHead {
  let status: Int
  let headers: HTTPHeaders

  /// Takes a complete head from the front of `input`; nil while its end has not arrived.
  ///
  /// Throws `.protocolViolation` as soon as the bytes cannot become a head of at most `limit` bytes.
  /// `searched` remembers how far the end was looked for: bytes may arrive one at a time.
  init?(
    consuming input: inout ByteQueue, limit: Int, searched: inout Int
  ) throws(TransportError) {
    let bytes = input.unread.prefix(limit)
    guard zip(bytes, "HTTP/1.".utf8).allSatisfy(==) else {
      throw .protocolViolation("the answer is not HTTP")
    }
    guard let end = HTTPHead.end(of: bytes.dropFirst(searched)) else {
      searched = max(0, bytes.count - 3)
      guard input.count < limit else {
        throw .protocolViolation("the answer's head is longer than \(limit) bytes")
      }
      return nil
    }
    var lines = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n")
    let statusLine = lines.removeFirst().split(separator: " ", maxSplits: 2)
    guard statusLine.count >= 2, statusLine[1].utf8.count == 3, let status = Int(statusLine[1]),
      status >= 100
    else { throw .protocolViolation("the answer has no status") }
    var headers = HTTPHeaders()
    for line in lines {
      guard let field = HTTPHeaders.Field(line: line) else {
        throw .protocolViolation("the answer has a malformed header field")
      }
      headers.append(field.name, field.value)
    }
    input.consume(end - bytes.startIndex + 4)
    self.status = status
    self.headers = headers
  }

  /// Where the empty line begins that ends the head.
  private static func end(of bytes: ArraySlice<UInt8>) -> Int? {
    let mark = Array("\r\n\r\n".utf8)
    return bytes.indices.first { bytes[$0] == mark[0] && bytes[$0...].starts(with: mark) }
  }
}

extension HTTPHeaders.Field {
  /// A field from its line, without the line break; nil if there is no name.
  init?(line: some StringProtocol) {
    guard let colon = line.firstIndex(of: ":"), colon != line.startIndex,
      !line[..<colon].contains(where: \.isWhitespace)
    else { return nil }
    name = String(line[..<colon])
    let rest = line[colon...].dropFirst().drop { $0 == " " || $0 == "\t" }
    value = String(rest.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
  }
}
