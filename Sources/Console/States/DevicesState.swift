/// Where the MAX account is signed in, and what accounts there are here.
public struct DevicesState: Sendable, Equatable {
  /// The lamps, for the lines about accounts.
  public var accounts: [StatusState.Entry] = []
  /// This device first, then the ones used last; nil until the server has told.
  public var devices: [DeviceLine]?
  /// Index of the selected device.
  public var selection: Int?
  /// What is being waited for.
  public var progress: String?
  /// Why the server did not tell, or did not do it.
  public var problem: String?
  /// The keys.
  public var hints: [Hint] = []
}
