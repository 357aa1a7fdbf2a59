/// Requests that wait for their answers.
///
/// An answer repeats its request's sequence number and opcode. The number alone is not enough: pushes
/// carry the server's own count, which passes through every number that is waiting here.
struct PendingRequests {
  struct Key: Hashable {
    var sequence: Int
    var opcode: Opcode
  }

  typealias Waiter = CheckedContinuation<Result<Frame, OneMeError>, Never>
  /// Reads the payload of an answer.
  typealias Reader = (any Decoder) throws -> Void

  /// Sequence numbers have 16 bits in the binary form of the protocol.
  private static let sequences = 1 << 16
  private static let limit = 1024

  private var waiters: [Key: (waiter: Waiter, read: Reader)] = [:]
  private var taken: Set<Int> = []
  private var next = 0

  /// Takes the next free sequence number, the first being 0.
  ///
  /// - Throws: `overwhelmed` if too many requests are waiting.
  mutating func reserve(_ opcode: Opcode) throws(OneMeError) -> Key {
    guard taken.count < Self.limit else { throw .overwhelmed }
    while taken.contains(next) { advance() }
    let key = Key(sequence: next, opcode: opcode)
    taken.insert(next)
    advance()
    return key
  }

  var isEmpty: Bool { waiters.isEmpty }

  /// - Parameter read: what takes the answer's payload, before the waiter goes on.
  mutating func add(_ waiter: Waiter, for key: Key, _ read: @escaping Reader) {
    waiters[key] = (waiter, read)
  }

  /// The key of the request that a frame of this header answers; nil if nobody waits for one.
  func key(answeredBy header: FrameHeader) -> Key? {
    guard header.command != .request, let sequence = header.sequence else { return nil }
    let key = Key(sequence: sequence, opcode: header.opcode)
    return waiters[key] == nil ? nil : key
  }

  /// What takes the payload of an answer.
  func reader(of key: Key) -> Reader? { waiters[key]?.read }

  /// Gives up the key; nil if nobody waits for it (any more).
  mutating func take(_ key: Key) -> Waiter? {
    guard let (waiter, _) = waiters.removeValue(forKey: key) else { return nil }
    taken.remove(key.sequence)
    return waiter
  }

  mutating func takeAll() -> [Waiter] {
    defer {
      waiters = [:]
      taken = []
    }
    return waiters.values.map(\.waiter)
  }

  private mutating func advance() { next = (next + 1) % Self.sequences }
}
