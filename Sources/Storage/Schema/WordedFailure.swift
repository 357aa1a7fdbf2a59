import Domain

// Reasons as they were stored in sentences, by versions up to the migration to kinds. The sentences
// stand here as those versions wrote them, whatever the tables of phrases say by now.

extension SendFailure {
  /// Why a message was not sent, by the sentences that told it; they are kept if they are not known.
  init(worded words: String) {
    let sentence = WordedSentence(words)
    for (pattern, make) in SendFailure.sentences {
      if let holes = sentence.holes(of: pattern), let failure = make(holes) {
        self = failure
        return
      }
    }
    self = .told(words: words)
  }

  /// What an earlier version said, and what it meant by it. The first that fits holds: those into which
  /// a server's own words fit stand last.
  private static let sentences: [(pattern: String, make: @Sendable ([String]) -> SendFailure?)] = [
    ("The message was not sent", { _ in .unexplained }),
    ("The identity key of {} has changed", { .identityChanged(of: .named(name: $0[0])) }),
    (
      "{} is not a telephone number. Write it like +14155550100.",
      { .notANumber(number: $0[0]) }
    ),
    (
      "Nobody is registered with this number. Check the number, or invite the contact.",
      { _ in .unregistered }
    ),
    (
      "The contact's devices are others than was thought. Try again later.",
      { _ in .otherDevices }
    ),
    ("The contact has installed the program anew. Try again later.", { _ in .newInstallation }),
    (
      "The relay takes no files. Send the text alone, or ask whoever runs the relay.",
      { _ in .noFiles }
    ),
    (
      "What answers is no TextSecure relay (HTTP {}). Check the relay's address and version.",
      { refused($0[0], among: [404, 405]) }
    ),
    (
      "The relay refused the request (HTTP {}). The relay, or what stands before it, lets only some in: ask its operator.",
      { refused($0[0], among: [401, 403]) }
    ),
    (
      "The relay refused the request (HTTP {}). Check the relay's address and version.",
      { refused($0[0], notAmong: [401, 403, 404, 405]) }
    ),
    (
      "{}. Check the relay's address and version.",
      { MessageFlaw(worded: $0[0]).flatMap { $0.isMalformed ? .flawed(flaw: $0) : nil } }
    ),
    (
      "{}. Ask for it to be sent again; if it happens often, register again.",
      { MessageFlaw(worded: $0[0]) == .notAuthentic ? .flawed(flaw: .notAuthentic) : nil }
    ),
    (
      "This is larger than {} bytes. Send less at once.",
      { Int64(wholly: $0[0]).map { .flawed(flaw: .tooLarge(limit: $0)) } }
    ),
    (
      "{} is larger than the file server takes, and was not sent. Send it in parts, or another way.",
      { .fileTooLarge(name: $0[0]) }
    ),
    ("There is no file {}. Check the path.", { .file(failure: .missing(path: $0[0])) }),
    (
      "{} may not be used by you. Look at its permissions with ls -l.",
      { .file(failure: .forbidden(path: $0[0])) }
    ),
    (
      "The disk has no room for {}. Free some space, then try again.",
      { .file(failure: .diskFull(path: $0[0])) }
    ),
    (
      "The file {} cannot be used ({}). Try again.",
      { .file(failure: .failed(path: $0[0], reason: $0[1])) }
    ),
    (
      "The server's answer cannot be read: {}. The protocol may have changed: look for a new version.",
      { .answerUnreadable(part: $0[0]) }
    ),
    (
      "The answer has more than {} bytes. Try again.",
      { Int64(wholly: $0[0]).map { .answerTooLong(limit: $0) } }
    ),
    (
      "Nothing is sent to {} without encryption. Use wss:// or https://; plain text is for this machine alone.",
      { .inTheClear(host: $0[0]) }
    ),
    ("The system reports: {}. Try again.", { .system(words: $0[0]) }),
    ("{}. Try again.", { MessageFlaw(worded: $0[0]).map { .flawed(flaw: $0) } }),

    // A server's own words.
    ("{}. Try again.", { .answered(words: $0[0], advice: .tryAgain) }),
    ("{}. Send it in parts, or another way.", { .answered(words: $0[0], advice: .sendInParts) }),
    (
      "{}. Pass for a newer web client with --max-app-version, or update tercet.",
      { .answered(words: $0[0], advice: .updateClient) }
    ),
    (
      "{}. Open the captcha's link in a browser, or sign in by QR code.",
      { .answered(words: $0[0], advice: .openCaptcha) }
    ),
    (
      "{}. The account is blocked: see the MAX app.",
      { .answered(words: $0[0], advice: .seeApp) }
    ),
    (
      "{}. The server does not allow this to this account.",
      { .answered(words: $0[0], advice: .notAllowed) }
    ),
    (
      "{}. The protocol may have changed: look for a new version.",
      { .answered(words: $0[0], advice: .lookForUpdate) }
    ),
  ]

  private static func refused(_ status: String, among known: Set<Int64>) -> SendFailure? {
    Int64(wholly: status).flatMap { known.contains($0) ? .refused(status: $0) : nil }
  }

  private static func refused(_ status: String, notAmong known: Set<Int64>) -> SendFailure? {
    Int64(wholly: status).flatMap { known.contains($0) ? nil : .refused(status: $0) }
  }
}

extension MessageFlaw {
  /// What was wrong with a message, by the sentence that told it; nil if it is not known.
  init?(worded words: String) {
    let sentence = WordedSentence(words)
    for (pattern, make) in MessageFlaw.sentences {
      if let holes = sentence.holes(of: pattern), let flaw = make(holes) {
        self = flaw
        return
      }
    }
    return nil
  }

  fileprivate var isMalformed: Bool {
    if case .malformed = self { true } else { false }
  }

  /// Without the full stop.
  private static let sentences: [(pattern: String, make: @Sendable ([String]) -> MessageFlaw?)] = [
    ("What came from the relay cannot be read: {}", { .malformed(part: $0[0]) }),
    (
      "What came was changed on its way: its authentication code is wrong",
      { _ in .notAuthentic }
    ),
    ("This is larger than {} bytes", { Int64(wholly: $0[0]).map { .tooLarge(limit: $0) } }),
    (
      "With this session, the message or key is damaged ({}). Ask for it to be sent again",
      { .damaged(part: $0[0]) }
    ),
    (
      "With this session, the stored session with this device is damaged ({}). End it; the next message starts another",
      { .damagedSession(part: $0[0]) }
    ),
    (
      "With this session, the message is of protocol version {}, only 2 can be read. The sender needs a TextSecure client that speaks version 2",
      { Int64(wholly: $0[0]).map { .otherVersion(version: $0) } }
    ),
    (
      "With this session, the contact's key is not a safe one. Do not trust it; ask how it was made",
      { _ in .unusableKey }
    ),
    (
      "With this session, the message has {} bytes, {} are allowed. Send it in parts or as an attachment",
      {
        guard let bytes = Int64(wholly: $0[0]), let limit = Int64(wholly: $0[1]) else { return nil }
        return .tooLong(bytes: bytes, limit: limit)
      }
    ),
    (
      "With this session, there is no secure session with this device. Send it a message to start one",
      { _ in .noSession }
    ),
    (
      "With this session, the message was made for key {}, which is used up or was replaced. Ask for it to be sent again",
      { Int64(wholly: $0[0]).map { .unknownPreKey(id: $0) } }
    ),
    (
      "With this session, the message was already read. Nothing needs to be done",
      { _ in .duplicate }
    ),
    (
      "With this session, {} messages before this one are missing, too many to catch up. End the session, then ask for them to be sent again",
      { Int64(wholly: $0[0]).map { .tooFarAhead(count: $0) } }
    ),
    (
      "With this session, the message fits no session: it was changed on its way, or a side has lost its keys. End the session, then ask for it to be sent again",
      { _ in .foreign }
    ),
  ]
}

extension Int64 {
  /// A number that is written as this program writes it.
  fileprivate init?(wholly text: String) {
    guard let number = Int64(text), String(number) == text else { return nil }
    self = number
  }
}
