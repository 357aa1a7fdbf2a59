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
      ) { try $0.decode(String.self, forKey: "url") }
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
  private static func bestVideo(_ object: WireObject) throws -> String {
    let sizes = object.allKeys.filter { $0.stringValue.hasPrefix("MP4_") }
      .sorted { height($0) > height($1) }
    for key in sizes + ["EXTERNAL"] {
      if let url = object.text(key) { return url }
    }
    throw DecodingError.dataCorrupted(
      .init(codingPath: object.codingPath, debugDescription: "no address"))
  }

  private static func height(_ key: WireKey) -> Int { Int(key.stringValue.dropFirst(4)) ?? 0 }
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
