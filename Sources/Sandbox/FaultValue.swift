extension Fault.Kind {
  /// What may follow the name: whole numbers in a range, given words, or nothing.
  private enum Value {
    case none
    case number(ClosedRange<Int>, optional: Bool = false)
    case word([String])
    /// An opcode, a colon and something that fits.
    case opcode(String, @Sendable (Substring) -> Bool)
    /// An operation of the trading server, with a colon and milliseconds or without.
    case operation(delayed: Bool)
    /// An operation of the trading server, a colon and a word for one of its errors.
    case refusal
  }

  private static let operations = [
    "auth", "subscribe", "unsubscribe", "balances", "estimate", "swap", "order_status",
  ]

  private var value: Value {
    switch self {
    case .dialect: .word(TradingDialect.words)
    case .verifier: .word(BodyRewriting.allCases.map(\.rawValue))
    case .closeAtFrame: .number(1000...4999)
    case .noReply: .operation(delayed: false)
    case .lateReply, .replyTwice: .operation(delayed: true)
    case .answerError: .refusal
    case .lateSwapReply, .repeatedSwap: .number(0...600_000)
    case .skew: .number(-86_400...86_400)
    case .refuseUpgrade: .number(400...599)
    case .dropEvery: .number(1...1_000_000)
    case .phoneAuth: .word(["off", "silent"])
    case .text: .word(["refused", "unsupported"])
    case .errorShape: .word(["seed", "real"])
    case .oversize: .number(1...64, optional: true)
    case .uploadFails: .number(400...599, optional: true)
    case .noAnswer, .outOfOrder, .answerTwice, .nullPayload: .number(0...65_535)
    case .lateAnswer:
      .opcode("milliseconds", { Int($0).map { (0...600_000).contains($0) } ?? false })
    case .refuse: .opcode("an error such as error.limit.violate", { !$0.isEmpty })
    case .forcedLogoutAfter, .dropAfter, .repeatUnacked, .callCancel: .number(0...86_400)
    case .outage: .number(1...3600)
    case .vcp: .word(BrokenConfiguration.names)
    case .stun: .word(["silent", "garbage"])
    case .turn: .word(["silent", "garbage", "expired"])
    default: .none
    }
  }

  func accepts(_ text: String?) -> Bool {
    switch (value, text) {
    case (.none, nil): true
    case (.number(_, let optional), nil): optional
    case (.number(let range, _), let text?): Int(text).map(range.contains) ?? false
    case (.word(let words), let text?): words.contains(text)
    case (.opcode(_, let fits), let text?):
      text.firstIndex(of: ":").map { colon in
        UInt16(text[..<colon]) != nil && fits(text[colon...].dropFirst())
      } ?? false
    case (.operation(let isDelayed), let text?):
      Fault.Kind.fits(text.split(separator: ":", omittingEmptySubsequences: false), isDelayed)
    case (.refusal, let text?):
      Fault.Kind.fitsRefusal(text.split(separator: ":", omittingEmptySubsequences: false))
    default: false
    }
  }

  private static func fitsRefusal(_ parts: [Substring]) -> Bool {
    guard parts.count == 2, operations.contains(String(parts[0])) else { return false }
    return TradingRefusal.byWord[String(parts[1])] != nil
  }

  private static func fits(_ parts: [Substring], _ isDelayed: Bool) -> Bool {
    guard let name = parts.first, operations.contains(String(name)) else { return false }
    return isDelayed
      ? parts.count == 2 && Int(parts[1]).map((0...600_000).contains) ?? false : parts.count == 1
  }

  /// The fault as it is written: `skew=N`, `stun=silent|garbage`, `drop-at-frame@n`.
  var form: String {
    let value =
      switch value {
      case .none: ""
      case .number(_, let isOptional): isOptional ? "[=N]" : "=N"
      // Lists of many words would make the table too wide; whoever takes a wrong one is told them.
      case .word(let words):
        words.joined().count > 24 ? "=WORD" : "=" + words.joined(separator: "|")
      case .opcode(let what, _): "=OPCODE:" + (what == "milliseconds" ? "MS" : "ERROR")
      case .operation(let isDelayed): isDelayed ? "=OPERATION:MS" : "=OPERATION"
      case .refusal: "=OPERATION:WORD"
      }
    return rawValue + value + (isStanding ? "" : "[@n]")
  }

  /// What may follow the name, as far as a shell can offer it.
  var valueOffers: [String] {
    switch value {
    case .none: [""]
    case .number(_, let isOptional): isOptional ? ["", "="] : ["="]
    case .word(let words): words.map { "=" + $0 }
    case .opcode: ["="]
    case .operation(let isDelayed): Fault.Kind.operations.map { "=\($0)\(isDelayed ? ":" : "")" }
    case .refusal:
      Fault.Kind.operations.flatMap { name in
        TradingRefusal.byWord.keys.sorted().map { "=\(name):\($0)" }
      }
    }
  }

  var expectation: String {
    switch value {
    case .none: "no value"
    case .number(let range, _): "“=” and a number from \(range.lowerBound) to \(range.upperBound)"
    case .word(let words): "“=” and one of \(words.joined(separator: ", "))"
    case .opcode(let what, _): "“=”, an opcode, “:” and \(what)"
    case .operation(let isDelayed):
      "“=” and one of \(Fault.Kind.operations.joined(separator: ", "))"
        + (isDelayed ? ", “:” and milliseconds" : "")
    case .refusal:
      "“=”, an operation, “:” and one of \(TradingRefusal.byWord.keys.sorted().joined(separator: ", "))"
    }
  }

  /// Whether it is a setting of the whole run rather than something that strikes.
  var isStanding: Bool {
    switch self {
    case .phoneAuth, .text, .dialect, .verifier, .noDate, .noTime, .noPush, .skew, .dropEvery,
      .errorShape,
      .pushCollides, .noAnswer, .forcedLogoutAfter, .lateAnswer,
      .outOfOrder, .answerTwice, .nullPayload, .pushBetween, .pushWithoutSeq, .repeatUnacked,
      .deleteAsMessage, .bareLogin, .swapIDs, .wrapIntegers, .zstd, .vcp, .callCancel, .stun,
      .turn:
      true
    default: false
    }
  }

  /// Faults that would bar every login for ever strike once unless told otherwise.
  var usualOccurrence: Int? {
    switch self {
    case .revokeToken: 2
    case .redirect, .dropAfter, .outage, .dropBeforeFrame, .dropAtFrame, .dropAfterFrame,
      .dropAtPush, .closeAtFrame, .halfOpen:
      1
    default: nil
    }
  }
}
