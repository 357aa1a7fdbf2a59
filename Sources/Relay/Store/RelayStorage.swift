import Database

/// Where a relay keeps what it is given.
struct RelayStorage: Sendable {
  /// Accounts, keys and messages.
  let database: Database
  /// The attachments' directory; nil for a relay in memory.
  let directory: DataDirectory?
  /// How much room attachments have left.
  let space: AttachmentSpace
}
