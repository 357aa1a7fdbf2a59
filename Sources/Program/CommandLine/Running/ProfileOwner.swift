import Accounts
import Control
import Database
import Domain
import Phrases
import Storage
import Synchronization
import Transport

/// This process as the one that holds a profile's accounts; others reach them through its socket.
final class ProfileOwner: Sendable {
  let hub: AccountHub
  private let profile: Profile
  private let lock: ProfileLock
  private let network: Network
  private let log: @Sendable (String) -> Void
  private let control = Mutex<Control>(.notOpened)

  private enum Control {
    case notOpened
    case open(ControlServer)
    case closed
  }

  /// Takes over the profile whose lock this is and opens its store. A store of an earlier version is
  /// brought up to date, of which a terminal is told if it may take a while.
  init(
    _ profile: Profile, lock: ProfileLock, settings: HubSettings, invocation: Invocation
  ) throws(UserError) {
    let unlock = ProfileUnlock(profile, invocation: invocation, isSandbox: settings.isSandbox)
    let keys = try unlock.keys()
    self.profile = profile
    self.lock = lock
    network = invocation.network
    log = invocation.log
    var settings = settings
    settings.dataDirectory = profile.directory
    let store: Store
    let ledger: Store?
    let line = StoreUpdateLine(of: profile)
    do throws(Store.SealingError) {
      try Store.sealWhatIsOpen(in: unlock.ring, with: keys, progress: line.show)
    } catch {
      line.end()
      throw UserError(error)
    }
    do throws(DatabaseError) {
      defer { line.end() }
      store = try Store(profile, keys: keys, progress: line.show)
      ledger = settings.isPaper ? try Store.paper(profile, keys: keys) : nil
    } catch {
      throw UserError(error)
    }
    hub = AccountHub(
      environment: AccountEnvironment(
        store: store, ledger: ledger, network: network, time: invocation.time,
        random: invocation.random, log: log),
      settings: settings, services: invocation.services)
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

  /// Lets commands of other processes use the accounts from now on.
  ///
  /// Returns why they cannot; the accounts work all the same.
  @discardableResult
  func serve() -> UserError? {
    control.withLock { control in
      guard case .notOpened = control else { return nil }
      do throws(TransportError) {
        control = .open(
          try ControlServer(path: profile.controlSocketPath, hub: hub, network: network))
        return nil
      } catch {
        log("no control socket: \(error)")
        return UserError(
          .failed, code: "control", Phrase.noControlSocket.with(String(describing: error)),
          hint: Phrase.noControlSocketHint.text)
      }
    }
  }

  func close() async {
    let last = control.withLock { control in
      defer { control = .closed }
      return control
    }
    if case .open(let server) = last { await server.stop() }
    await hub.close()
  }
}

extension UserError {
  static let profileInUse = UserError(
    .failed, code: "profile-in-use", "Another tercet has this profile open",
    hint: "Close it, or use another --profile; commands work beside it")
}
