import Accounts
import Cryptography
import Domain
import Storage

extension Service {
  static let fourth = Service("fourth", title: "Fourth")
}

extension ServiceDescriptor {
  /// A messenger of its own, on loopback.
  static let fourth = ServiceDescriptor(
    .fourth,
    words: Words(
      explanation: "rooms on this machine, sign in with a name",
      signOutLoses: "{} rooms are erased here.", signIn: "sign in to Fourth with a name",
      server: "the Fourth server"),
    capabilities: [.messaging], hasPublicServer: false,
    server: { account, settings, _ in
      (settings[.fourth].url ?? account?.url).map { Server(url: $0) }
    },
    signInGuide: { _ in
      SignInGuide([
        SignInWay(
          name: "name", label: "a name", title: "Fourth: your name",
          questions: [
            .init("name", "Name", example: "Ada", summary: "what others call you"),
            .init("url", "Server", .address, whenMissing: "Type the address of the server."),
          ], progress: "Saying hello…")
      ])
    },
    makeSignIn: { FourthSignIn(hub: $0) },
    make: { account, hub in FourthAccount(account, environment: hub.environment) })
}

/// Whoever has a name is let in.
actor FourthSignIn: SignInSession {
  private let hub: AccountHub

  init(hub: AccountHub) { self.hub = hub }

  func begin(
    _ answers: SignInAnswers, showing show: @escaping @Sendable (SignInOutput) async -> Void
  ) async throws(UserError) -> SignInStep {
    let url = answers["url"].isEmpty ? hub.settings[.fourth].url : answers["url"]
    guard let url, !answers["name"].isEmpty else {
      throw UserError(
        .usage, code: "invalid-input", "A name and a server are needed", hint: "Type both")
    }
    return .done(
      NewAccount(
        AccountRecord(
          service: .fourth, url: url, identifier: answers["name"], secret: Secret(""),
          createdAt: hub.environment.time.wallTime)))
  }
}
