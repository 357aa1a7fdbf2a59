import Accounts
import Control
import Database
import Domain
import Phrases
import Storage
import Transport

/// This process as the one that holds a profile's accounts; others reach them through its socket.
struct ProfileOwner: Sendable {
  let hub: AccountHub
  private let lock: ProfileLock
  private let control: ControlServer?
  /// Why commands of other processes cannot reach the accounts; nil if they can.
  let controlFailure: UserError?

  /// Takes over the profile whose lock this is: opens its store and, to serve others, its control
  /// socket.
  init(
    _ profile: Profile, lock: ProfileLock, settings: HubSettings, isServing: Bool = true,
    invocation: Invocation
  ) throws(UserError) {
    self.lock = lock
    var settings = settings
    settings.dataDirectory = profile.directory
    let store: Store
    let ledger: Store?
    do throws(DatabaseError) {
      store = try Store(profile)
      ledger = settings.isPaper ? try Store.paper(profile) : nil
    } catch {
      throw UserError(error)
    }
    hub = AccountHub(
      environment: AccountEnvironment(
        store: store, ledger: ledger, network: invocation.network, time: invocation.time,
        random: invocation.random, log: invocation.log),
      settings: settings, services: invocation.services)
    do throws(TransportError) {
      control =
        isServing
        ? try ControlServer(
          path: profile.controlSocketPath, hub: hub, network: invocation.network) : nil
      controlFailure = nil
    } catch {
      // The accounts work without it; only commands of other processes do not.
      invocation.log("no control socket: \(error)")
      control = nil
      controlFailure = UserError(
        .failed, code: "control", Phrase.noControlSocket.with(String(describing: error)),
        hint: Phrase.noControlSocketHint.text)
    }
  }

  /// The lock of a profile, nil when another process holds it.
  static func lock(_ profile: Profile) throws(UserError) -> ProfileLock? {
    do throws(StorageError) {
      try profile.prepare()
      return try ProfileLock(profile)
    } catch {
      if case .heldByAnotherProcess = error { return nil }
      throw UserError(error)
    }
  }

  func close() async {
    await control?.stop()
    await hub.close()
  }
}
