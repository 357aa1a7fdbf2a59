import Transport

// Files go by HTTP, to and from addresses that the server names.

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
  /// line itself does.
  /// - Parameter limit: In bytes; beyond it the error is `transport(.tooLarge)`.
  public func download(
    _ url: String, to path: String, limit: Int, progress: @escaping Progress = { _ in }
  ) async throws(OneMeError) {
    var address = url
    for _ in 0...3 {
      var request = try configuration.transferRequest(address, method: "GET")
      request.responseFile = path
      request.responseBytes = limit
      request.progress = progress
      let answer = try await transfer(request)
      if answer.isSuccess { return }
      guard (300...399).contains(answer.status), let next = answer.headers["Location"],
        next.contains("://")
      else { throw OneMeClient.failure(answer) }
      address = next
    }
    throw .malformed(.fileAddress, "one redirect leads to the next")
  }

  /// The answer to an upload, which has to be a success.
  func uploaded(_ request: HTTPRequest) async throws(OneMeError) -> HTTPResponse {
    let answer = try await transfer(request)
    guard answer.isSuccess else { throw OneMeClient.failure(answer) }
    return answer
  }

  private func transfer(_ request: HTTPRequest) async throws(OneMeError) -> HTTPResponse {
    do throws(TransportError) {
      return try await network.send(request)
    } catch {
      throw error == .cancelled ? .cancelled : .transport(error)
    }
  }

  private static func failure(_ answer: HTTPResponse) -> OneMeError {
    .refused(
      Refusal(
        code: "http.\(answer.status)",
        explanation: answer.status == 413
          ? "The file is larger than the file server takes."
          : "The file server refused (HTTP \(answer.status))."))
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

extension OneMeConfiguration {
  /// How long not a byte may come or go.
  private static let transferPatience: Duration = .seconds(30)

  /// A request to an address that the server gave. The address may carry what gives access: it is
  /// shown to nobody.
  func transferRequest(_ url: String, method: String) throws(OneMeError) -> HTTPRequest {
    let isPlain = url.lowercased().hasPrefix("http://")
    let isOurs = self.url.lowercased().hasPrefix("ws://")
    guard !isPlain || isOurs else { throw .transport(.insecure("the file server")) }
    var request = HTTPRequest(method: method, url: url)
    request.headers = ["User-Agent": userAgent, "Origin": origin]
    request.stallTimeout = Self.transferPatience
    request.certificateAuthorityFile = certificateAuthorityFile
    return request
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
