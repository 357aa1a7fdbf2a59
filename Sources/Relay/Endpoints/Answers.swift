/// The JSON bodies that the relay answers with. Optional members are left out at their defaults, as
/// the servers of the time did. What another relay answers is read in the same form.

struct CountAnswer: Codable { var count: Int }

struct KeyAnswer: Codable, Equatable, Sendable {
  var deviceId: Int
  var keyId: Int
  var publicKey: String
  var identityKey: String?
  var registrationId: Int?
  var lastResort: Bool?
}

struct KeysAnswer: Codable { var keys: [KeyAnswer] }

/// Of `/v2/keys/{number}/{device}`.
struct BundlesAnswer: Encodable, Sendable {
  struct Key: Encodable, Sendable {
    var keyId: Int
    var publicKey: String
  }

  struct Device: Encodable, Sendable {
    var deviceId: Int
    var registrationId: Int
    var preKey: Key?
    var signedPreKey: SignedKey
  }

  var identityKey: String
  var devices: [Device]
}

/// A key that the identity key has signed; clients upload it in the form in which they get it.
struct SignedKey: Codable, Sendable {
  var keyId: Int
  var publicKey: String
  var signature: String
}

struct MismatchAnswer: Encodable, Sendable {
  var missingDevices: [Int]
  var extraDevices: [Int]
}

struct StaleAnswer: Encodable, Sendable { var staleDevices: [Int] }

struct ContactAnswer: Codable, Sendable {
  var token: String
  var relay: String?
  var supportsSms: Bool?
  /// Told to other relays alone.
  var inactive: Bool?
}

struct ContactsAnswer: Codable { var contacts: [ContactAnswer] }

struct ProvisioningAnswer: Encodable { var verificationCode: String }

struct DeviceAnswer: Encodable { var deviceId: Int }

struct DevicesAnswer: Encodable {
  struct Device: Encodable, Sendable {
    var id: Int
    var name: String?
    /// Milliseconds since 1970; the day of the last connection is all that is kept.
    var lastSeen: Int64
    var created: Int64
  }

  var devices: [Device]
}

/// Of `GET /v1/messages`.
struct MessagesAnswer: Encodable {
  struct Message: Encodable, Sendable {
    var type: UInt64
    var relay: String?
    var timestamp: UInt64
    var source: String
    var sourceDevice: UInt64
    /// Base64; left out for a receipt.
    var message: String?
  }

  var messages: [Message]
  /// Whether there are more than one answer holds.
  var more: Bool
}

/// The id as a number, as the servers had it, and as text for readers that count in doubles.
struct AllocationAnswer: Encodable {
  var id: Int64
  var idString: String
  var location: String
}

struct LocationAnswer: Codable { var location: String }
