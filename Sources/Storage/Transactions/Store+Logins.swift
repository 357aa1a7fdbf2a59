import Database

extension Store {
  /// How long, in milliseconds, until a service may be logged in to once more; nil for now.
  ///
  /// - Parameters:
  ///   - now: by the wall clock, which all processes share.
  ///   - limit: logins that may be made within `window` milliseconds.
  package func untilLogin(
    at now: Int64, limit: Int, window: Int64
  ) async throws(DatabaseError) -> Int64? {
    try await database.read { connection in
      try Logins(connection, at: now, window: window).wait(limit: limit)
    }
  }

  /// Counts a login unless there were too many; then how long until there may be one.
  package func spendLogin(
    at now: Int64, limit: Int, window: Int64
  ) async throws(DatabaseError) -> Int64? {
    try await database.write { connection in
      var logins = try Logins(connection, at: now, window: window)
      if let wait = logins.wait(limit: limit) { return wait }
      logins.moments.append(now)
      try connection.set(.logins, logins.moments.map(String.init).joined(separator: " "))
      return nil
    }
  }
}

/// The moments of the newest logins of a profile.
private struct Logins {
  var moments: [Int64]
  private let now: Int64
  private let window: Int64

  init(_ connection: Connection, at now: Int64, window: Int64) throws {
    self.now = now
    self.window = window
    let text = try connection.setting(.logins) ?? ""
    // A clock that was set back leaves moments to come: those of about now count, all others are of
    // another time.
    moments = text.split(separator: " ").compactMap { Int64($0) }
      .filter { $0 > now - window && $0 < now + window }.sorted()
  }

  func wait(limit: Int) -> Int64? {
    guard moments.count >= limit else { return nil }
    // So many have to be out of the window that there is room for one.
    return moments[moments.count - limit] + window - now
  }
}
