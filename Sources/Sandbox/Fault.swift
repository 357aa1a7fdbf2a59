/// One thing that goes wrong on purpose, written `name[=value][@n]`.
public struct Fault: Sendable, Equatable {
  /// What goes wrong, and where.
  public enum Kind: String, Sendable, CaseIterable {
    // Trading
    /// The swap is executed, then the line drops without an answer.
    case dropAfterSwap = "drop-after-swap"
    /// The line drops and nothing is executed.
    case dropBeforeSwap = "drop-before-swap"
    /// The swap is executed and never answered; the line stays.
    case noSwapReply = "no-swap-reply"
    /// The swap's answer comes this many milliseconds late.
    case lateSwapReply = "late-swap-reply"
    /// The order ends as FAILED.
    case failOrder = "fail-order"
    /// The order ends as CANCELLED.
    case cancelOrder = "cancel-order"
    /// The server's clock is ahead by this many seconds; negative for behind.
    case skew
    /// The WebSocket upgrade is answered with this status.
    case refuseUpgrade = "refuse-upgrade"

    // MAX
    /// The line drops after this many frames from a client.
    case dropEvery = "drop-every"
    /// `real` answers errors as cmd 3 (the default), `seed` as cmd 1 with `payload.error`.
    case errorShape = "error-shape"
    /// Opcode 6 is refused as too old a client.
    case unsupportedVersion = "unsupported-version"
    /// A login is refused as with a revoked token: the second one unless `@n` says otherwise.
    case revokeToken = "revoke-token"
    /// Before each answer comes a push with the very `seq` of the request.
    case pushCollides = "push-collides"
    /// After a login comes a frame of this many MiB, 2 unless said otherwise.
    case oversize
    /// After a login come frames that are no JSON, no object, and binary noise.
    case garbage
    /// Requests with this opcode are never answered.
    case noAnswer = "no-answer"
    /// After the first login comes opcode 3 and the line closes.
    case redirect
    /// This many seconds after a login its token is revoked and opcode 20 comes.
    case forcedLogoutAfter = "forced-logout-after"
  }

  /// What goes wrong.
  public let kind: Kind
  /// The value as written; checked against the kind.
  public let value: String?
  /// The occurrence it strikes, from 1; nil for every one.
  public let occurrence: Int?

  /// The value as a number; nil if it has none.
  var number: Int? { value.flatMap { Int($0) } }

  /// Reads `name[=value][@n]`.
  init(parsing text: Substring) throws(SandboxError) {
    let halves = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    let parts = halves[0].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard let kind = Kind(rawValue: String(parts[0])) else {
      throw .unknownFault(String(parts[0]))
    }
    let value = parts.count == 2 ? String(parts[1]) : nil
    guard kind.accepts(value) else {
      throw .badFault(String(text), expected: kind.expectation)
    }
    var occurrence = kind.usualOccurrence
    if halves.count == 2 {
      guard let number = Int(halves[1]), number > 0 else {
        throw .badFault(String(text), expected: "a whole number from 1 after “@”")
      }
      occurrence = number
    }
    guard occurrence == nil || !kind.isStanding else {
      throw .badFault(String(text), expected: "no “@”: it holds for the whole run")
    }
    self.kind = kind
    self.value = value
    self.occurrence = occurrence
  }
}

extension Fault.Kind {
  /// What may follow the name: whole numbers in a range, given words, or nothing.
  private enum Value {
    case none
    case number(ClosedRange<Int>, optional: Bool = false)
    case word([String])
  }

  private var value: Value {
    switch self {
    case .lateSwapReply: .number(0...600_000)
    case .skew: .number(-86_400...86_400)
    case .refuseUpgrade: .number(400...599)
    case .dropEvery: .number(1...1_000_000)
    case .errorShape: .word(["seed", "real"])
    case .oversize: .number(1...64, optional: true)
    case .noAnswer: .number(0...65_535)
    case .forcedLogoutAfter: .number(0...86_400)
    default: .none
    }
  }

  fileprivate func accepts(_ text: String?) -> Bool {
    switch (value, text) {
    case (.none, nil): true
    case (.number(_, let optional), nil): optional
    case (.number(let range, _), let text?): Int(text).map(range.contains) ?? false
    case (.word(let words), let text?): words.contains(text)
    default: false
    }
  }

  fileprivate var expectation: String {
    switch value {
    case .none: "no value"
    case .number(let range, _): "“=” and a number from \(range.lowerBound) to \(range.upperBound)"
    case .word(let words): "“=” and one of \(words.joined(separator: ", "))"
    }
  }

  /// Whether it is a setting of the whole run rather than something that strikes.
  fileprivate var isStanding: Bool {
    switch self {
    case .skew, .dropEvery, .errorShape, .pushCollides, .noAnswer, .forcedLogoutAfter: true
    default: false
    }
  }

  /// Faults that would bar every login for ever strike once unless told otherwise.
  fileprivate var usualOccurrence: Int? {
    switch self {
    case .revokeToken: 2
    case .redirect: 1
    default: nil
    }
  }
}
