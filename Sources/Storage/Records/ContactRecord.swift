/// A person at one service.
public struct ContactRecord: Sendable, Equatable {
  /// Where the person is known.
  public var service: Service
  /// The person as the service names people: a number in MAX, a telephone number in TextSecure.
  public var id: String
  /// The name to show.
  public var name: String
  /// In international form with `+`, where it is known.
  public var phone: String?
  /// Wall-clock milliseconds since 1970.
  public var updatedAt: Int64

  /// A person with these fields.
  public init(
    service: Service, id: String, name: String, phone: String? = nil, updatedAt: Int64
  ) {
    self.service = service
    self.id = id
    self.name = name
    self.phone = phone
    self.updatedAt = updatedAt
  }
}
