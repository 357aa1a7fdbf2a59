import Phrases

/// What is known of something attached besides a name, as it is stored: without the words.
///
/// The cases and the names of their parameters are what stands in the store.
package enum AttachmentDetail: Sendable, Hashable, Codable {
  /// How long something is to be heard or seen.
  case clip(seconds: Int64)
  /// A call, and how it ended in the service's word.
  case call(isVideo: Bool, outcome: String)
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
    case (.call(let isVideo, let outcome), _):
      (isVideo ? Phrase.callVideoLine : .callAudioLine).with(outcome)
    case (.card(let card, let words), _):
      words.isEmpty ? card.phrase.text : "\(card.phrase.text): \(words)"
    case (.unsupported(let word), _): Phrase.unsupported.with(word)
    case (.broken, _): Phrase.secureBrokenFile.text
    case (nil, _): kinds[type]?.text
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
