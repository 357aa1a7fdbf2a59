import FoundationEssentials

/// The JSON bodies that the relay answers with. Optional members are left out at their defaults, as
/// the servers of the time did.

struct CountAnswer: Encodable { var count: Int }

struct KeyAnswer: Encodable, Equatable, Sendable {
  var deviceId: Int
  var keyId: Int
  var publicKey: String
  var identityKey: String?
  var registrationId: Int?
  var lastResort: Bool?
}

struct KeysAnswer: Encodable { var keys: [KeyAnswer] }

struct MismatchAnswer: Encodable, Sendable {
  var missingDevices: [Int]
  var extraDevices: [Int]
}

struct StaleAnswer: Encodable, Sendable { var staleDevices: [Int] }

struct ContactAnswer: Encodable, Sendable {
  var token: String
  var supportsSms: Bool?
}

struct ContactsAnswer: Encodable { var contacts: [ContactAnswer] }

struct ProvisioningAnswer: Encodable { var verificationCode: String }

struct DeviceAnswer: Encodable { var deviceId: Int }

/// The id as a number, as the servers had it, and as text for readers that count in doubles.
struct AllocationAnswer: Encodable {
  var id: Int64
  var idString: String
  var location: String
}

struct LocationAnswer: Encodable { var location: String }

enum JSONText {
  /// Compact, with the keys in a fixed order.
  static func encode(_ value: some Encodable) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return Array(try encoder.encode(value))
    } catch {
      preconditionFailure("an answer of text and integers cannot be written as JSON: \(error)")
    }
  }
}
