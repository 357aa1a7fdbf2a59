// How requests become frames and answers values; every family of opcodes has a file of its own.

extension OneMeClient {
  /// Sends a request and decodes its answer.
  func ask<Answer: Decodable>(
    _ opcode: Opcode, _ payload: some Encodable, ifEmpty substitute: Answer? = nil
  ) async throws(OneMeError) -> Answer {
    try await ask(opcode, payload, ifEmpty: substitute, reading: Answer.init(from:))
  }

  /// Sends a request and takes what is wanted out of its answer.
  func ask<Answer>(
    _ opcode: Opcode, _ payload: some Encodable, ifEmpty substitute: Answer? = nil,
    _ pick: @escaping (WireObject) throws -> Answer
  ) async throws(OneMeError) -> Answer {
    try await ask(opcode, payload, ifEmpty: substitute) { try pick($0.object()) }
  }

  /// Sends a request whose answer says no more than that it was taken.
  func tell(_ opcode: Opcode, _ payload: some Encodable) async throws(OneMeError) {
    try await request(opcode, payload)
  }

  private func ask<Answer>(
    _ opcode: Opcode, _ payload: some Encodable, ifEmpty substitute: Answer?,
    reading decode: @escaping (any Decoder) throws -> Answer
  ) async throws(OneMeError) -> Answer {
    var answer: Answer?
    let frame = try await request(opcode, payload) { answer = try decode($0) }
    if let flaw = frame.flaw { throw .malformed(opcode, OneMeError.reason(flaw)) }
    guard let answer = answer ?? substitute else { throw .malformed(opcode, "it is empty") }
    return answer
  }
}

/// The payload of requests that say nothing.
struct Nothing: Encodable {}
