import Axolotl
import Clocks
import Domain
import Files
import FoundationEssentials
import OneMe
import Phrases
import Testing
import TextSecure
import Transport

@testable import Accounts
@testable import MaxService
@testable import Storage
@testable import TextSecureService

/// A stored kind says what its error says, and what an earlier version stored of the error is
/// understood as that kind.
@Suite("Why a message failed, by kind and in words")
struct SendFailureTests {
  private static let flaws: [AxolotlError] = [
    .malformed("a key"), .damagedSession("a list"), .unsupportedVersion(3), .unusableKey,
    .tooLong(99_999), .noSession, .unknownPreKey(77), .duplicate, .tooFarAhead(2001),
    .notAuthentic,
  ]

  private static let files: [FileError] = [
    .missing("/a b"), .forbidden("/a"), .diskFull("/a"), .failed("/a", "Input/output error"),
  ]

  @Test("TextSecure's", arguments: errors)
  func textSecure(error: TextSecureError) throws {
    let failure = SendFailure(error)
    let words = UserError(error).sentences
    #expect(failure.sentences == words)
    #expect(SendFailure(worded: words) == failure)
    #expect(try again(failure) == failure)
  }

  private static let errors: [TextSecureError] =
    [
      .badNumber("+1"), .unregistered, .noAttachments,
      .mismatchedDevices(missing: [1], extra: []), .staleDevices([1]), .refused(status: 401),
      .refused(status: 403), .refused(status: 404), .refused(status: 405), .refused(status: 418),
      .malformed("a web page in place of an answer"), .notAuthentic, .tooLarge(limit: 65_536),
    ] + flaws.map { .session($0) } + files.map { .file($0) }

  @Test("MAX's", arguments: refusals + others)
  func max(error: OneMeError) throws {
    let failure = SendFailure(error)
    #expect(failure.sentences == UserError(error).sentences)
    #expect(try again(failure) == failure)
    let before = SendFailure(worded: wordedBefore(error))
    // An earlier version did not tell this one apart.
    if case .answered(_, .notFound) = failure { return }
    #expect(before == failure)
  }

  /// What an earlier version stored of it: the server's words, and what to do.
  private func wordedBefore(_ error: OneMeError) -> String {
    guard case .refused(let refusal) = error, !error.isTooLargeFile else {
      return UserError(error).sentences
    }
    let hint =
      refusal.kind == .clientTooOld
      ? Phrase.clientTooOldHint.text : refusal.kind.hint ?? Phrase.tryAgain.text
    return "\(refusal.text.withoutFullStop). \(hint.withoutFullStop)."
  }

  private static let refusals: [OneMeError] = [
    OneMeRefusal(code: "error.user.restricted.send", title: "Нельзя", explanation: "Вас не ждут."),
    OneMeRefusal(code: "chat.not.found"), OneMeRefusal(code: "client.unsupported-version"),
    OneMeRefusal(code: "user.blocked"), OneMeRefusal(code: "captcha.needed"),
    OneMeRefusal(code: "proto.payload", detail: "no text"),
    OneMeRefusal(code: "The chat is closed."),
    OneMeRefusal(code: "http.413"),
  ].map { .refused($0) }

  private static let others: [OneMeError] = [
    .transport(.io("No route to host")), .transport(.tooLarge(limit: 100)),
    .transport(.insecure("example.org")), .malformed(.send, "payload.message is missing"),
  ]

  @Test("All that can be wrong with a file")
  func everyFile() {
    let all: [FileError] =
      Self.files + [
        .directory("/a"), .notOrdinary("/a"), .empty("/a"),
        .tooLarge("/a", size: 5 << 20, limit: 1 << 20), .cancelled,
      ]
    for error in all {
      #expect(SendFailure.file(failure: FileFailure(error)).sentences == UserError(error).sentences)
    }
  }

  @Test("What could not be read")
  func unreadable() {
    let errors: [TextSecureError] =
      [.malformed("a message without a version"), .notAuthentic, .tooLarge(limit: 7)]
      + Self.flaws.map { .session($0) }
    for error in errors {
      let words = error.message.withoutFullStop
      let flaw = MessageFlaw(error)
      #expect(flaw.sentence == words)
      #expect(MessageFlaw(worded: words) == flaw)
      #expect(
        MessageNote.flawed(flaw: flaw).sentence == MessageNote.unreadable(reason: words).sentence)
    }
    #expect(MessageFlaw(TextSecureError.cancelled) == .unknown)
  }

  @Test("Each piece of advice has words")
  func advice() {
    for advice in SendFailure.Advice.allCases {
      let words = SendFailure.answered(words: "No", advice: advice).sentences
      let isKnown: Set<SendFailure.Advice> = [
        .updateClient, .openCaptcha, .seeApp, .notAllowed, .notFound,
      ]
      #expect(words.hasPrefix("No. ") != isKnown.contains(advice) && words.count > 6)
    }
  }

  /// Written as the store writes it and read again.
  private func again(_ failure: SendFailure) throws -> SendFailure {
    try JSONDecoder().decode(
      SendFailure.self, from: Data(try JSONColumn.encode(failure).utf8))
  }
}
