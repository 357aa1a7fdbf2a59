@testable import Storage

extension Store {
  /// As on a full disk: what is there can be read, and the journal takes nothing more.
  func refuseEntries(_ areRefused: Bool) async throws {
    let change =
      areRefused
      ? """
      CREATE TEMP TRIGGER disk_is_full BEFORE INSERT ON journal BEGIN
        SELECT RAISE(ABORT, 'database or disk is full');
      END
      """ : "DROP TRIGGER disk_is_full"
    try await database.write { try $0.run(change) }
  }
}
