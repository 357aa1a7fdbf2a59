/// The keys by which people know each other: one's own, and a contact's.
public struct FingerprintsState: Sendable, Equatable {
  /// A public key as people compare it.
  public struct Fingerprint: Sendable, Equatable {
    /// `05 3f a2 …`, a byte a group.
    public var text: String
    /// What its QR code says.
    public var code: String
  }

  /// One fingerprint as a QR code.
  public struct Code: Sendable, Equatable {
    /// Whose it is.
    public var label: String
    /// What the code says.
    public var text: String
  }

  /// The contact's name; nil when the dialog is about ourselves alone.
  public var contact: String?
  /// Our own; nil until it is read.
  public var own: Fingerprint?
  /// The contact's, as it was accepted; nil while we have none.
  public var theirs: Fingerprint?
  /// The one that came in its place; nil when none did.
  public var new: Fingerprint?
  /// How far the contact's can be trusted; nil while we have none.
  public var standing: IdentityState?
  /// What the QR code shows; nil for no code.
  public var code: Code?
  /// The first row in sight of a code that is shown as text.
  public var scroll: Int?
  /// What is waited for.
  public var progress: String?
  /// Why there is nothing to see, or what was asked for did not happen.
  public var problem: String?
  /// The keys.
  public var hints: [Hint] = []
}
