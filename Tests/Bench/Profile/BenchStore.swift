import Cryptography
import Database
import Storage

/// The store of a bench inside of this process: in the open, or sealed to see what that costs.
enum BenchStore {
  /// Set once, before anything is measured.
  nonisolated(unsafe) static var isSealed = false

  static func open(_ profile: Profile) throws -> Store {
    guard isSealed else { return try Store(profile) }
    let ring = KeyRing(of: profile, folder: profile.directory + ".keys", name: "bench")
    let keys = try ring.need() == .nothing ? ring.make(.keyFile) : ring.unlock(.keyFile)
    try Store.sealWhatIsOpen(in: ring, with: keys)
    return try Store(profile, keys: keys)
  }
}
