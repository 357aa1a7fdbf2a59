import Transport

/// Six digits can be guessed, so every attempt at a code is judged here, before it is looked at.
extension RelayDesk {
  /// Runs `attempt` if the address that asks, and then the number, have attempts left. Nil from it
  /// means a wrong code (403).
  ///
  /// The attempt is taken first and given back when the code was right: whoever asks many times at
  /// once gets no more of them, and a right code that is refused is not told from a wrong one.
  func guessing<Value: Sendable>(
    at number: String, _ limit: RateLimit, _ request: HTTPServer.Request,
    _ attempt: () async throws -> Value?
  ) async throws -> Value {
    try limiter.take(.guesses, from: request)
    try limiter.take(limit, number)
    try limiter.take(.wrongCodes, number)
    guard let value = try await attempt() else { throw Refusal.forbidden }
    limiter.giveBack(.guesses, from: request)
    limiter.giveBack(.wrongCodes, number)
    return value
  }
}
