/// Why a message has not reached somebody, as it is stored: what it is about, without the words.
///
/// The sentences are made where it is shown (`sentences`), in the reader's language. The cases and the
/// names of their parameters are what stands in the store: another name needs a migration.
package enum SendFailure: Sendable, Hashable, Codable {
  /// Nothing goes to somebody until their new identity key is accepted.
  case identityChanged(of: NotedPerson)
  /// Nothing more is known.
  case unexplained
  /// What an earlier version stored of it, where that is not understood.
  case told(words: String)

  // What lies in the message or the way to somebody.

  /// There can be no such number.
  case notANumber(number: String)
  /// Nobody has registered with the number.
  case unregistered
  /// The devices of the number are others than was thought.
  case otherDevices
  /// Somebody has installed the program anew.
  case newInstallation
  /// The session, or what came back, has a flaw.
  case flawed(flaw: MessageFlaw)
  /// A file to be sent cannot be used.
  case file(failure: FileFailure)

  // What a server answered.

  /// The server takes no file as large as the one of this name.
  case fileTooLarge(name: String)
  /// The server takes no files at all.
  case noFiles
  /// An HTTP status that means nothing of its own.
  case refused(status: Int64)
  /// The server's own words, without a full stop, and what is to be done.
  case answered(words: String, advice: Advice)
  /// The answer does not have the form it should have.
  case answerUnreadable(part: String)
  /// The answer has more bytes than these.
  case answerTooLong(limit: Int64)

  // What keeps this machine from asking.

  /// Nothing is sent to the host without encryption.
  case inTheClear(host: String)
  /// The operating system's words, without a full stop.
  case system(words: String)

  /// What to do about a server's refusal.
  package enum Advice: String, Sendable, Hashable, Codable, CaseIterable {
    case tryAgain, sendInParts, updateClient, openCaptcha, seeApp, notAllowed, notFound
    case lookForUpdate
  }
}

extension SendFailure {
  /// The failure with each of its texts cut to 4 KiB: some are a server's.
  package var bounded: SendFailure {
    func cut(_ text: String) -> String { text.bounded(toBytes: 4 << 10) }
    return switch self {
    case .identityChanged(let person): .identityChanged(of: person.bounded)
    case .told(let words): .told(words: cut(words))
    case .notANumber(let number): .notANumber(number: cut(number))
    case .flawed(let flaw): .flawed(flaw: flaw.bounded)
    case .fileTooLarge(let name): .fileTooLarge(name: cut(name))
    case .answered(let words, let advice): .answered(words: cut(words), advice: advice)
    case .answerUnreadable(let part): .answerUnreadable(part: cut(part))
    case .inTheClear(let host): .inTheClear(host: cut(host))
    case .system(let words): .system(words: cut(words))
    case .unexplained, .unregistered, .otherDevices, .newInstallation, .file, .noFiles, .refused,
      .answerTooLong:
      self
    }
  }
}
