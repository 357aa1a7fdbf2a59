import Accounts
import Database
import Domain
import OneMe
import Phrases
import Storage

extension Service {
  package static let max = Service("max", title: .serviceMax)
}

extension ServiceDescriptor {
  /// MAX, by the OneMe WebSocket API.
  package static let max = ServiceDescriptor(
    .max,
    words: Words(
      explanation: .maxExplanation, signOutLoses: .signOutOfMaxLoses, signIn: .maxSignIn,
      server: .maxServer),
    capabilities: [
      .messaging, .editing, .history, .chatMarks, .dialogs, .calling, .devices,
    ],
    hasPublicServer: true, tellsOfSignOut: true, keeps: [.messages, .callHistory],
    attachmentLimit: OutgoingMessages.fileLimit, takesEmptyFiles: false,
    filesInOutbox: { try MaxOutgoing(body: $0).files.map(\.path) },
    server: { account, settings, random in
      let configuration = OneMeConfiguration(of: account, settings, random: random)
      return Server(
        url: configuration.url, codec: configuration.isBinary ? "binary" : "json",
        origin: configuration.origin)
    },
    signInGuide: { .max($0) },
    makeSignIn: { (hub) async throws(UserError) in try await MaxSignIn(on: hub) },
    make: { (account, hub) async throws(UserError) in
      let environment = hub.environment
      // Rings that a crash left behind; the log says that they were missed.
      let now = environment.time.wallTime
      let missed = await environment.storing { store in try await store.calls.closeRinging(at: now)
      }
      for call in missed ?? [] { environment.changes.send(.call(call)) }
      let configuration = OneMeConfiguration(of: account, hub.settings, random: environment.random)
      let session = OneMeSession(
        configuration: configuration, token: account.secret, marker: account.syncMarker ?? 0,
        network: environment.network, time: environment.time, random: environment.random,
        logins: ProfileLogins(environment))
      do throws(DatabaseError) {
        return try await MaxAccount(
          account, session: session, isBinary: configuration.isBinary, settings: hub.settings,
          spool: hub.spool, environment: environment)
      } catch {
        throw UserError(error)
      }
    })
}
