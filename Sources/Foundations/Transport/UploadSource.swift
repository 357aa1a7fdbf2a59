import Glibc

/// The body of an outgoing request, read piece by piece: bytes at hand or an open file.
final class UploadSource {
  let count: Int
  private let bytes: [UInt8]
  private let descriptor: Int32?
  /// How many bytes have been read.
  private(set) var offset = 0

  /// nil for a request without a body. Throws `.io` when the file cannot be opened.
  init?(_ body: HTTPRequest.Body) throws(TransportError) {
    switch body {
    case .none: return nil
    case .bytes(let bytes):
      self.bytes = bytes
      count = bytes.count
      descriptor = nil
    case .file(let path):
      let file = open(path, O_RDONLY | O_CLOEXEC)
      var status = stat()
      guard file >= 0, fstat(file, &status) == 0 else {
        let text = String(cString: strerror(errno))
        if file >= 0 { close(file) }
        throw .io("\(path): \(text)")
      }
      bytes = []
      count = Int(status.st_size)
      descriptor = file
    }
  }

  deinit { if let descriptor { close(descriptor) } }

  /// How many bytes were put into `buffer`; 0 at the end, nil when the file cannot be read.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int? {
    let length: Int
    if let descriptor {
      length = pread(descriptor, buffer.baseAddress, buffer.count, offset)
      guard length >= 0 else { return nil }
    } else {
      length = min(buffer.count, bytes.count - offset)
      buffer.copyBytes(from: bytes[offset..<offset + length])
    }
    offset += length
    return length
  }

  func seek(to offset: Int) -> Bool {
    guard (0...count).contains(offset) else { return false }
    self.offset = offset
    return true
  }
}
