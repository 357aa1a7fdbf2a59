import Cryptography
import Files

/// An encrypted attachment in a file: IV (16 bytes), AES-256-CBC with padding, HMAC-SHA256 (32 bytes)
/// over both (seed 002; TextSecure protocol notes §5.4).
///
/// Files are read and written piece by piece, so that the memory needed does not grow with them.
enum SealedAttachment {
  private static let macSize = HMACStream.size
  /// The IV, a block of padding and the MAC.
  private static let overhead = 2 * AES256.blockSize + macSize
  /// The largest sealed attachment, in bytes.
  static let maximumSize = AttachmentTransfer.maximumSize + overhead

  /// Encrypts the file at `path` into a new file at `sealed`.
  ///
  /// Throws ``TextSecureError/file(_:)`` and ``TextSecureError/cancelled``; then there is no file at `sealed`.
  static func seal(
    _ path: String, to sealed: String, key: AttachmentKey, random: any RandomSource
  ) async throws(TextSecureError) {
    let input = try open(path, limit: AttachmentTransfer.maximumSize)
    do throws(FileError) {
      try NewFile.checkSpace(for: input.size + overhead, beside: sealed)
    } catch {
      throw TextSecureError(error)
    }
    try await create(sealed) { output async throws(TextSecureError) in
      let iv = random.bytes(AES256.blockSize)
      var cipher = CBCStream(.encrypting, key: key.cipherKey, iv: iv)
      var code = HMACStream(key: key.authenticationKey)
      code.update(iv[...])
      try write(iv, to: output)
      while let piece = try await next(of: input, atMost: NamedFile.pieceSize) {
        let encrypted = cipher.update(piece[...])
        code.update(encrypted[...])
        try write(encrypted, to: output)
      }
      guard let last = cipher.finish() else {
        throw .file(.failed(path, "it cannot be encrypted"))
      }
      code.update(last[...])
      try write(last + code.finish(), to: output)
    }
  }

  /// Decrypts the sealed file at `sealed` into a new file at `path`, after the MAC over all of it was
  /// found right.
  ///
  /// Throws ``TextSecureError/malformed(_:)``, ``TextSecureError/notAuthentic``,
  /// ``TextSecureError/file(_:)`` and ``TextSecureError/cancelled``; then there is no file at `path`.
  static func open(
    _ sealed: String, to path: String, key: AttachmentKey
  ) async throws(TextSecureError) {
    let input = try open(sealed, limit: maximumSize)
    let content = input.size - macSize
    guard content >= 2 * AES256.blockSize, content % AES256.blockSize == 0 else {
      throw .malformed("an attachment of \(input.size) bytes")
    }
    try await authenticate(input, content, key)
    do throws(FileError) { try input.rewind() } catch { throw TextSecureError(error) }
    let iv = try read(input, AES256.blockSize)
    guard iv.count == AES256.blockSize else { throw .notAuthentic }
    try await create(path) { output async throws(TextSecureError) in
      var cipher = CBCStream(.decrypting, key: key.cipherKey, iv: iv)
      var left = content - iv.count
      while left > 0,
        let piece = try await next(of: input, atMost: min(left, NamedFile.pieceSize))
      {
        left -= piece.count
        try write(cipher.update(piece[...]), to: output)
      }
      guard left == 0, let last = cipher.finish() else {
        throw .malformed("an attachment without whole blocks")
      }
      try write(last, to: output)
    }
  }

  private static func authenticate(
    _ input: NamedFile, _ content: Int, _ key: AttachmentKey
  ) async throws(TextSecureError) {
    var code = HMACStream(key: key.authenticationKey)
    var left = content
    while left > 0,
      let piece = try await next(of: input, atMost: min(left, NamedFile.pieceSize))
    {
      left -= piece.count
      code.update(piece[...])
    }
    guard equalInConstantTime(try read(input, macSize), code.finish()) else {
      throw .notAuthentic
    }
  }

  // MARK: Files, whose errors are ours

  private static func open(_ path: String, limit: Int) throws(TextSecureError) -> NamedFile {
    do throws(FileError) { return try NamedFile(path, limit: limit) } catch {
      throw TextSecureError(error)
    }
  }

  private static func create(
    _ path: String, _ fill: (NewFile) async throws(TextSecureError) -> Void
  ) async throws(TextSecureError) {
    try await NewFile.create(path, failing: { TextSecureError($0) }, fill: fill)
  }

  private static func write(_ bytes: [UInt8], to file: NewFile) throws(TextSecureError) {
    do throws(FileError) { try file.write(bytes) } catch { throw TextSecureError(error) }
  }

  private static func read(
    _ file: NamedFile, _ count: Int
  ) throws(TextSecureError) -> [UInt8] {
    do throws(FileError) { return try file.read(atMost: count) } catch {
      throw TextSecureError(error)
    }
  }

  /// The next piece, after others had their turn; nil at the end.
  private static func next(
    of file: NamedFile, atMost count: Int
  ) async throws(TextSecureError) -> [UInt8]? {
    do throws(FileError) { return try await file.next(atMost: count) } catch {
      throw TextSecureError(error)
    }
  }
}
