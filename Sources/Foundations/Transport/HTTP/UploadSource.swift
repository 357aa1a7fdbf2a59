import Glibc

/// The body of an outgoing request, read piece by piece: bytes at hand, an open file, or one between
/// the other.
final class UploadSource {
  let count: Int
  private let before: [UInt8]
  private let file: (descriptor: Int32, size: Int)?
  private let after: [UInt8]
  /// How many bytes have been read.
  private(set) var offset = 0

  /// nil for a request without a body. Throws `.io` when the file cannot be opened.
  init?(_ body: HTTPRequest.Body) throws(TransportError) {
    switch body {
    case .none: return nil
    case .bytes(let bytes): (before, file, after) = (bytes, nil, [])
    case .file(let path): (before, file, after) = ([], try Self.open(path), [])
    case .framed(let before, let path, let after):
      (self.before, file, self.after) = (before, try Self.open(path), after)
    }
    count = before.count + (file?.size ?? 0) + after.count
  }

  deinit { if let file { close(file.descriptor) } }

  /// How many bytes were put into `buffer`; 0 at the end, nil when the file cannot be read.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int? {
    let fileEnd = before.count + (file?.size ?? 0)
    let length: Int
    if offset < before.count {
      length = copy(before[offset...], into: buffer)
    } else if offset < fileEnd, let file {
      length = pread(
        file.descriptor, buffer.baseAddress, min(buffer.count, fileEnd - offset),
        offset - before.count)
      // A file that has become shorter would leave the peer waiting for the rest.
      guard length > 0 else { return nil }
    } else {
      length = copy(after[(offset - fileEnd)...], into: buffer)
    }
    offset += length
    return length
  }

  func seek(to offset: Int) -> Bool {
    guard (0...count).contains(offset) else { return false }
    self.offset = offset
    return true
  }

  private func copy(
    _ bytes: ArraySlice<UInt8>, into buffer: UnsafeMutableRawBufferPointer
  )
    -> Int
  {
    let part = bytes.prefix(buffer.count)
    buffer.copyBytes(from: part)
    return part.count
  }

  private static func open(
    _ path: String
  ) throws(TransportError) -> (descriptor: Int32, size: Int) {
    let file = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    var status = stat()
    guard file >= 0, fstat(file, &status) == 0 else {
      let text = String(cString: strerror(errno))
      if file >= 0 { close(file) }
      throw .io("\(path): \(text)")
    }
    return (file, Int(status.st_size))
  }
}
