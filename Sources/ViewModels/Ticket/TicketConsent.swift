import Domain

/// What the person at the keys has seen and agreed to: decides whether a press of the commit key is
/// meant.
///
/// A key works only after the picture has stood still for a moment without that key, so neither one
/// already on its way nor one held down commits. What is not as it was, or looks like a mistake,
/// takes one press more.
struct TicketConsent {
  /// How long the picture must stand, and the key must rest.
  static let delay: Duration = .milliseconds(400)

  /// What a press of the key means.
  enum Answer: Equatable {
    /// Nothing: it came too early.
    case tooEarly
    /// The price was agreed to anew, or the repetition: the next press commits.
    case agreed
    case commit
  }

  /// Uptime of the last change of the picture, or of the last press of the key.
  private var restingSince: Duration
  private var shown: Amount
  private var agreed: Amount
  private(set) var repeatsOnPurpose = false

  /// The first quote, just shown.
  init(_ quote: Quote, at uptime: Duration) {
    restingSince = uptime
    shown = quote.expectedOut
    agreed = quote.expectedOut
  }

  /// Another quote in the place of the last one.
  mutating func show(_ quote: Quote, at uptime: Duration) {
    guard quote.expectedOut != shown else { return }
    shown = quote.expectedOut
    restingSince = uptime
  }

  /// Whether what is shown is not what was agreed to.
  var hasChanged: Bool { shown != agreed }

  /// When the key begins to work (uptime).
  var armed: Duration { restingSince + TicketConsent.delay }

  /// The commit key was pressed.
  ///
  /// - Parameter isRepetition: whether the same swap was sent just now.
  mutating func press(at uptime: Duration, isRepetition: Bool) -> Answer {
    let isEarly = uptime < armed
    restingSince = uptime
    if isEarly { return .tooEarly }
    if hasChanged {
      agreed = shown
      return .agreed
    }
    if isRepetition, !repeatsOnPurpose {
      repeatsOnPurpose = true
      return .agreed
    }
    return .commit
  }
}
