/// Requests that wait for their answers.
///
/// An answer repeats its request's sequence number and opcode. The number alone is not enough: pushes
/// carry the server's own count, which passes through every number that is waiting here.
struct PendingRequests {
  struct Key: Hashable {
    var sequence: Int
    var opcode: Opcode
  }

  typealias Continuation = CheckedContinuation<Result<Frame, OneMeError>, Never>

  /// Sequence numbers have 16 bits in the binary form of the protocol.
  private static let sequences = 1 << 16
  private static let limit = 1024

  /// Why nothing can be asked any more; nil while the connection is open.
  private(set) var ending: OneMeError?
  private var waiting: [Key: Continuation] = [:]
  private var taken: Set<Int> = []
  private var next = 0

  /// Takes the next free sequence number, the first being 0.
  ///
  /// - Throws: `overwhelmed` if too many requests are waiting; why the connection ended, after that.
  mutating func reserve(_ opcode: Opcode) throws(OneMeError) -> Key {
    if let ending { throw ending }
    guard taken.count < Self.limit else { throw .overwhelmed }
    while taken.contains(next) { advance() }
    let key = Key(sequence: next, opcode: opcode)
    taken.insert(next)
    advance()
    return key
  }

  var isEmpty: Bool { waiting.isEmpty }

  mutating func add(_ continuation: Continuation, for key: Key) { waiting[key] = continuation }

  /// Gives up the request that a frame of this header answers; nil if nobody waits for one.
  mutating func take(answeredBy header: FrameHeader) -> Continuation? {
    guard header.command != .request, let sequence = header.sequence else { return nil }
    return take(Key(sequence: sequence, opcode: header.opcode))
  }

  /// Gives up the key; nil if nobody waits for it (any more).
  mutating func take(_ key: Key) -> Continuation? {
    guard let continuation = waiting.removeValue(forKey: key) else { return nil }
    taken.remove(key.sequence)
    return continuation
  }

  /// Nothing more is asked from here on; gives up those that wait. Nil if it had ended before.
  mutating func end(_ reason: OneMeError) -> [Continuation]? {
    guard ending == nil else { return nil }
    ending = reason
    defer {
      waiting = [:]
      taken = []
    }
    return Array(waiting.values)
  }

  private mutating func advance() { next = (next + 1) % Self.sequences }
}
