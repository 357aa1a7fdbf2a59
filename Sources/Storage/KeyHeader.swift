import Cryptography
import Database

/// The file beside a sealed store that says how its key is got at: the master key, wrapped by a key that
/// a passphrase or a file gives.
///
/// Changing the passphrase wraps the same master key anew; the store is not written again.
struct KeyHeader: Equatable, Sendable {
  /// What wraps the master key.
  enum Lock: Equatable, Sendable {
    case passphrase(Scrypt, salt: [UInt8])
    /// The name of a file in the folder of key files.
    case file(String)
  }

  /// Which profile it is: 16 random bytes.
  let id: [UInt8]
  /// Whether the store is sealed as a whole. Until then one in the open is taken over; afterwards it
  /// is somebody else's.
  var isSealed: Bool
  var lock: Lock
  /// The master key, sealed with the key that the lock gives.
  var wrapped: [UInt8]

  private static let title = "tercet keys 1"
  private static let saltSize = 16

  /// What is authenticated with the wrapped key: a lock of another profile does not fit.
  var lockLines: String { "id \(Hexadecimal.encode(id))\n\(lock.line)\n" }

  /// The lines of the file, with a tag that only who has the master key can make, and a check sum by
  /// which damage is told from a wrong passphrase.
  func text(_ master: SecretBytes) -> String {
    let lines = body
    let tag = XAES256GCM(key: master).seal(SecretBytes([]), data: Array(lines.utf8))
    let tagged = lines + "tag \(Hexadecimal.encode(tag))\n"
    return tagged + "sum \(KeyHeader.sum(of: tagged))\n"
  }

  private var body: String {
    "\(KeyHeader.title)\nstore \(isSealed ? "sealed" : "plain")\n\(lockLines)"
      + "master \(Hexadecimal.encode(wrapped))\n"
  }

  /// Whether the tag in the file is one of the owner of this master key.
  func isTagged(_ tag: [UInt8], by master: SecretBytes) -> Bool {
    XAES256GCM(key: master).open(tag, data: Array(body.utf8)) != nil
  }

  /// FNV-1a: for damage alone.
  private static func sum(of text: String) -> String {
    let sum = text.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01b3
    }
    return String(sum, radix: 16)
  }

  /// What a file says, and its tag.
  static func read(_ text: String, at path: String) throws(KeyError) -> (KeyHeader, tag: [UInt8]) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard let title = lines.first, title.hasPrefix("tercet keys "), Int(title.dropFirst(12)) != nil
    else { throw .damaged(path) }
    guard title == KeyHeader.title else { throw .newer(path) }
    func value(_ index: Int, _ name: String) throws(KeyError) -> String {
      guard index < lines.count, lines[index].hasPrefix(name + " ") else { throw .damaged(path) }
      return String(lines[index].dropFirst(name.count + 1))
    }
    func bytes(_ index: Int, _ name: String) throws(KeyError) -> [UInt8] {
      guard let bytes = Hexadecimal.decode(try value(index, name)) else { throw .damaged(path) }
      return bytes
    }
    let summed = lines.prefix(6).map { $0 + "\n" }.joined()
    let (state, sum) = (try value(1, "store"), try value(6, "sum"))
    let (id, lock) = (try bytes(2, "id"), Lock(line: try value(3, "unlock")))
    let (wrapped, tag) = (try bytes(4, "master"), try bytes(5, "tag"))
    guard lines.count == 8, lines[7].isEmpty, sum == KeyHeader.sum(of: summed),
      ["plain", "sealed"].contains(state), id.count == DatabaseKey.idSize, let lock
    else { throw .damaged(path) }
    return (KeyHeader(id: id, isSealed: state == "sealed", lock: lock, wrapped: wrapped), tag)
  }
}

extension KeyHeader.Lock {
  /// `unlock passphrase 15 8 1 SALT` or `unlock file NAME`.
  var line: String {
    switch self {
    case .passphrase(let scrypt, let salt):
      "unlock passphrase \(scrypt.logCost) \(scrypt.blockSize) \(scrypt.parallelism) "
        + Hexadecimal.encode(salt)
    case .file(let name): "unlock file \(name)"
    }
  }

  /// Nil for what is no lock; a file's name leads nowhere but into its folder.
  init?(line: String) {
    let words = line.split(separator: " ").map(String.init)
    switch (words.first, words.count) {
    case ("file", 2) where !words[1].contains("/") && !words[1].hasPrefix("."):
      self = .file(words[1])
    case ("passphrase", 5):
      guard let cost = Int(words[1]), let size = Int(words[2]), let times = Int(words[3]),
        let scrypt = Scrypt(logCost: cost, blockSize: size, parallelism: times),
        let salt = Hexadecimal.decode(words[4])
      else { return nil }
      self = .passphrase(scrypt, salt: salt)
    default: return nil
    }
  }
}
