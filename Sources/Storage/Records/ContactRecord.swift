import Domain

/// A person at one service.
package struct ContactRecord: Sendable, Equatable {
  /// Where the person is known.
  package var service: Service
  /// The person as the service names people: a number in MAX, a telephone number in TextSecure.
  package var id: String
  /// The name to show.
  package var name: String
  /// In international form with `+`, where it is known.
  package var phone: String?
  /// Wall-clock milliseconds since 1970.
  package var updatedAt: Int64

  /// A person with these fields.
  package init(
    service: Service, id: String, name: String, phone: String? = nil, updatedAt: Int64
  ) {
    self.service = service
    self.id = id
    self.name = name
    self.phone = phone
    self.updatedAt = updatedAt
  }
}
