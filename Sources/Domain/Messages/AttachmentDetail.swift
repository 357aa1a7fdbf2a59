import Phrases

/// What is known of something attached besides a name, as it is stored: without the words.
///
/// The cases and the names of their parameters are what stands in the store.
package enum AttachmentDetail: Sendable, Hashable, Codable {
  /// How long something is to be heard or seen.
  case clip(seconds: Int64)
  /// A call, and how it ended in the service's word; whether it was our own, where that is known.
  case call(isVideo: Bool, outcome: String, isOwn: Bool? = nil)
  /// Something that has no file, and what is written on it: a poll with its question.
  case card(Card, words: String)
  /// Of a kind that is not shown; the service's word for it.
  case unsupported(word: String)
  /// A file that there is no way to open.
  case broken

  /// What has words and no file.
  package enum Card: String, Sendable, Hashable, Codable {
    case buttons, location, poll, app, present
  }
}

extension AttachmentDetail {
  /// What an attachment is called that has no name of its own; nil where only its type is known.
  ///
  /// - Parameter type: `photo`, `video`, or another of the service's words.
  package static func label(_ detail: AttachmentDetail?, type: String) -> String? {
    switch (detail, type) {
    case (.clip(let seconds), _):
      "\(kinds[type]?.text ?? type) \(stopwatchText(milliseconds: min(seconds, longest) * 1000))"
    case (.call(let isVideo, let outcome, let isOwn), _):
      (isVideo ? Phrase.callVideoLine : .callAudioLine).with(words(for: outcome, isOwn: isOwn))
    case (.card(let card, let words), _):
      words.isEmpty ? card.phrase.text : "\(card.phrase.text): \(words)"
    case (.unsupported(let word), _): Phrase.unsupported.with(word)
    case (.broken, _): Phrase.secureBrokenFile.text
    case (nil, _): kinds[type]?.text
    }
  }

  /// The same with the service's own word for how a call ended, as scripts have always read it.
  package static func scriptLabel(_ detail: AttachmentDetail?, type: String) -> String? {
    guard case .call(let isVideo, let outcome, _)? = detail else {
      return label(detail, type: type)
    }
    return (isVideo ? "video call " : "call ") + outcome
  }

  /// What people call a call, from what scripts read.
  package static func shownCall(_ scriptName: String, isOwn: Bool) -> String {
    for (isVideo, start) in [(true, "video call "), (false, "call ")]
    where scriptName.hasPrefix(start) {
      let outcome = String(scriptName.dropFirst(start.count))
      let call = AttachmentDetail.call(isVideo: isVideo, outcome: outcome, isOwn: isOwn)
      return label(call, type: "call") ?? scriptName
    }
    return scriptName
  }

  /// How a call ended, in the words of the call log; a word that is not known stays.
  ///
  /// - Parameter isOwn: whether we called; nil where nobody knows.
  private static func words(for outcome: String, isOwn: Bool?) -> String {
    switch outcome {
    case "hungup": Phrase.callEnded.text
    case "rejected", "busy": Phrase.callDeclined.text
    case "canceled", "cancelled":
      (isOwn == false ? Phrase.callMissed : .callCancelled).text
    case "missed": (isOwn == true ? Phrase.callUnanswered : .callMissed).text
    default: outcome
    }
  }

  /// Ten years and a little: the sum in milliseconds must not overflow.
  private static let longest: Int64 = 1 << 28

  private static let kinds: [String: Phrase] = [
    "photo": .photo, "video": .videoClip, "audio": .voice, "sticker": .sticker, "share": .link,
    "contact": .contact,
  ]
}

extension AttachmentDetail.Card {
  fileprivate var phrase: Phrase {
    switch self {
    case .buttons: .cardButtons
    case .location: .cardLocation
    case .poll: .cardPoll
    case .app: .cardApp
    case .present: .cardPresent
    }
  }
}
