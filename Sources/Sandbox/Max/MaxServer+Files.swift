import Transport

/// Opcodes 80, 82, 83, 87, 88, and the HTTP side of state.files.
extension MaxServer {
  /// From an upload's end to opcode 136.
  static let processingTime: Duration = .seconds(1)

  func openPhoto(_ request: MaxRequest.Upload, _ caller: Caller) -> MaxAnswer.PhotoUpload {
    let slot = state.files.open(.photo, for: caller.account)
    return MaxAnswer.PhotoUpload(url: place.address + state.files.uploadPath(slot))
  }

  /// Type 2 stands for a voice note.
  func openVideo(_ request: MaxRequest.Upload, _ caller: Caller) -> MaxAnswer.Uploads {
    let slot = state.files.open(request.type == 2 ? .audio : .video, for: caller.account)
    return MaxAnswer.Uploads(
      info: [
        .init(
          url: place.address + state.files.uploadPath(slot), fileId: nil, videoId: slot.id,
          audioId: slot.kind == .audio ? slot.id : nil, token: state.files.token(of: slot.id))
      ])
  }

  func openFile(_ request: MaxRequest.Upload, _ caller: Caller) -> MaxAnswer.Uploads {
    let slot = state.files.open(.file, for: caller.account)
    return MaxAnswer.Uploads(
      info: [
        .init(
          url: place.address + state.files.uploadPath(slot), fileId: slot.id, videoId: nil,
          audioId: nil,
          token: state.files.token(of: slot.id))
      ])
  }

  func download(
    _ request: MaxRequest.Download, _ caller: Caller
  ) throws(MaxRefusal) -> MaxAnswer.Download {
    let size = try size(of: request.fileId, "fileId", in: request.messageId, request.chatId, caller)
    return MaxAnswer.Download(
      url: place.address + state.files.downloadPath(request.fileId, size: size))
  }

  func play(
    _ request: MaxRequest.Play, _ caller: Caller
  ) throws(MaxRefusal) -> [String: WireValue] {
    let id = request.videoId
    let size = try size(of: id, "videoId", in: request.messageId, request.chatId, caller)
    return [
      "MP4_480": .text(place.address + state.files.downloadPath(id, size: size)), "cache": true,
    ]
  }

  /// Asks for a file are answered only to those who see the message it hangs on.
  private func size(
    of id: Int64, _ member: String, in message: MessageID, _ chat: Int64, _ caller: Caller
  ) throws(MaxRefusal) -> Int {
    let message = try self.message(message, in: chat, caller)
    let attaches = message.attaches + (message.link?.message.attaches ?? [])
    guard let attachment = attaches.first(where: { $0.number(member) == id }) else {
      throw .notFound
    }
    return attachment.number("size").flatMap { Int(exactly: $0) } ?? 40_000
  }

  /// Turns what a message is to carry into what it carries.
  func attachments(
    _ drafts: [MaxRequest.Send.Draft.Attachment], of account: Int64
  ) throws(MaxRefusal) -> [SandboxAttachment] {
    guard drafts.count <= 10 else { throw .payload("message.attaches: at most 10") }
    var attachments: [SandboxAttachment] = []
    for draft in drafts {
      let kind: FileStore.Kind
      switch draft.type {
      case "PHOTO": kind = .photo
      case "FILE": kind = .file
      case "VIDEO": kind = .video
      case "AUDIO": kind = .audio
      default: throw .payload("message.attaches._type: cannot be sent")
      }
      let token = kind == .photo ? draft.photoToken : draft.token
      let id = draft.fileId ?? draft.videoId ?? draft.audioId
      guard let slot = state.files.slot(token: token, id: id, kind: kind), slot.owner == account
      else {
        throw .notFound
      }
      guard slot.isReady else { throw .notReady }
      attachments.append(attachment(slot, duration: draft.duration ?? 0))
    }
    return attachments
  }

  private func attachment(_ slot: FileStore.Slot, duration: Int) -> SandboxAttachment {
    switch slot.kind {
    case .photo: .photo(id: slot.id, width: 1280, height: 720)
    case .file: .file(id: slot.id, name: slot.name, size: slot.content.count)
    case .video: .video(id: slot.id, duration: duration)
    case .audio: .voice(id: slot.id, duration: duration)
    }
  }

  /// 136: the file can be used now.
  func announce(_ id: Int64) {
    guard let slot = state.files[id] else { return }
    let error = strikes(.uploadError) == nil ? nil : "upload.failed"
    if error == nil { state.files.finish(id) }
    push(
      MaxPush.Attach(
        fileId: slot.kind == .file ? id : nil, videoId: slot.kind == .video ? id : nil,
        audioId: slot.kind == .audio ? id : nil, error: error),
      opcode: 136, to: slot.owner)
  }
}

/// Files over HTTP, on the port of the messenger.
extension MaxServer {
  func serveFile(_ request: HTTPServer.Request) -> HTTPServer.Reply {
    let query = request.query
    switch (request.method, request.path) {
    case ("POST", let path) where path.hasPrefix("/upload/"): return receiveUpload(request, query)
    case ("GET", "/download"): return reply(state.files.content(downloadQuery: query))
    case ("GET", "/i"): return reply(state.files.photo(query), type: "image/png")
    default: return .response(status: 404)
    }
  }

  private func reply(
    _ content: [UInt8]?, type: String = "application/octet-stream"
  ) -> HTTPServer.Reply {
    guard let content else { return .response(status: 403) }
    return .response(status: 200, headers: ["Content-Type": type], body: content)
  }

  private func receiveUpload(
    _ request: HTTPServer.Request, _ query: [Substring: Substring]
  ) -> HTTPServer.Reply {
    guard let slot = state.files.slot(uploadQuery: query),
      request.path == "/upload/\(slot.kind.rawValue)"
    else { return .response(status: 403) }
    if let fault = strikes(.uploadFails) { return .response(status: fault.number ?? 500) }
    guard let (name, content) = MaxServer.upload(request) else { return .response(status: 400) }
    guard state.files.fill(slot.id, name: name, content) else { return .response(status: 409) }
    events.report(.request(.max, connection: 0, name: "upload \(slot.kind.rawValue)"))
    var answer: [String: WireValue] = [:]
    if slot.kind == .photo {
      answer = ["photos": ["\(slot.id)": ["token": .text(state.files.token(of: slot.id))]]]
    } else {
      schedule(.announce(slot.id), after: MaxServer.processingTime)
    }
    return .response(
      status: 200, headers: ["Content-Type": "application/json"],
      body: Array(JSONText.encode(answer).utf8))
  }

  /// A form with the field `file`, or bytes with a range and a disposition (OneMe notes §3.1, 87).
  private static func upload(_ request: HTTPServer.Request) -> (name: String, content: [UInt8])? {
    let type = request.headers["Content-Type"] ?? ""
    if let form = Multipart(request.body, contentType: type) { return (form.name, form.content) }
    guard let disposition = request.headers["Content-Disposition"],
      request.headers["Content-Range"]
        == "bytes 0-\(request.body.count - 1)/\(request.body.count)"
    else { return nil }
    let name = disposition.field("filename") ?? "file"
    return (PercentEncoding.decode(name), request.body)
  }
}

extension HTTPServer.Request {
  /// The target without its query.
  var path: Substring { target.prefix { $0 != "?" } }

  /// The query's members, as they stand; of those with one name the last.
  var query: [Substring: Substring] {
    let pairs = target.drop { $0 != "?" }.dropFirst().split(separator: "&").map { pair in
      let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (halves[0], halves.count == 2 ? halves[1] : "")
    }
    return Dictionary(pairs) { _, last in last }
  }
}
