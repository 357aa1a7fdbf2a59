import Cryptography
import Database
import Storage

/// The store of a profile as a bench uses it inside of this process: as the program that is measured has
/// it, else in the open, or sealed to see what that costs.
enum BenchStore {
  /// Set once, before anything is measured.
  nonisolated(unsafe) static var isSealed = false

  static func open(_ profile: Profile) throws -> Store {
    let ring = ring(of: profile)
    guard try ring.need() == .nothing else {
      return try Store(profile, keys: ring.unlock(.keyFile))
    }
    guard isSealed else { return try Store(profile) }
    return try Store(profile, keys: seal(profile))
  }

  /// Seals a profile as its first start would, if it is not; a program finds its key with these settings.
  @discardableResult
  static func seal(_ profile: Profile) throws -> ProfileKeys {
    let ring = ring(of: profile)
    let keys = try ring.need() == .nothing ? ring.make(.keyFile) : ring.unlock(.keyFile)
    try Store.sealWhatIsOpen(in: ring, with: keys)
    return keys
  }

  /// What a program on the profile has as `XDG_CONFIG_HOME`.
  static func settings(of profile: Profile) -> String { profile.directory + ".config" }

  private static func ring(of profile: Profile) -> KeyRing {
    KeyRing(of: profile, folder: settings(of: profile) + "/tercet/keys", name: "profile")
  }
}
