import Database
import Domain

/// The people of every service.
package struct ContactRepository: Sendable {
  let database: Database

  /// Every contact, by service and id; people are sorted by whoever shows them.
  package func all(_ service: Service? = nil) async throws(DatabaseError) -> [ContactRecord] {
    try await database.read {
      try $0.query(
        "SELECT * FROM contact WHERE ?1 IS NULL OR service = ?1 ORDER BY service, id", [service])
    }
  }

  /// The person of this id; nil if there is none.
  package func contact(
    _ service: Service, _ id: String
  ) async throws(DatabaseError) -> ContactRecord? {
    try await database.read {
      try $0.first("SELECT * FROM contact WHERE service = ? AND id = ?", [service, id])
    }
  }

  /// Inserts the contacts or brings them up to date; a known telephone number is not forgotten.
  package func save(_ contacts: [ContactRecord]) async throws(DatabaseError) {
    try await database.write { connection in
      for contact in contacts { try connection.save(contact) }
    }
  }
}

extension ContactRecord: RowDecodable {
  package init(row: borrowing Row) throws {
    self.init(
      service: try row.get("service"), id: try row.get("id"), name: try row.get("name"),
      phone: try row.get("phone"), updatedAt: try row.get("updated_at"))
  }
}

extension Connection {
  /// Inserts the contact if there is none of its id.
  func saveIfUnknown(_ contact: ContactRecord) throws {
    try execute(
      "INSERT OR IGNORE INTO contact (service, id, name, phone, updated_at) VALUES (?, ?, ?, ?, ?)",
      [contact.service, contact.id, contact.name, contact.phone, contact.updatedAt])
  }

  package func save(_ contact: ContactRecord) throws {
    try execute(
      """
      INSERT INTO contact (service, id, name, phone, updated_at) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (service, id) DO UPDATE SET name = excluded.name,
        phone = ifnull(excluded.phone, phone), updated_at = excluded.updated_at
      """,
      [contact.service, contact.id, contact.name, contact.phone, contact.updatedAt])
  }
}
