import Transport

/// What is decided by a request's head, before any of its body is read.
extension RelayAPI {
  /// Bodies of a few short fields, with room for what later clients add.
  private static let smallBytes = 16 << 10

  /// Where a body goes: nowhere without credentials that could be right, and for each call no more
  /// than it needs. Whether they are right turns out where the request is answered.
  func destination(of request: HTTPServer.Request) -> HTTPServer.BodyDestination {
    guard request.announcedBytes != 0 else { return .memory(limit: 0) }
    let endpoint = Target(request.target).flatMap {
      Endpoint(method: request.method, path: $0.path)
    }
    do throws(RelayRefusal) {
      return try admit(request, to: endpoint)
    } catch {
      events.yield(
        .request(
          RelayLogLine(
            method: String(request.method.prefix(16)), endpoint: endpoint?.template ?? "other",
            status: error.status, milliseconds: 0, caller: nil)))
      return .refused(status: error.status, headers: error.headers, body: error.body)
    }
  }

  private func admit(
    _ request: HTTPServer.Request, to endpoint: Endpoint?
  ) throws(RelayRefusal) -> HTTPServer.BodyDestination {
    switch endpoint {
    case nil: throw .notFound
    case .upload(let id): return try admitUpload(id, request)
    // These say who asks in other ways, and have no use for a body.
    case .requestCode, .voiceScript, .download, .socket:
      return .memory(limit: RelayAPI.smallBytes)
    case .federated:
      _ = try authenticatedPeer(request)
      return .memory(limit: RelayAPI.jsonBytes)
    case .putKeys, .putBundle, .lookUp, .send:
      return try admitPlausible(request, limit: RelayAPI.jsonBytes)
    default: return try admitPlausible(request, limit: RelayAPI.smallBytes)
    }
  }

  private func admitPlausible(
    _ request: HTTPServer.Request, limit: Int
  ) throws(RelayRefusal) -> HTTPServer.BodyDestination {
    guard let credentials = Credentials(header: request.headers["Authorization"]) else {
      throw .unauthorized
    }
    try limiter.checkGuesses(at: credentials.address.name, from: request)
    return .memory(limit: limit)
  }

  /// An upload to a good URL goes into a file beside its place, or into the memory of a relay that
  /// has nothing else. What it announces is set aside until it has ended.
  private func admitUpload(
    _ id: String, _ request: HTTPServer.Request
  ) throws(RelayRefusal) -> HTTPServer.BodyDestination {
    guard let target = Target(request.target) else { throw .notFound }
    let id = try checkedID(id, target, method: "PUT")
    let limit = configuration.attachmentBytes
    let announced = request.announcedBytes ?? limit
    // More than is allowed is not kept, and so needs no room.
    guard announced <= limit else { return .memory(limit: limit) }
    let address = ClientAddress.key(of: request)
    guard let room = storage.space.reserve(Int64(announced), for: address) else {
      throw .unavailable
    }
    guard let directory = storage.directory else { return .memory(limit: limit, holding: room) }
    let path = "\(directory.attachmentPath(id)).\(random.hexadecimal(8))"
    return .file(path, limit: limit, holding: room)
  }
}

/// Six digits can be guessed, so every attempt at a code is judged here, before it is looked at.
extension RelayAPI {
  /// Runs `attempt` if the address that asks, and then the number, have attempts left. Nil from it
  /// means a wrong code (403).
  ///
  /// The attempt is taken first and given back when the code was right: whoever asks many times at
  /// once gets no more of them, and a right code that is refused is not told from a wrong one.
  func guessing<Value: Sendable>(
    at number: String, _ limit: RateLimit, _ request: HTTPServer.Request,
    _ attempt: () async throws -> Value?
  ) async throws -> Value {
    try limiter.charge(.guesses, from: request)
    try limiter.charge(limit, number)
    try limiter.charge(.wrongCodes, number)
    guard let value = try await attempt() else { throw RelayRefusal.forbidden }
    limiter.giveBack(.guesses, from: request)
    limiter.giveBack(.wrongCodes, number)
    return value
  }
}
