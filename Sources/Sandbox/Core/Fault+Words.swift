extension Fault {
  /// All faults as they are written, each with what goes wrong, for help texts.
  public static var table: [(form: String, summary: String)] {
    Kind.allCases.map { ($0.form, $0.summary) }
  }

  /// What a fault of a plan may be, for completion: names, names with `=` where anything may follow,
  /// and with a value where there are few.
  public static var offers: [String] {
    Kind.allCases.flatMap { kind in kind.valueOffers.map { kind.rawValue + $0 } }
  }

  /// The name that is most like this one.
  static func nearest(to name: String) -> String {
    let names = Kind.allCases.map(\.rawValue)
    return names.min { distance(name, $0) < distance(name, $1) } ?? ""
  }

  /// How many letters have to be added, taken away or replaced.
  private static func distance(_ one: String, _ other: String) -> Int {
    let (one, other) = (Array(one.utf8.prefix(64)), Array(other.utf8))
    var row = Array(0...other.count)
    for (index, letter) in one.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for (place, own) in other.enumerated() {
        let replaced = diagonal + (letter == own ? 0 : 1)
        diagonal = row[place + 1]
        row[place + 1] = min(replaced, row[place] + 1, diagonal + 1)
      }
    }
    return row[other.count]
  }
}

extension Fault.Kind {
  /// What goes wrong, in half a line. The cases say more.
  var summary: String {
    switch self {
    case .dropAfterSwap: "the swap is executed, the line drops unanswered"
    case .dropBeforeSwap: "the line drops, nothing is executed"
    case .noSwapReply: "the swap is executed and never answered"
    case .lateSwapReply: "the swap's answer is so many ms late"
    case .repeatedSwap: "a lost answer; after so many ms the swap comes again"
    case .failOrder: "the order ends as FAILED"
    case .cancelOrder: "the order ends as CANCELLED"
    case .skew: "the server's clock is ahead by so many seconds"
    case .refuseUpgrade: "the trading upgrade is answered with this status"
    case .dialect: "the document's interface or the vendor's libraries'"
    case .verifier: "what is hashed of a message"
    case .noDate: "trading upgrades are answered without a Date"
    case .noTime: "there is no /api/v1/time"
    case .dropBeforeFrame: "the line drops before the @n-th frame is read"
    case .dropAtFrame: "the line drops once the @n-th frame is carried out"
    case .dropAfterFrame: "the line drops once the @n-th frame is answered"
    case .dropAtPush: "the line drops instead of the @n-th push"
    case .closeAtFrame: "the line is closed with this code at the @n-th frame"
    case .halfOpen: "from the @n-th frame on nothing comes or goes"
    case .noReply: "this operation is never answered"
    case .lateReply: "answers to this operation are so many ms late"
    case .replyTwice: "answers to this operation come again after so many ms"
    case .answerError: "this operation is done, and answered with an error"
    case .noOrder: "no order is known when it is asked for"
    case .pushEarly: "an order is pushed before its swap is answered"
    case .pushTwice: "every push of an order comes twice"
    case .pushReordered: "a push of an order comes after the next one"
    case .pushLate: "an order's first state comes after its end"
    case .noPush: "orders are not pushed"
    case .partialFill: "the order is filled by half at first"
    case .stickOrder: "the order never ends"
    case .oddStatus: "PROCESSING is told by a word that nobody knows"
    case .reviveOrder: "the order is filled after it was FAILED or CANCELLED"
    case .dropEvery: "the MAX line drops after so many frames"
    case .errorShape: "errors as the server has them, or the document"
    case .unsupportedVersion: "the client is too old for opcode 6"
    case .phoneAuth: "codes are refused, or never sent"
    case .text: "the text notation is not spoken"
    case .revokeToken: "the second login is refused (or the @n-th)"
    case .pushCollides: "a push with a request's seq comes before its answer"
    case .oversize: "after a login comes a frame of so many MiB (2)"
    case .garbage: "after a login come frames that are no JSON"
    case .noAnswer: "this opcode is never answered"
    case .lateAnswer: "answers with this opcode are so many ms late"
    case .outOfOrder: "an answer with this opcode comes after the next one"
    case .answerTwice: "answers with this opcode come twice"
    case .nullPayload: "answers with this opcode have the payload null"
    case .refuse: "this opcode is refused with this error"
    case .pushBetween: "a push comes before each answer"
    case .pushWithoutSeq: "pushes have no seq"
    case .duplicateMessage: "a new message is pushed twice"
    case .repeatUnacked: "what is not acknowledged in so many s comes again"
    case .deleteAsMessage: "deletions are messages with the status REMOVED"
    case .deleteUnknown: "messages are deleted that never were"
    case .unknownKinds: "an opcode, a chat and a payload that nobody knows"
    case .bareLogin: "a login brings its token alone"
    case .swapIDs: "ids come in the other notation's form"
    case .wrapIntegers: "long binary numbers are wrapped in extension 1"
    case .zstd: "binary answers are compressed with zstd"
    case .dropAfter: "the line breaks so many s after a login"
    case .outage: "MAX is away for so many s, while messages arrive"
    case .qrExpires: "a QR code expires before it is approved"
    case .vcp: "calls come with this configuration"
    case .callCancel: "callers give up after so many s"
    case .stun: "the STUN server is silent or answers rubbish"
    case .turn: "the TURN servers are silent, wrong, or out of date"
    case .uploadFails: "an upload is answered with this status, or 500"
    case .uploadError: "an uploaded file cannot be processed"
    case .redirect: "after the first login comes opcode 3"
    case .forcedLogoutAfter: "so many s after a login its token is revoked"
    }
  }
}
