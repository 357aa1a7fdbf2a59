import Cryptography
import JSON
import Transport

extension OneMeClient {
  /// Where the content of an attachment can be had now (opcodes 88 and 83, MAX protocol notes §3.1);
  /// photos, voice notes and stickers say it themselves.
  ///
  /// - Returns: nil for what has no content.
  public func address(
    of attachment: Attachment, chat: Int64, messageId: Int64
  ) async throws(OneMeError) -> String? {
    switch attachment {
    case .photo(let url, _, _, _), .sticker(let url): return url
    case .audio(_, let source): return source.url
    case .file(_, _, let source):
      guard let id = source.id else { return nil }
      return try await ask(
        .fileAddress, FileChoice(fileId: id, chatId: chat, messageId: MessageID(messageId))
      ) { try $0.required("url", as: String.self) }
    case .video(_, _, _, let source):
      guard let id = source.id else { return nil }
      let choice = VideoChoice(
        videoId: id, chatId: chat, messageId: MessageID(messageId), token: source.token?.revealed)
      return try await ask(.videoAddress, choice, OneMeClient.bestVideo)
    default: return nil
    }
  }

  /// Gets what is at `url`, an answer of `address(of:chat:messageId:)`, into a new file at `path` that
  /// only its owner can read. After an error there is no such file.
  ///
  /// Follows up to three redirects. Nothing goes to this machine or without encryption, unless the
  /// connection itself does.
  /// - Parameter limit: In bytes; beyond it the error is `transport(.tooLarge)`.
  public func download(
    _ url: String, to path: String, limit: Int, progress: @escaping Progress = { _ in }
  ) async throws(OneMeError) {
    try await files.download(url, to: path, limit: limit, progress: progress)
  }

  /// The sizes have names such as `MP4_480`; the largest is meant.
  private static func bestVideo(_ object: TreeObject) throws -> String {
    let videos = object.fields.compactMap { field -> (height: Int, url: String)? in
      guard field.name.hasPrefix("MP4_"), let url = field.value.text else { return nil }
      return (Int(field.name.dropFirst(4)) ?? 0, url)
    }
    if let best = videos.max(by: { $0.height < $1.height }) { return best.url }
    if let url = object.text("EXTERNAL") { return url }
    throw object.value.corrupted("no address")
  }
}

private struct FileChoice: Encodable {
  var fileId: Int64
  var chatId: Int64
  var messageId: MessageID
}

private struct VideoChoice: Encodable {
  var videoId: Int64
  var chatId: Int64
  var messageId: MessageID
  var token: String?
}

extension OneMeClient {
  /// Told how far a transfer is, from any thread.
  public typealias Progress = @Sendable (TransferProgress) -> Void

  /// Uploads the photo at `path` for a message (opcode 80, then a form by HTTP; MAX protocol notes
  /// §3.1). The file is read piece by piece.
  ///
  /// - Parameter name: What the receiver sees; control characters and quotes are left out.
  public func uploadPhoto(
    _ path: String, name: String, progress: @escaping Progress = { _ in }
  ) async throws(OneMeError) -> OutgoingAttachment {
    let size = try FileTransfer.size(of: path)
    let url: String = try await ask(.uploadPhoto, ["count": 1]) {
      try $0.required("url", as: String.self)
    }
    let form = UploadForm(fileName: name, boundary: SystemRandom().hexadecimal(16))
    var upload = try files.request(
      to: url, size: form.head.count + size + form.tail.count, progress)
    upload.headers["Content-Type"] = form.contentType
    upload.body = .framed(before: form.head, file: path, after: form.tail)
    let answer = try await files.upload(upload)
    do {
      let photos = try UploadedPhotos(from: JSONReader.read(answer.body).root)
      return .photo(token: photos.token)
    } catch {
      throw .malformed(.uploadPhoto, OneMeError.reason(error))
    }
  }

  /// Uploads the file at `path` for a message (opcode 87, then its bytes by HTTP; MAX protocol notes
  /// §3.1). The file is read piece by piece. The server then works on it: `send(_:to:)` waits for
  /// that.
  ///
  /// - Parameter name: What the receiver sees.
  public func uploadFile(
    _ path: String, name: String, progress: @escaping Progress = { _ in }
  ) async throws(OneMeError) -> OutgoingAttachment {
    let size = try FileTransfer.size(of: path)
    let places = try await ask(.uploadFile, ["count": 1]) { object in
      object.list("info", of: UploadPlace.self).elements
    }
    guard let place = places.first else { throw .malformed(.uploadFile, "no place to upload to") }
    var upload = try files.request(to: place.url, size: size, progress)
    upload.headers["Content-Type"] = "application/octet-stream"
    upload.headers["Content-Disposition"] =
      "attachment; filename=\(PercentEncoding.encode(name))"
    if size > 0 { upload.headers["Content-Range"] = "bytes 0-\(size - 1)/\(size)" }
    upload.body = .file(path)
    _ = try await files.upload(upload)
    return .file(id: place.fileId)
  }
}

/// Where a file goes, and what it is called from then on.
private struct UploadPlace: WireDecodable {
  var url: String
  var fileId: Int64

  init(from value: TreeValue) throws {
    let object = try value.object()
    url = try object.required("url", as: String.self)
    fileId = try object.requiredNumber("fileId")
  }
}

/// `{"photos":{"<any>":{"token":"…"}}}`
private struct UploadedPhotos: WireDecodable {
  var token: Secret

  init(from value: TreeValue) throws {
    guard let photos = try value.object()["photos"]?.object() else {
      throw value.corrupted("no photos")
    }
    guard let photo = photos.fields.first?.value else { throw photos.value.corrupted("no photo") }
    token = try photo.object().required("token", as: Secret.self)
  }
}
