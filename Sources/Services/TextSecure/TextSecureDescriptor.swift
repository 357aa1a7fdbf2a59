import Accounts
import Domain
import Storage
import TextSecure

extension Service {
  package static let textsecure = Service("textsecure", title: .serviceTextSecure)
}

extension ServiceDescriptor {
  /// TextSecure, over a relay of somebody's own.
  package static let textsecure = ServiceDescriptor(
    .textsecure,
    words: Words(
      explanation: .textSecureExplanation, signOutLoses: .signOutOfTextSecureLoses,
      signIn: .textSecureSignIn, server: .textSecureServer),
    capabilities: [.messaging, .directory, .groups, .identities],
    // It has keys to use up: the others' servers may keep us until there is no time left.
    hasPublicServer: false, isReachedByHTTP: true, endsFirst: true, keeps: [.messages, .keys],
    // Encrypted, no file is empty.
    attachmentLimit: AttachmentTransfer.maximumSize, takesEmptyFiles: true,
    filesInOutbox: { try TextSecureOutgoing(body: $0).files.map(\.sealedPath) },
    server: { account, settings, _ in
      (settings[.textsecure].url ?? account?.url).map {
        Server(url: RelayConfiguration(url: $0).url, probePath: "/v1/keepalive")
      }
    },
    signInGuide: { _ in .textSecure },
    makeSignIn: { (hub) async throws(UserError) in try await TextSecureSignIn(on: hub) },
    make: { (account, hub) async throws(UserError) in
      let stored = try await hub.withStore { store in try await store.secure.device() }
      guard let stored else { throw .notSignedIn(.textsecure) }
      do {
        return try await TextSecureAccount(
          account, device: try LocalDevice(stored, password: account.secret),
          configuration: RelayConfiguration(
            at: hub.settings[.textsecure].url ?? account.url, hub.settings),
          spool: hub.spool, environment: hub.environment)
      } catch let error as TextSecureError {
        throw UserError(error)
      } catch {
        throw UserError(storing: error)
      }
    })
}

extension RelayConfiguration {
  /// - Parameter url: told by this run, or where the login was made.
  init(at url: String, _ settings: HubSettings) {
    self.init(url: url)
    certificateAuthorityFile = settings.certificateAuthorityFile
    timeout = min(timeout, settings.timeout)
  }
}
