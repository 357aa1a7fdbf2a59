import Domain

/// The keys by which people know each other: one's own, and a contact's.
package struct FingerprintsState: Sendable, Equatable {
  /// A public key as people compare it.
  package struct Fingerprint: Sendable, Equatable {
    /// `05 3f a2 …`, a byte a group.
    package var text: String
    /// What its QR code says.
    package var code: String

    package init(
      text: String,
      code: String
    ) {
      self.text = text
      self.code = code
    }
  }

  /// One fingerprint as a QR code.
  package struct Code: Sendable, Equatable {
    /// Whose it is.
    package var label: String
    /// What the code says.
    package var text: String

    package init(
      label: String,
      text: String
    ) {
      self.label = label
      self.text = text
    }
  }

  /// The contact's name; nil when the dialog is about ourselves alone.
  package var contact: String?
  /// Our own; nil until it is read.
  package var own: Fingerprint?
  /// The contact's, as it was accepted; nil while we have none.
  package var theirs: Fingerprint?
  /// The one that came in its place; nil when none did.
  package var new: Fingerprint?
  /// How far the contact's can be trusted; nil while we have none.
  package var trust: IdentityState?
  /// What the QR code shows; nil for no code.
  package var code: Code?
  /// The first row in sight of a code that is shown as text.
  package var scroll: Int?
  /// What is waited for.
  package var progress: String?
  /// Why there is nothing to see, or what was asked for did not happen.
  package var problem: String?
  /// The keys.
  package var hints: [Hint] = []

  package init(
    contact: String? = nil,
    own: Fingerprint? = nil,
    theirs: Fingerprint? = nil,
    new: Fingerprint? = nil,
    trust: IdentityState? = nil,
    code: Code? = nil,
    scroll: Int? = nil,
    progress: String? = nil,
    problem: String? = nil,
    hints: [Hint] = []
  ) {
    self.contact = contact
    self.own = own
    self.theirs = theirs
    self.new = new
    self.trust = trust
    self.code = code
    self.scroll = scroll
    self.progress = progress
    self.problem = problem
    self.hints = hints
  }
}
