// How requests become frames and answers values; every family of opcodes has a file of its own.

extension OneMeClient {
  /// Sends a request and decodes its answer.
  func ask<Answer: Decodable>(
    _ opcode: Opcode, _ payload: some Encodable, ifEmpty substitute: Answer? = nil
  ) async throws(OneMeError) -> Answer {
    let frame = try await request(opcode, payload)
    return try read(frame, ifEmpty: substitute, Answer.init(from:))
  }

  /// Sends a request and takes what is wanted out of its answer.
  func ask<Answer>(
    _ opcode: Opcode, _ payload: some Encodable, ifEmpty substitute: Answer? = nil,
    _ pick: @escaping (WireObject) throws -> Answer
  ) async throws(OneMeError) -> Answer {
    let frame = try await request(opcode, payload)
    return try read(frame, ifEmpty: substitute) { try pick($0.object()) }
  }

  /// Sends a request whose answer says no more than that it was taken.
  func tell(_ opcode: Opcode, _ payload: some Encodable) async throws(OneMeError) {
    _ = try await request(opcode, payload)
  }

  private func read<Answer>(
    _ frame: Frame, ifEmpty substitute: Answer?, _ decode: @escaping (any Decoder) throws -> Answer
  ) throws(OneMeError) -> Answer {
    let answer: Answer?
    do {
      answer = try frame.payload(decode) ?? substitute
    } catch {
      throw .malformed(frame.header.opcode, OneMeError.reason(error))
    }
    guard let answer else { throw .malformed(frame.header.opcode, "it is empty") }
    return answer
  }
}

/// The payload of requests that say nothing.
struct Nothing: Encodable {}
