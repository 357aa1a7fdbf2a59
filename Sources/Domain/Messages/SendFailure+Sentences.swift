import Phrases

extension SendFailure {
  /// What happened and what to do, in the language in use: the one place where it is said.
  package var sentences: String {
    switch self {
    case .identityChanged(let person): Phrase.secureIdentityChanged.with(person.words)
    case .unexplained: Phrase.messageNotSent.text
    case .told(let words): words
    case .notANumber(let number): sentences(Phrase.notANumber.with(number), .notANumberHint)
    case .unregistered: sentences(Phrase.numberUnregistered.text, .numberUnregisteredHint)
    case .otherDevices: sentences(Phrase.otherDevices.text, .tryLater)
    case .newInstallation: sentences(Phrase.newInstallation.text, .tryLater)
    case .flawed(let flaw): sentences(flaw.sentence, flaw.hint)
    case .file(let failure): sentences(failure.message, failure.hint)
    case .fileTooLarge(let name):
      sentences(Phrase.fileTooLargeForServer.with(name), .fileTooLargeHint)
    case .noFiles: sentences(Phrase.relayTakesNoFiles.text, .relayTakesNoFilesHint)
    case .refused(let status): refusal(String(status))
    case .answered(let words, let advice):
      // What is known is said in the reader's language, and not in the server's.
      advice.message.map { sentences($0.text, advice.phrase) } ?? sentences(words, advice.phrase)
    case .answerUnreadable(let part):
      sentences(Phrase.answerUnreadable.with(part), .protocolChangedHint)
    case .answerTooLong(let limit): sentences(Phrase.answerTooLong.with(String(limit)), .tryAgain)
    case .inTheClear(let host):
      sentences(Phrase.nothingInTheClear.with(host), .nothingInTheClearHint)
    case .system(let words): sentences(Phrase.systemReports.with(words), .tryAgain)
    }
  }

  private func sentences(_ message: String, _ hint: Phrase) -> String {
    "\(message). \(hint.text)."
  }

  private func refusal(_ status: String) -> String {
    switch status {
    case "401", "403": sentences(Phrase.relayRefused.with(status), .relayGuardedHint)
    case "404", "405": sentences(Phrase.noSuchRelay.with(status), .checkRelayHint)
    default: sentences(Phrase.relayRefused.with(status), .checkRelayHint)
    }
  }
}

extension SendFailure.Advice {
  /// What happened, where the advice tells that; nil where only the server's words do.
  fileprivate var message: Phrase? {
    switch self {
    case .updateClient: .maxClientTooOld
    case .openCaptcha: .maxCaptcha
    case .seeApp: .maxBlocked
    case .notAllowed: .maxNotAllowed
    case .notFound: .maxNotFound
    case .tryAgain, .sendInParts, .lookForUpdate: nil
    }
  }

  fileprivate var phrase: Phrase {
    switch self {
    case .tryAgain, .notFound: .tryAgain
    case .sendInParts: .fileTooLargeHint
    case .updateClient: .clientTooOldHint
    case .openCaptcha: .captchaHint
    case .seeApp: .maxBlockedHint
    case .notAllowed: .maxNotAllowedHint
    case .lookForUpdate: .protocolChangedHint
    }
  }
}
