import Cryptography
import Files
import Transport

/// A file as it will lie on the relay, and the key that opens it.
public struct SealedFile: Sendable, Equatable {
  public let path: String
  public let key: AttachmentKey

  public init(path: String, key: AttachmentKey) {
    self.path = path
    self.key = key
  }
}

/// Brings attachments to the relay's storage and back, piece by piece: the memory needed does not
/// grow with them.
public struct AttachmentTransfer: Sendable {
  /// The largest attachment, in bytes.
  public static let maximumSize = 100 << 20

  /// Told how many bytes of the encrypted attachment are through, from any thread.
  public typealias Progress = @Sendable (TransferProgress) -> Void

  private let api: RelayClient
  private let random: any RandomSource
  private let temporaryDirectory: String

  /// - Parameter temporaryDirectory: For encrypted files on their way.
  public init(api: RelayClient, random: any RandomSource, temporaryDirectory: String) {
    self.api = api
    self.random = random
    self.temporaryDirectory = temporaryDirectory
  }

  /// Encrypts the file at `path` with a new key, to be uploaded whenever there is a line: what becomes
  /// of the file from then on does not matter. The caller removes the copy.
  public func seal(file path: String) async throws(TextSecureError) -> SealedFile {
    let sealed = SealedFile(
      path: newTemporary(in: temporaryDirectory), key: AttachmentKey(random: random))
    try await SealedAttachment.seal(path, to: sealed.path, key: sealed.key, random: random)
    return sealed
  }

  /// Uploads a file that was sealed before; the pointer goes into a message.
  ///
  /// - Parameter contentType: MIME, for the receiver.
  public func upload(
    _ sealed: SealedFile, contentType: String, progress: @escaping Progress = { _ in }
  ) async throws(TextSecureError) -> AttachmentPointer {
    let allocation = try await api.allocateAttachment()
    try await api.putAttachment(file: sealed.path, at: allocation.location, progress: progress)
    return AttachmentPointer(id: allocation.id, contentType: contentType, key: sealed.key)
  }

  /// Encrypts and uploads the file at `path` in one go.
  public func upload(
    file path: String, contentType: String, progress: @escaping Progress = { _ in }
  ) async throws(TextSecureError) -> AttachmentPointer {
    let sealed = try await seal(file: path)
    defer { NewFile.remove(sealed.path) }
    return try await upload(sealed, contentType: contentType, progress: progress)
  }

  /// Downloads what `pointer` points to and saves it in `directory`; returns the file's path.
  ///
  /// Nothing is decrypted before the MAC over all of it is right, nothing has the final name before
  /// it is whole, and no file is ever replaced.
  /// - Parameters:
  ///   - name: What the file should be called; made safe, and numbered if taken.
  ///   - relay: The federated relay of the sender.
  public func download(
    _ pointer: AttachmentPointer, to directory: String, name: String, relay: String? = nil,
    progress: @escaping Progress = { _ in }
  ) async throws(TextSecureError) -> String {
    let location = try await api.attachmentLocation(pointer.id, relay: relay)
    let sealed = newTemporary(in: temporaryDirectory)
    defer { NewFile.remove(sealed) }
    try await api.getAttachment(at: location, into: sealed, progress: progress)
    // In the same folder, since a name can only be given within one file system.
    let plain = newTemporary(in: directory)
    try await SealedAttachment.open(sealed, to: plain, key: pointer.key)
    do throws(FileError) {
      return try AttachmentName.place(
        plain, in: directory,
        as: AttachmentName.safe(name, fallback: "attachment-\(pointer.id)"))
    } catch {
      NewFile.remove(plain)
      throw .file(error)
    }
  }

  private func newTemporary(in directory: String) -> String {
    "\(directory)/.attachment-\(random.hexadecimal(8))"
  }
}
