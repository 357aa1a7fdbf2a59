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
    makeSignIn: { FourthSignIn(desk: $0) },
    make: { account, desk in FourthAccount(account, desk: desk.context) })
}

/// Whoever has a name is let in.
actor FourthSignIn: SignInSession {
  private let desk: Desk

  init(desk: Desk) { self.desk = desk }

  func begin(
    _ answers: SignInAnswers, showing show: @escaping @Sendable (SignInLine) async -> Void
  ) async throws(ConsoleError) -> SignInStep {
    let url = answers["url"].isEmpty ? desk.settings[.fourth].url : answers["url"]
    guard let url, !answers["name"].isEmpty else {
      throw ConsoleError(
        .usage, code: "invalid-input", "A name and a server are needed", hint: "Type both")
    }
    return .done(
      NewAccount(
        AccountRecord(
          service: .fourth, url: url, identifier: answers["name"], secret: Secret(""),
          createdAt: desk.context.time.wallTime)))
  }
}
