import Transport

/// A place for an attachment.
public struct AttachmentAllocation: Sendable, Equatable {
  public let id: UInt64
  /// Where it is to be put; signed, for an hour.
  public let location: String
}

extension RelayClient {
  private struct Allocation: Decodable {
    let id: WireInteger
    let location: String
  }
  private struct Location: Decodable { let location: String }

  /// Asks for a place (`GET /v1/attachments/`).
  public func allocateAttachment() async throws(TextSecureError) -> AttachmentAllocation {
    let answer = try decode(
      Allocation.self, try await call("GET", "/v1/attachments/", missing: .noAttachments))
    return AttachmentAllocation(id: answer.id.value, location: answer.location)
  }

  /// Puts the encrypted file at `path` where the relay said (`PUT {attachment_url}`).
  public func putAttachment(
    file path: String, at location: String,
    progress: @escaping @Sendable (TransferProgress) -> Void = { _ in }
  ) async throws(TextSecureError) {
    var request = try storageRequest("PUT", location)
    request.body = .file(path)
    request.progress = progress
    _ = try await send(request, missing: .noAttachments)
  }

  /// Where an attachment lies (`GET /v1/attachments/{id}`).
  public func attachmentLocation(
    _ id: UInt64, relay: String? = nil
  ) async throws(TextSecureError) -> String {
    let answer = try await call(
      "GET", "/v1/attachments/\(id)\(RelayClient.query(relay))", missing: .attachmentGone)
    return try decode(Location.self, answer).location
  }

  /// Gets an encrypted attachment (`GET {attachment_url}`) into a new file at `path`, not yet checked
  /// in any way. After an error there is no such file.
  ///
  /// Throws ``TextSecureError/tooLarge(limit:)``.
  public func getAttachment(
    at location: String, into path: String,
    progress: @escaping @Sendable (TransferProgress) -> Void = { _ in }
  ) async throws(TextSecureError) {
    var request = try storageRequest("GET", location)
    request.responseFile = path
    request.responseBytes = SealedAttachment.maximumSize
    request.progress = progress
    do { _ = try await send(request, missing: .attachmentGone) } catch .transport(.tooLarge) {
      throw .tooLarge(limit: AttachmentTransfer.maximumSize)
    }
  }

  /// The storage is not the relay: it gets no credentials, and this very type, with which the address
  /// was signed (TextSecure protocol notes §3.3). Nothing goes without encryption, and so to this
  /// machine, unless the relay itself is reached like that.
  func storageRequest(
    _ method: String, _ location: String
  ) throws(TextSecureError) -> HTTPRequest {
    let isPlain = location.lowercased().hasPrefix("http://")
    guard !isPlain || configuration.url.lowercased().hasPrefix("http://") else {
      throw .transport(.insecure("the relay's storage"))
    }
    var request = HTTPRequest(method: method, url: location)
    // A large file on a slow line takes its time, as long as it moves.
    request.stallTimeout = configuration.timeout
    request.headers["Content-Type"] = "application/octet-stream"
    return request
  }
}
