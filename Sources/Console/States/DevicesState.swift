/// Where the MAX account is signed in, and what accounts there are here.
public struct DevicesState: Sendable, Equatable {
  /// One device of the account. All texts are the server's.
  public struct Device: Sendable, Equatable {
    /// What sort of program it is.
    public var client: String
    /// More about the device, if the server tells.
    public var info: String?
    /// About where it is, likewise.
    public var location: String?
    /// When it was last used (wall ms), likewise.
    public var lastSeenAt: Int64?
    /// Whether it is this one.
    public var isCurrent: Bool
  }

  /// The lamps, for the lines about accounts.
  public var accounts: [ConnectionStatus] = []
  /// This device first, then the ones used last; nil until the server has told.
  public var devices: [Device]?
  /// Index of the selected device.
  public var selection: Int?
  /// What is being waited for.
  public var progress: String?
  /// Why the server did not tell, or did not do it.
  public var problem: String?
  /// The keys.
  public var hints: [Hint] = []
}
