import Database

/// The groups of TextSecure.
package struct GroupRepository: Sendable {
  let database: Database

  /// The group of this id in hexadecimal; nil if there is none.
  package func group(_ id: String) async throws(DatabaseError) -> GroupRecord? {
    try await database.read { try $0.group(id) }
  }
}

extension GroupRecord: RowDecodable {
  package init(row: borrowing Row) throws {
    self.init(
      id: try row.get("id"), name: try row.get("name"),
      members: try JSONColumn.decode(list: "members", of: row), avatar: try row.get("avatar"),
      isActive: try row.get("active"))
  }
}

extension Connection {
  package func group(_ id: String) throws -> GroupRecord? {
    try first("SELECT * FROM secure_group WHERE id = ?", [id])
  }

  package func save(_ group: GroupRecord) throws {
    try execute(
      """
      INSERT OR REPLACE INTO secure_group (id, name, members, avatar, active)
      VALUES (?, ?, ?, ?, ?)
      """,
      [
        group.id, group.name, try JSONColumn.encode(list: group.members), group.avatar,
        group.isActive,
      ])
  }
}
