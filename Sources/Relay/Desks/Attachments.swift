import Cryptography
import Database
import Transport

/// Attachments: encrypted blobs behind signed URLs ("GET /v1/attachments/", "PUT {attachment_url}").
extension RelayDesk {
  /// How long a signed URL is good for.
  static let locationLifetime: Duration = .seconds(3600)

  func allocateAttachment(
    _ device: Device, _ request: HTTPServer.Request
  ) async throws -> HTTPServer.Reply {
    try limiter.take(.attachments, device.address.number)
    // 53 bits, and never zero: clients in JavaScript read the number as a double, and with the 63 bits
    // of the old servers would ask for another attachment.
    let bits = random.bytes(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let id = max(1, Int64(bits >> 11))
    return json(
      AllocationAnswer(
        id: id, idString: "\(id)", location: location(of: id, method: "PUT", request)))
  }

  /// Whether there is such an attachment turns out at its URL.
  func locateAttachment(
    _ id: String, relay: String?, _ request: HTTPServer.Request
  ) async throws(Refusal) -> HTTPServer.Reply {
    guard let id = Int64(id), id > 0 else { throw .notFound }
    if let peer = try peer(named: relay) {
      let call = FederatedCall.attachment(id: "\(id)")
      return json(try await federation.ask(LocationAnswer.self, peer, call))
    }
    return json(LocationAnswer(location: location(of: id, method: "GET", request)))
  }

  /// An upload to a good URL goes into a file beside its place, or into the memory of a relay that
  /// has nothing else. Anything else is as small as JSON.
  ///
  /// A little more is taken than is allowed: a client that is cut off while it sends seldom hears why.
  func destination(of request: HTTPServer.Request) -> HTTPServer.BodyDestination {
    let slack = 1 << 20
    let limit = configuration.attachmentBytes + slack
    do throws(Refusal) {
      guard let target = Target(request.target),
        case .upload(let text) = Endpoint(method: request.method, path: target.path)
      else { return .memory(limit: RelayDesk.jsonBytes + slack) }
      let id = try checkedID(text, target, method: "PUT")
      guard let directory else { return .memory(limit: limit) }
      return .file("\(directory.attachmentPath(id)).\(random.hexadecimal(8))", limit: limit)
    } catch {
      return .memory(limit: slack)
    }
  }

  func upload(
    _ id: String, _ target: Target, _ request: HTTPServer.Request
  ) async throws -> HTTPServer.Reply {
    let id = try checkedID(id, target, method: "PUT")
    guard request.headers["Content-Type"] == "application/octet-stream" else {
      throw Refusal.forbidden
    }
    let size = try request.bodyFile.map(AttachmentFile.size) ?? request.body.count
    guard size <= configuration.attachmentBytes else { throw Refusal.tooLarge }
    let used = try await database.read { connection in
      try connection.first("SELECT ifnull(sum(size), 0) AS used FROM attachment") {
        try $0.get("used", as: Int64.self)
      }
    }
    guard (used ?? 0) + Int64(size) <= configuration.attachmentSpace else {
      throw Refusal.unavailable
    }
    let (now, kept) = (time.wallTime, request.bodyFile == nil ? request.body : nil)
    try await database.write { connection in
      try connection.execute(
        "INSERT OR REPLACE INTO attachment (id, stored_at, size, bytes) VALUES (?, ?, ?, ?)",
        [id, now, size, kept])
    }
    // After its row, so that every file is one that expires.
    if let file = request.bodyFile, let directory {
      try AttachmentFile.keep(file, as: directory.attachmentPath(id))
    }
    return .response(status: 200)
  }

  func download(_ id: String, _ target: Target) async throws -> HTTPServer.Reply {
    let id = try checkedID(id, target, method: "GET")
    let oldest = time.wallTime - configuration.attachmentLifetime.milliseconds
    let kept = try await database.read { connection in
      try connection.first(
        "SELECT bytes FROM attachment WHERE id = ? AND stored_at > ?", [id, oldest]
      ) { try $0.get("bytes", as: [UInt8]?.self) }
    }
    guard let kept else { throw Refusal.notFound }
    let headers: HTTPHeaders = ["Content-Type": "application/octet-stream"]
    if let bytes = kept { return .response(status: 200, headers: headers, body: bytes) }
    guard let directory else { throw Refusal.notFound }
    return .file(directory.attachmentPath(id), headers: headers)
  }

  /// Deletes what is too old, attachments and codes.
  func sweep() async throws(DatabaseError) {
    let now = time.wallTime
    let oldest = now - configuration.attachmentLifetime.milliseconds
    let old = try await database.write { connection in
      try connection.execute("DELETE FROM code WHERE expires_at <= ?", [now])
      let old = try connection.query(
        "SELECT id FROM attachment WHERE stored_at <= ?", [oldest]
      ) { try $0.get("id", as: Int64.self) }
      try connection.execute("DELETE FROM attachment WHERE stored_at <= ?", [oldest])
      return old
    }
    if let directory {
      for id in old { AttachmentFile.remove(directory.attachmentPath(id)) }
    }
  }

  // MARK: Signed URLs

  private func location(of id: Int64, method: String, _ request: HTTPServer.Request) -> String {
    let expiry = time.wallTime + RelayDesk.locationLifetime.milliseconds
    let signature = signature(of: id, method: method, expiry: expiry)
    return "\(base(for: request))/attachments/\(id)?expires=\(expiry)&signature=\(signature)"
  }

  /// The name by which the client reached us, unless the configuration knows better.
  private func base(for request: HTTPServer.Request) -> String {
    if let url = configuration.publicURL { return url }
    let scheme = configuration.tls == nil ? "http" : "https"
    return "\(scheme)://\(request.headers["Host"] ?? configuration.address)"
  }

  private func signature(of id: Int64, method: String, expiry: Int64) -> String {
    let text = "attachment \(method) \(id) \(expiry)"
    return Hexadecimal.encode(Digest.sha256.authenticate(Array(text.utf8), key: key))
  }

  private func checkedID(
    _ text: String, _ target: Target, method: String
  ) throws(Refusal) -> Int64 {
    guard let id = Int64(text), id > 0, let expiry = Int64(target.query["expires"] ?? ""),
      let given = target.query["signature"], expiry > time.wallTime,
      equalInConstantTime(
        Array(given.utf8), Array(signature(of: id, method: method, expiry: expiry).utf8))
    else { throw .forbidden }
    return id
  }
}
