import Cryptography
import Database

/// Where the key of a profile stands, and how it is got.
package struct KeyRing: Sendable {
  package let profile: Profile
  /// The folder of key files, outside of every data directory; nil if there is none.
  package let folder: String?
  /// What a key file of this profile is called, if that name is free.
  package let name: String
  let random: any RandomSource
  /// What a guess at a new passphrase is to cost; nil for as much as a person waits for.
  let cost: Scrypt?

  package init(
    of profile: Profile, folder: String?, name: String, random: any RandomSource = SystemRandom(),
    cost: Scrypt? = nil
  ) {
    (self.profile, self.folder, self.name, self.random) = (profile, folder, name, random)
    self.cost = cost
  }

  /// What unlocks a profile.
  package enum Opener: Sendable {
    case passphrase(Secret)
    case keyFile
  }

  /// How a profile is unlocked.
  package enum Need: Sendable, Equatable {
    /// There is no key yet: one is made, for a new store or for one that is still in the open.
    case nothing
    case passphrase
    case keyFile
  }

  /// What it takes to unlock the profile.
  package func need() throws(KeyError) -> Need {
    guard let (header, _) = try header() else {
      // Nobody has the key of a store that is sealed already.
      guard profile.storeIsNewOrOpen else { throw .missing(profile.keysPath) }
      return .nothing
    }
    switch header.lock {
    case .passphrase: return .passphrase
    case .file: return .keyFile
    }
  }

  /// Unlocks the profile, which has a key.
  package func unlock(_ opener: Opener) throws(KeyError) -> ProfileKeys {
    guard let (header, tag) = try header() else { throw .missing(profile.keysPath) }
    let master = try master(of: header, opener)
    guard header.isTagged(tag, by: master) else { throw .damaged(profile.keysPath) }
    return ProfileKeys(master: master, id: header.id)
  }

  private func master(of header: KeyHeader, _ opener: Opener) throws(KeyError) -> SecretBytes {
    let (key, failure): (SecretBytes, KeyError)
    switch (header.lock, opener) {
    case (.passphrase(let scrypt, let salt), .passphrase(let passphrase)):
      (key, failure) = (try KeyRing.key(scrypt, passphrase, salt), .wrongPassphrase)
    case (.passphrase, .keyFile): throw .noPassphrase
    case (.file(let name), _):
      let path = try keyFile(name)
      (key, failure) = (try KeyFile.read(path), .wrongKeyFile(path))
    }
    guard
      let master = XAES256GCM(key: key).open(header.wrapped, data: Array(header.lockLines.utf8)),
      master.count == 32
    else { throw failure }
    return master
  }

  /// Makes the key of a profile that has none, and what unlocks it.
  package func make(_ opener: Opener) throws(KeyError) -> ProfileKeys {
    let keys = ProfileKeys(master: random.secret(32), id: random.bytes(DatabaseKey.idSize))
    try wrap(keys, opener, isSealed: !profile.storeIsThere)
    return keys
  }

  /// Has something else unlock the profile from now on.
  package func change(_ keys: ProfileKeys, to opener: Opener) throws(KeyError) {
    guard let (header, _) = try header() else { throw .missing(profile.keysPath) }
    try wrap(keys, opener, isSealed: header.isSealed)
    // Last: until here the old file is what unlocks it.
    if case .file(let name) = header.lock {
      let path = try keyFile(name)
      let (now, _) = try self.header() ?? (header, [])
      if now.lock != header.lock { KeyFile.remove(path) }
    }
  }

  /// Removes the profile and what unlocks it, which goes first. A header that is damaged keeps nothing.
  package func removeEverything() throws(KeyError) {
    var path: String?
    do throws(KeyError) {
      if case .file(let name)? = try header()?.0.lock { path = try keyFile(name) }
    } catch {
      if case .inaccessible = error { throw error }
    }
    if let path { KeyFile.remove(path) }
    profile.removeEverything()
  }

  /// From now on a store in the open is somebody else's.
  func tellSealed(_ keys: ProfileKeys) throws(KeyError) {
    guard var (header, _) = try header(), !header.isSealed else { return }
    header.isSealed = true
    try put(header, keys)
  }

  /// Whether a store in the open may be taken over.
  func takesOpenStores() throws(KeyError) -> Bool { try header()?.0.isSealed == false }

  private func wrap(_ keys: ProfileKeys, _ opener: Opener, isSealed: Bool) throws(KeyError) {
    let lock: KeyHeader.Lock
    let key: SecretBytes
    switch opener {
    case .passphrase(let passphrase):
      let salt = random.bytes(16)
      let scrypt = cost ?? PassphraseCost.measured
      lock = .passphrase(scrypt, salt: salt)
      key = try KeyRing.key(scrypt, passphrase, salt)
    case .keyFile:
      key = random.secret(32)
      lock = .file(try addKeyFile(key))
    }
    var header = KeyHeader(id: keys.id, isSealed: isSealed, lock: lock, wrapped: [])
    header.wrapped = XAES256GCM(key: key).seal(keys.master, data: Array(header.lockLines.utf8))
    try put(header, keys)
  }

  private func put(_ header: KeyHeader, _ keys: ProfileKeys) throws(KeyError) {
    try KeyFile.put(Array(header.text(keys.master).utf8), at: profile.keysPath)
  }

  private func header() throws(KeyError) -> (KeyHeader, tag: [UInt8])? {
    guard let bytes = try KeyFile.contents(profile.keysPath) else { return nil }
    return try KeyHeader.read(String(decoding: bytes, as: UTF8.self), at: profile.keysPath)
  }

  private func keyFile(_ name: String) throws(KeyError) -> String {
    guard let folder else { throw .noPlace }
    return "\(folder)/\(name)"
  }

  /// A file of another profile of this name is left alone: its key may be all that opens that profile.
  private func addKeyFile(_ key: SecretBytes) throws(KeyError) -> String {
    let path = try keyFile(name)
    guard !KeyFile.isThere(path) else {
      let other = "\(name)-\(random.hexadecimal(4))"
      try KeyFile.write(key, to: try keyFile(other))
      return other
    }
    try KeyFile.write(key, to: path)
    return name
  }

  private static func key(
    _ scrypt: Scrypt, _ passphrase: Secret, _ salt: [UInt8]
  ) throws(KeyError) -> SecretBytes {
    do throws(CryptographyError) {
      return try scrypt.key(32, passphrase: passphrase, salt: salt)
    } catch {
      throw .inaccessible(path: "the passphrase", reason: error.reason)
    }
  }
}
