import Cryptography
import FoundationEssentials
import Testing

@testable import Axolotl

/// Values that other implementations of the protocol have published.
enum Fixtures {
  /// Each vector's parts by name, in hexadecimal.
  static func keys(_ name: String) throws -> [String: Hex] {
    try #require(try load([String: [String: Hex]].self, "keys")[name])
  }

  static func transcripts() throws -> [Transcript] { try load([Transcript].self, "transcripts") }

  private static func load<Value: Decodable>(_ type: Value.Type, _ name: String) throws -> Value {
    let folder = #filePath.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }
    let data = try Data(contentsOf: URL(filePath: "\(folder)/Fixtures/\(name).json"))
    return try JSONDecoder().decode(type, from: data)
  }
}

/// Bytes that are hexadecimal text in a fixture.
struct Hex: Decodable, Equatable {
  let bytes: [UInt8]

  init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    bytes = try #require(Hexadecimal.decode(text))
  }

  var secret: SecretBytes { SecretBytes(bytes) }
  var publicKey: PublicKey { get throws { try PublicKey(bytes) } }
}

/// A talk of two clients, with all keys.
struct Transcript: Decodable, CustomTestStringConvertible {
  struct Pair: Decodable {
    let `private`, `public`: Hex
    var keyPair: KeyPair {
      get throws { KeyPair(privateKey: `private`.secret, publicKey: try `public`.publicKey) }
    }
  }

  struct Message: Decodable {
    enum Sender: String, Decodable { case alice, bob }
    let sender: Sender
    let type: UInt32
    let plaintext, serialized: Hex
  }

  let name: String
  let keys: [String: Pair]
  /// Two public keys each, and what their owners agree on; nil where X25519 finds the same.
  let agreements: [[Hex]]?
  let aliceRegistrationID, bobPreKeyID, firstPreviousCounter: UInt32
  /// Alice's root key in the end.
  let root: Hex
  let messages: [Message]

  var testDescription: String { name }

  func pair(_ name: String) throws -> KeyPair { try #require(keys[name]).keyPair }

  func privateKeys(_ names: String...) throws -> ScriptedRandom {
    ScriptedRandom(try names.map { try pair($0).privateKey.revealed })
  }

  /// The curve as the transcript's clients computed it.
  var curve: Curve {
    get throws {
      guard let agreements else { return .x25519 }
      let pairs = try keys.values.map { try $0.keyPair }
      let agreed = try agreements.map { (Set(try $0.prefix(2).map { try $0.publicKey }), $0[2]) }
      return Curve(
        publicKey: { key in
          pairs.first { $0.privateKey == key }?.publicKey ?? PublicKey(of: key)
        },
        agreement: { ours, theirs in
          let own = pairs.first { $0.privateKey == ours.privateKey }
          guard let own else { return nil }
          return agreed.first { $0.0 == [own.publicKey, theirs] }?.1.secret
        })
    }
  }
}
