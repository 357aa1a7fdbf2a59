import Cryptography

/// Brings attachments to the relay's storage and back.
public struct AttachmentTransfer: Sendable {
  private let api: RelayAPI
  private let random: any RandomSource
  private let temporaryDirectory: String

  /// - Parameter temporaryDirectory: For files on their way; on the file system of the folder into
  ///   which attachments are saved, and for nobody else's eyes.
  public init(api: RelayAPI, random: any RandomSource, temporaryDirectory: String) {
    self.api = api
    self.random = random
    self.temporaryDirectory = temporaryDirectory
  }

  /// Encrypts the file at `path` with a new key and uploads it; the pointer goes into a message.
  public func upload(
    file path: String, contentType: String
  ) async throws(TextSecureError) -> AttachmentPointer {
    let key = AttachmentKey(random: random)
    let blob = try key.seal(
      try AttachmentFile.read(path, limit: AttachmentKey.maximumSize), random: random)
    let temporary = newTemporary()
    try AttachmentFile.create(temporary, blob)
    defer { AttachmentFile.remove(temporary) }
    let allocation = try await api.allocateAttachment()
    try await api.putAttachment(file: temporary, at: allocation.location)
    return AttachmentPointer(id: allocation.id, contentType: contentType, key: key)
  }

  /// Downloads what `pointer` points to and saves it in `directory`; returns the file's path.
  ///
  /// Not a byte is written before the MAC over all of it is right, and no file is ever replaced.
  /// - Parameters:
  ///   - name: What the file should be called; made safe, and numbered if taken.
  ///   - relay: The federated relay of the sender.
  public func download(
    _ pointer: AttachmentPointer, to directory: String, name: String, relay: String? = nil
  ) async throws(TextSecureError) -> String {
    let location = try await api.attachmentLocation(pointer.id, relay: relay)
    let plaintext = try pointer.key.open(try await api.getAttachment(at: location))
    let temporary = newTemporary()
    try AttachmentFile.create(temporary, plaintext)
    do {
      return try AttachmentFile.place(
        temporary, in: directory,
        as: AttachmentFile.safeName(name, fallback: "attachment-\(pointer.id)"))
    } catch {
      AttachmentFile.remove(temporary)
      throw error
    }
  }

  private func newTemporary() -> String {
    "\(temporaryDirectory)/.attachment-\(random.hexadecimal(8))"
  }
}
