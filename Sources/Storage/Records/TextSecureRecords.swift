import Cryptography
import Domain

/// What this installation of TextSecure has drawn for itself.
package struct TextSecureDeviceRecord: Sendable, Equatable {
  /// The number it is registered with.
  package var number: String
  /// The private identity key, 32 bytes.
  package var identity: SecretBytes
  /// 1 ... 16380.
  package var registrationId: Int64
  /// 52 bytes.
  package var signalingKey: SecretBytes

  /// An installation with these keys.
  package init(
    number: String, identity: SecretBytes, registrationId: Int64, signalingKey: SecretBytes
  ) {
    self.number = number
    self.identity = identity
    self.registrationId = registrationId
    self.signalingKey = signalingKey
  }
}

/// One device of a number.
package struct TextSecureAddress: Sendable, Hashable {
  /// E.164.
  package var number: String
  /// 1 or more.
  package var device: Int64

  /// The device of this number.
  package init(number: String, device: Int64) {
    self.number = number
    self.device = device
  }
}

/// What started a session with a number.
package struct StartingKey: Sendable, Hashable {
  /// E.164.
  package var number: String
  /// The identity key of who started it, 33 bytes.
  package var identity: [UInt8]
  /// 33 bytes.
  package var baseKey: [UInt8]

  /// The key of a session that this number started.
  package init(number: String, identity: [UInt8], baseKey: [UInt8]) {
    self.number = number
    self.identity = identity
    self.baseKey = baseKey
  }
}

/// A prekey that somebody may have fetched.
package struct PreKeyRecord: Sendable, Equatable {
  /// 24 bits.
  package var id: Int64
  /// 32 bytes.
  package var privateKey: SecretBytes

  /// A prekey of this id.
  package init(id: Int64, privateKey: SecretBytes) {
    self.id = id
    self.privateKey = privateKey
  }
}

/// A number that was written with, and how far it is trusted.
package struct PeerRecord: Sendable, Equatable {
  /// E.164.
  package var number: String
  /// The federated relay where it is registered; nil for our own.
  package var relay: String?
  /// The identity key in use, 33 bytes; nil before the first message.
  package var identity: [UInt8]?
  /// Whether the owner has compared its fingerprint. A change of the key clears it.
  package var isVerified: Bool
  /// Another identity key that was seen since and waits for a decision.
  package var changedIdentity: [UInt8]?
}

/// A group of TextSecure as its members know it.
package struct GroupRecord: Sendable, Equatable {
  /// Its opaque id in hexadecimal.
  package var id: String
  /// What its members call it; may be empty.
  package var name: String
  /// Numbers, the owner's among them.
  package var members: [String]
  /// Where its picture lies and how to open it; nil for none.
  package var avatar: [UInt8]?
  /// Whether the owner is in it.
  package var isActive: Bool

  /// A group with these fields.
  package init(
    id: String, name: String, members: [String], avatar: [UInt8]? = nil, isActive: Bool = true
  ) {
    self.id = id
    self.name = name
    self.members = members
    self.avatar = avatar
    self.isActive = isActive
  }
}
