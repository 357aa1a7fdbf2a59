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
    attachmentLimit: MessengerAccount.fileLimit, takesEmptyFiles: false,
    filesInOutbox: { try MessengerOutgoing(body: $0).files.map(\.path) },
    server: { account, settings, random in
      let configuration = OneMeConfiguration(of: account, settings, random: random)
      return Server(
        url: configuration.url, codec: configuration.isBinary ? "binary" : "json",
        origin: configuration.origin)
    },
    signInGuide: { .max($0) },
    makeSignIn: { (desk) async throws(ConsoleError) in try await MaxSignIn(on: desk) },
    make: { (account, desk) async throws(ConsoleError) in
      let context = desk.context
      // Rings that a crash left behind; the log says that they were missed.
      let now = context.time.wallTime
      let missed = await context.storing { store in try await store.calls.closeRinging(at: now) }
      for call in missed ?? [] { context.changes.send(.call(call)) }
      let configuration = OneMeConfiguration(of: account, desk.settings, random: context.random)
      let session = OneMeSession(
        configuration: configuration, token: account.secret, marker: account.syncMarker ?? 0,
        network: context.network, time: context.time, random: context.random,
        logins: ProfileLogins(context))
      do throws(DatabaseError) {
        return try await MessengerAccount(
          account, session: session, isBinary: configuration.isBinary, settings: desk.settings,
          spool: desk.spool, desk: context)
      } catch {
        throw ConsoleError(error)
      }
    })
}
