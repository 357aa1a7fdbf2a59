import Database

extension MessageRepository {
  /// Messages of the owner that were given up and wait for another try, oldest first.
  package func failed() async throws(DatabaseError) -> [MessageRecord] {
    try await database.read {
      try $0.query("SELECT * FROM message WHERE own AND status = 'failed' ORDER BY at, id")
    }
  }
}
