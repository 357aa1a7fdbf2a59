/// One thing that goes wrong on purpose, written `name[=value][@n]`.
public struct Fault: Sendable, Equatable {
  /// What goes wrong, and where.
  public enum Kind: String, Sendable, CaseIterable {
    // Trading
    /// The swap is executed, then the connection drops without an answer.
    case dropAfterSwap = "drop-after-swap"
    /// The connection drops and nothing is executed.
    case dropBeforeSwap = "drop-before-swap"
    /// The swap is executed and never answered; the connection stays.
    case noSwapReply = "no-swap-reply"
    /// The swap's answer comes this many milliseconds late.
    case lateSwapReply = "late-swap-reply"
    /// The swap is executed and its answer lost; this many milliseconds later its message comes a
    /// second time, and is refused for its time.
    case repeatedSwap = "repeated-swap"
    /// The order ends as FAILED.
    case failOrder = "fail-order"
    /// The order ends as CANCELLED.
    case cancelOrder = "cancel-order"
    /// The server's clock is ahead by this many seconds; negative for behind.
    case skew
    /// The WebSocket upgrade is answered with this status.
    case refuseUpgrade = "refuse-upgrade"
    /// `doc` (the default) follows the trading document, `sdk` the vendor's client libraries; or
    /// what is the libraries' alone, such as `sdk-key` or `sdk-names+sdk-empty`.
    case dialect
    /// What is hashed of a message: `raw` bytes (the default), or what a server that reads it first
    /// writes again, `in-order`, `sorted` or as `documented`.
    case verifier
    /// Upgrades are answered without a `Date`.
    case noDate = "no-date"
    /// There is no `/api/v1/time`.
    case noTime = "no-time"
    /// The connection drops before the frame that came as the `@n`-th, over all connections, is
    /// looked at.
    case dropBeforeFrame = "drop-before-frame"
    /// The connection drops after that frame was carried out, before it is answered.
    case dropAtFrame = "drop-at-frame"
    /// The connection drops once that frame is answered.
    case dropAfterFrame = "drop-after-frame"
    /// The connection drops instead of carrying the `@n`-th push.
    case dropAtPush = "drop-at-push"
    /// The connection is closed with this code instead of taking the `@n`-th frame.
    case closeAtFrame = "close-at-frame"
    /// From the `@n`-th frame on its connection is half open: nothing comes and nothing goes.
    case halfOpen = "half-open"
    /// Answers to this operation do not come.
    case noReply = "no-reply"
    /// `OPERATION:MS`: answers to it come so many milliseconds late.
    case lateReply = "late-reply"
    /// `OPERATION:MS`: answers to it come a second time after so many milliseconds.
    case replyTwice = "reply-twice"
    /// `OPERATION:WORD`: what was asked is carried out, and answered with an error of the document;
    /// only `outside-window` is said without carrying it out.
    case answerError = "answer-error"
    /// The server knows no order that it is asked for.
    case noOrder = "no-order"
    /// Before a swap is answered its order is told to whoever follows the balances.
    case pushEarly = "push-early"
    /// Every push of an order comes twice.
    case pushTwice = "push-twice"
    /// A push of an order comes after the next one.
    case pushReordered = "push-reordered"
    /// After its end an order's first state is pushed once more.
    case pushLate = "push-late"
    /// Orders are not pushed.
    case noPush = "no-push"
    /// The order is filled by half at first.
    case partialFill = "partial-fill"
    /// The order never ends.
    case stickOrder = "stick-order"
    /// The order's PROCESSING is told by a word that nobody knows.
    case oddStatus = "odd-status"
    /// The order is filled after it was FAILED or CANCELLED.
    case reviveOrder = "revive-order"

    // MAX
    /// The connection drops after this many frames from a client.
    case dropEvery = "drop-every"
    /// `real` answers errors as cmd 3 (the default), `seed` as cmd 1 with `payload.error`.
    case errorShape = "error-shape"
    /// Opcode 6 is refused as too old a client.
    case unsupportedVersion = "unsupported-version"
    /// What a code request comes to, as with the real server and web clients: `off` says so when it
    /// is greeted and refuses codes, `silent` takes the request and sends none.
    case phoneAuth = "phone-auth"
    /// The text notation is not spoken: `refused` answers its upgrade with HTTP 403, `unsupported`
    /// its first frame with an error about the version. The binary address is as ever.
    case text
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
    /// `OPCODE:MS`: answers with this opcode come so many milliseconds late.
    case lateAnswer = "late-answer"
    /// An answer with this opcode comes after that of the next request.
    case outOfOrder = "out-of-order"
    /// Answers with this opcode come twice.
    case answerTwice = "answer-twice"
    /// Answers with this opcode have the payload null.
    case nullPayload = "null-payload"
    /// `OPCODE:ERROR`: requests with this opcode are refused with this error.
    case refuse
    /// Before each answer comes a push with a number of its own.
    case pushBetween = "push-between"
    /// Pushes have no `seq`, where the notation can leave it out.
    case pushWithoutSeq = "push-without-seq"
    /// A new message is pushed twice.
    case duplicateMessage = "duplicate-message"
    /// A message that is not acknowledged within so many seconds is pushed again, three times.
    case repeatUnacked = "repeat-unacked"
    /// Deletions are told as messages with the status REMOVED instead of opcode 142.
    case deleteAsMessage = "delete-as-message"
    /// After a login comes the deletion of messages that never were.
    case deleteUnknown = "delete-unknown"
    /// After a login come an opcode, a kind of chat and a payload that nobody knows.
    case unknownKinds = "unknown-kinds"
    /// A login brings `{"token":null}` alone, as the document's example does.
    case bareLogin = "bare-login"
    /// Message ids come in the form that the other notation uses: numbers in JSON, text in binary.
    case swapIDs = "swap-ids"
    /// Binary frames wrap long numbers in extension 1.
    case wrapIntegers = "wrap-integers"
    /// Binary answers after a login are compressed with zstd.
    case zstd
    /// The connection breaks this many seconds after a login: the first one unless `@n` says
    /// otherwise.
    case dropAfter = "drop-after"
    /// Five seconds after the first login the server is away for so many seconds, while fifty
    /// messages arrive.
    case outage
    /// A QR code expires before it is approved.
    case qrExpires = "qr-expires"
    /// Calls come with this configuration: vector `a`, `b` or `c`, `broken`, `huge`, or the
    /// document's `seed`.
    case vcp
    /// The caller gives up after so many seconds instead of 20.
    case callCancel = "call-cancel"
    /// The STUN server is `silent` or answers `garbage`.
    case stun
    /// The TURN servers are `silent`, answer `garbage`, or find every name `expired`.
    case turn
    /// An upload is answered with this status, 500 unless said otherwise.
    case uploadFails = "upload-fails"
    /// An uploaded file cannot be processed.
    case uploadError = "upload-error"
    /// After the first login comes opcode 3 and the connection closes.
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

  /// The opcode that the value names, alone or before a colon.
  var opcode: Int? {
    value.flatMap { Int($0.prefix { $0 != ":" }) }
  }

  /// The operation that the value names, alone or before a colon.
  var operation: String? { value.map { String($0.prefix { $0 != ":" }) } }

  /// What follows the colon of a value.
  var detail: String? {
    value.flatMap { value in value.firstIndex(of: ":").map { String(value[$0...].dropFirst()) } }
  }

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

/// The faults of a run. They strike by count, never by chance, so that a run can be repeated.
public struct FaultPlan: Sendable, Equatable {
  /// In the order they were written.
  public private(set) var faults: [Fault] = []
  /// Occasions so far, by the fault's place.
  private var seen: [Int: Int] = [:]

  /// Nothing goes wrong.
  public init() {}

  /// Reads comma-separated faults, such as `drop-after-swap@1,skew=45`; empty text means none.
  public init(parsing text: String) throws(SandboxError) {
    for part in text.split(separator: ",") {
      faults.append(try Fault(parsing: part))
    }
  }

  /// The fault of this kind that holds for the whole run; with `opcode`, for that one.
  func standing(_ kind: Fault.Kind, opcode: Int? = nil) -> Fault? {
    faults.last { $0.kind == kind && (opcode == nil || $0.opcode == opcode) }
  }

  /// Counts one more occasion for `kind` (and `opcode` or `operation`) and returns the fault that
  /// strikes on it, if any.
  mutating func strike(
    _ kind: Fault.Kind, opcode: Int? = nil, operation: String? = nil
  ) -> Fault? {
    var struck: Fault?
    for (index, fault) in faults.enumerated() where fault.kind == kind {
      guard opcode == nil || fault.opcode == opcode,
        operation == nil || fault.operation == operation
      else { continue }
      seen[index, default: 0] += 1
      if struck == nil, fault.occurrence == nil || fault.occurrence == seen[index] {
        struck = fault
      }
    }
    return struck
  }
}
