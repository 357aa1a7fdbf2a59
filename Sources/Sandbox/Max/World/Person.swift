/// Someone in the sandbox's world.
struct Person: Sendable, Codable {
  let id: Int64
  var firstName: String
  var lastName = ""
  /// With the country code, without `+`; nil for people who show none.
  var phone: Int64?
  var description: String?
  var isBot = false
  /// Takes no messages from people he does not know.
  var isReserved = false
  /// A second factor asked for after the code.
  var password: String?
  /// Wall-clock milliseconds.
  var updatedAt: Int64 = 1_793_000_000_000

  var name: String { lastName.isEmpty ? firstName : "\(firstName) \(lastName)" }
}

/// A contact as the protocol writes it (OneMe notes §4.3).
struct ContactObject: Encodable {
  struct Name: Encodable {
    let name: String
    let firstName: String
    let lastName: String
    let type: String
  }

  let id: Int64
  let names: [Name]
  let phone: Int64?
  let options: [String]
  let accountStatus = 0
  let updateTime: Int64
  let description: String?

  init(_ person: Person) {
    id = person.id
    names = [
      Name(
        name: person.name, firstName: person.firstName, lastName: person.lastName, type: "ONEME")
    ]
    phone = person.phone
    options = person.isBot ? ["BOT"] : ["TT", "ONEME"]
    updateTime = person.updatedAt
    description = person.description
  }

  enum CodingKeys: CodingKey {
    case id, names, phone, options, accountStatus, updateTime, description
  }
}

/// `{seen, status}`; `seen` in seconds, status 1 online, 0 offline (OneMe notes §3.1, 132).
struct PresenceObject: Encodable {
  let seen: Int64
  let status: Int
}
