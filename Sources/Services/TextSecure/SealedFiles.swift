import Accounts
import Cryptography
import Domain
import Files
import Storage
import TextSecure
import Transport

/// The files of messages: encrypted copies that wait in the spool, and those that lie with the relay.
struct SealedFiles: Sendable {
  private let transfer: AttachmentTransfer
  private let spool: FileSpool

  init(_ transfer: AttachmentTransfer, spool: FileSpool) {
    self.transfer = transfer
    self.spool = spool
  }

  /// A copy that waits for the line: what becomes of the file does not matter from then on.
  func seal(
    _ path: String
  ) async throws(UserError) -> (TextSecureOutgoing.File, AttachmentRecord) {
    try spool.prepare()
    let sealed: SealedFile
    do throws(TextSecureError) {
      sealed = try await transfer.seal(file: path)
    } catch {
      throw UserError(error)
    }
    let name = path.split(separator: "/").last.map { String($0) } ?? path
    let type = ContentType.of(fileNamed: name)
    return (
      TextSecureOutgoing.File(
        sealedPath: sealed.path, key: Base64.encode(sealed.key.bytes.revealed),
        contentType: type),
      AttachmentRecord(name: name, type: type, bytes: FileSize.of(path), path: path)
    )
  }

  /// Brings a copy to the relay.
  func upload(
    _ file: TextSecureOutgoing.File, progress: @escaping @Sendable (TransferProgress) -> Void
  ) async throws(TextSecureError) -> AttachmentPointer {
    guard let key = Base64.decode(file.key) else { throw .malformed("a kept key") }
    let sealed = SealedFile(
      path: spool.place(of: file.sealedPath), key: try AttachmentKey(SecretBytes(key)))
    return try await transfer.upload(sealed, contentType: file.contentType, progress: progress)
  }

  /// Brings a file from a relay into a folder; no file there is replaced.
  ///
  /// - Parameters:
  ///   - pointer: where it lies, as the message said.
  ///   - relay: the sender's; nil for our own.
  /// - Returns: its path.
  func download(
    _ pointer: [UInt8], to directory: String, name: String, relay: String?,
    progress: @escaping @Sendable (TransferProgress) -> Void
  ) async throws(UserError) -> String {
    try spool.prepare()
    do throws(TextSecureError) {
      return try await transfer.download(
        try AttachmentPointer(pointer), to: directory, name: name, relay: relay,
        progress: progress)
    } catch {
      throw UserError(error)
    }
  }

  /// Copies that nobody needs any more; one that is gone already is as good.
  func remove(_ files: [TextSecureOutgoing.File]) { spool.remove(files.map(\.sealedPath)) }
}
