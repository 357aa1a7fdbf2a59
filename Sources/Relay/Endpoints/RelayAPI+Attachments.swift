import Clocks
import Cryptography
import Database
import Transport

/// Attachments: encrypted blobs behind signed URLs ("GET /v1/attachments/", "PUT {attachment_url}").
extension RelayAPI {
  /// How long a signed URL is good for.
  static let locationLifetime: Duration = .seconds(3600)

  func allocateAttachment(
    _ device: Device, _ request: HTTPServer.Request
  ) async throws -> HTTPServer.Reply {
    try limiter.charge(.attachments, device.address.number)
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
  ) async throws(RelayRefusal) -> HTTPServer.Reply {
    guard let id = Int64(id), id > 0 else { throw .notFound }
    if let peer = try peer(named: relay) {
      let call = FederatedCall.attachment(id: "\(id)")
      return json(try await federation.ask(LocationAnswer.self, peer, call))
    }
    return json(LocationAnswer(location: location(of: id, method: "GET", request)))
  }

  func upload(
    _ id: String, _ target: Target, _ request: HTTPServer.Request
  ) async throws -> HTTPServer.Reply {
    let id = try checkedID(id, target, method: "PUT")
    guard request.headers["Content-Type"] == "application/octet-stream" else {
      throw RelayRefusal.forbidden
    }
    let size = try request.bodyFile.map(AttachmentFile.size) ?? request.body.count
    guard size <= configuration.attachmentBytes else { throw RelayRefusal.tooLarge }
    let (now, kept) = (time.wallTime, request.bodyFile == nil ? request.body : nil)
    let limit = configuration.attachmentSpace
    // Looked up and taken in one transaction: two uploads that end at once cannot both have the rest.
    let used: Int64? = try await storage.database.write { connection in
      let used = try connection.attachmentBytes(beside: id) + Int64(size)
      guard used <= limit else { return nil }
      try connection.execute(
        "INSERT OR REPLACE INTO attachment (id, stored_at, size, bytes) VALUES (?, ?, ?, ?)",
        [id, now, size, kept])
      return used
    }
    guard let used else { throw RelayRefusal.unavailable }
    storage.space.note(stored: used)
    // After its row, so that every file is one that expires.
    if let file = request.bodyFile, let directory = storage.directory {
      try AttachmentFile.keep(file, as: directory.attachmentPath(id))
    }
    return .response(status: 200)
  }

  func download(_ id: String, _ target: Target) async throws -> HTTPServer.Reply {
    let id = try checkedID(id, target, method: "GET")
    let oldest = time.wallTime - configuration.attachmentLifetime.milliseconds
    let kept = try await storage.database.read { connection in
      try connection.first(
        "SELECT bytes FROM attachment WHERE id = ? AND stored_at > ?", [id, oldest]
      ) { try $0.get("bytes", as: [UInt8]?.self) }
    }
    guard let kept else { throw RelayRefusal.notFound }
    let headers: HTTPHeaders = ["Content-Type": "application/octet-stream"]
    if let bytes = kept { return .response(status: 200, headers: headers, body: bytes) }
    guard let directory = storage.directory else { throw RelayRefusal.notFound }
    return .file(directory.attachmentPath(id), headers: headers)
  }

  /// Deletes what is too old, attachments and codes.
  func sweep() async throws(DatabaseError) {
    let now = time.wallTime
    let oldest = now - configuration.attachmentLifetime.milliseconds
    let (old, used) = try await storage.database.write { connection in
      try connection.execute("DELETE FROM code WHERE expires_at <= ?", [now])
      let old = try connection.query(
        "SELECT id FROM attachment WHERE stored_at <= ?", [oldest]
      ) { try $0.get("id", as: Int64.self) }
      try connection.execute("DELETE FROM attachment WHERE stored_at <= ?", [oldest])
      return (old, try connection.attachmentBytes())
    }
    storage.space.note(stored: used)
    if let directory = storage.directory {
      for id in old { AttachmentFile.remove(directory.attachmentPath(id)) }
    }
  }

  // MARK: Signed URLs

  private func location(of id: Int64, method: String, _ request: HTTPServer.Request) -> String {
    let expiry = time.wallTime + RelayAPI.locationLifetime.milliseconds
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

  func checkedID(
    _ text: String, _ target: Target, method: String
  ) throws(RelayRefusal) -> Int64 {
    guard let id = Int64(text), id > 0, let expiry = Int64(target.query["expires"] ?? ""),
      let given = target.query["signature"], expiry > time.wallTime,
      equalInConstantTime(
        Array(given.utf8), Array(signature(of: id, method: method, expiry: expiry).utf8))
    else { throw .forbidden }
    return id
  }
}

extension Connection {
  /// What all attachments take together, one of them left out.
  fileprivate func attachmentBytes(beside id: Int64 = 0) throws -> Int64 {
    try first("SELECT ifnull(sum(size), 0) AS used FROM attachment WHERE id <> ?", [id]) {
      try $0.get("used", as: Int64.self)
    } ?? 0
  }
}
