import Cryptography

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
  /// How many bytes are worked on before others have their turn.
  private static let pieceSize = 256 << 10

  /// Encrypts the file at `path` into a new file at `sealed`.
  ///
  /// Throws ``TextSecureError/tooLarge(limit:)``, ``TextSecureError/file(_:)`` and
  /// ``TextSecureError/cancelled``; then there is no file at `sealed`.
  static func seal(
    _ path: String, to sealed: String, key: AttachmentKey, random: any RandomSource
  ) async throws(TextSecureError) {
    let input = try AttachmentFile(reading: path, limit: AttachmentTransfer.maximumSize)
    try await AttachmentFile.create(sealed) { output async throws(TextSecureError) in
      let iv = random.bytes(AES256.blockSize)
      var cipher = CBCStream(.encrypting, key: key.cipherKey, iv: iv)
      var code = HMACStream(key: key.authenticationKey)
      code.update(iv[...])
      try output.write(iv)
      while let piece = try await next(of: input, atMost: pieceSize) {
        let encrypted = cipher.update(piece[...])
        code.update(encrypted[...])
        try output.write(encrypted)
      }
      guard let last = cipher.finish() else { throw .file("\(path) cannot be encrypted") }
      code.update(last[...])
      try output.write(last + code.finish())
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
    let input = try AttachmentFile(reading: sealed, limit: maximumSize)
    let content = input.size - macSize
    guard content >= 2 * AES256.blockSize, content % AES256.blockSize == 0 else {
      throw .malformed("an attachment of \(input.size) bytes")
    }
    try await authenticate(input, content, key)
    try input.rewind()
    let iv = try input.read(atMost: AES256.blockSize)
    guard iv.count == AES256.blockSize else { throw .notAuthentic }
    try await AttachmentFile.create(path) { output async throws(TextSecureError) in
      var cipher = CBCStream(.decrypting, key: key.cipherKey, iv: iv)
      var left = content - iv.count
      while left > 0, let piece = try await next(of: input, atMost: min(left, pieceSize)) {
        left -= piece.count
        try output.write(cipher.update(piece[...]))
      }
      guard left == 0, let last = cipher.finish() else {
        throw .malformed("an attachment without whole blocks")
      }
      try output.write(last)
    }
  }

  private static func authenticate(
    _ input: AttachmentFile, _ content: Int, _ key: AttachmentKey
  ) async throws(TextSecureError) {
    var code = HMACStream(key: key.authenticationKey)
    var left = content
    while left > 0, let piece = try await next(of: input, atMost: min(left, pieceSize)) {
      left -= piece.count
      code.update(piece[...])
    }
    guard equalInConstantTime(try input.read(atMost: macSize), code.finish()) else {
      throw .notAuthentic
    }
  }

  /// The next piece, after others had their turn; nil at the end.
  private static func next(
    of input: AttachmentFile, atMost count: Int
  ) async throws(TextSecureError) -> [UInt8]? {
    await Task.yield()
    guard !Task.isCancelled else { throw .cancelled }
    let piece = try input.read(atMost: count)
    return piece.isEmpty ? nil : piece
  }
}
