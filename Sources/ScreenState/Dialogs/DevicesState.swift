import Domain

/// Where the MAX account is signed in, and what accounts there are here.
package struct DevicesState: Sendable, Equatable {
  /// One device of the account. All texts are the server's.
  package struct Device: Sendable, Equatable {
    /// What sort of program it is.
    package var client: String
    /// More about the device, if the server tells.
    package var info: String?
    /// About where it is, likewise.
    package var location: String?
    /// When it was last used (wall ms), likewise.
    package var lastSeenAt: Int64?
    /// Whether it is this one.
    package var isCurrent: Bool

    package init(
      client: String,
      info: String? = nil,
      location: String? = nil,
      lastSeenAt: Int64? = nil,
      isCurrent: Bool
    ) {
      self.client = client
      self.info = info
      self.location = location
      self.lastSeenAt = lastSeenAt
      self.isCurrent = isCurrent
    }
  }

  /// The lamps, for the lines about accounts.
  package var accounts: [ConnectionStatus] = []
  /// This device first, then the ones used last; nil until the server has told.
  package var devices: [Device]?
  /// Index of the selected device.
  package var selection: Int?
  /// What is being waited for.
  package var progress: String?
  /// Why the server did not tell, or did not do it.
  package var problem: String?
  /// The keys.
  package var hints: [Hint] = []

  package init(
    accounts: [ConnectionStatus] = [],
    devices: [Device]? = nil,
    selection: Int? = nil,
    progress: String? = nil,
    problem: String? = nil,
    hints: [Hint] = []
  ) {
    self.accounts = accounts
    self.devices = devices
    self.selection = selection
    self.progress = progress
    self.problem = problem
    self.hints = hints
  }
}
