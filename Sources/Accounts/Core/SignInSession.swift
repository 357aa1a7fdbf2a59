import Cryptography
import Database
import Domain
import Storage

/// Signing in to a service: from the first answer of a person to an account.
///
/// It may take several steps, and keeps its connection between them where a server needs that.
package protocol SignInSession: Actor {
  /// Takes the answers to the questions of one of the service's ways in.
  ///
  /// - Parameter show: is handed what a person has to see while this waits: codes to be scanned.
  func begin(
    _ answers: SignInAnswers, showing show: @escaping @Sendable (SignInOutput) async -> Void
  ) async throws(UserError) -> SignInStep

  /// Whether the same answers again go on with this sign-in, as when another code is asked for.
  func continues(with answers: SignInAnswers) -> Bool

  /// The login that the answers lead to, as far as that is known before anything is begun; its secret
  /// does not count. Nil where the server alone tells.
  func login(with answers: SignInAnswers) throws(UserError) -> AccountRecord?

  /// What the server says of the ways in before anything is answered.
  func askWays() async throws(UserError) -> SignInOutput

  /// Takes the code that was sent; throws `.credentials` for a wrong one.
  func enter(code: String) async throws(UserError) -> SignInStep

  /// Takes the account's password; throws `.credentials` for a wrong one.
  func enter(password: Secret) async throws(UserError) -> SignInStep

  /// Ends its connection.
  func close() async

  /// Ends it without a login: one that was made is taken back as far as the server can be reached.
  func abandon() async
}

extension SignInSession {
  package func continues(with answers: SignInAnswers) -> Bool { false }

  package func askWays() async throws(UserError) -> SignInOutput { SignInOutput(next: .answers) }

  package func enter(code: String) async throws(UserError) -> SignInStep {
    throw .noSignIn
  }

  package func enter(password: Secret) async throws(UserError) -> SignInStep {
    throw .noSignIn
  }

  package func login(with answers: SignInAnswers) throws(UserError) -> AccountRecord? { nil }

  package func close() async {}

  package func abandon() async { await close() }
}

/// What a step of a sign-in has led to.
package enum SignInStep: Sendable {
  /// Something is to be shown or typed.
  case next(SignInOutput)
  /// The server has let the owner in.
  case done(NewAccount)
}

/// An account that was just signed in to.
package struct NewAccount: Sendable {
  package var record: AccountRecord
  /// Stores the account with what else its service keeps of a login.
  package var save: @Sendable (Store) async throws(DatabaseError) -> Void

  /// - Parameter save: stores the account with what else its service keeps of a login.
  package init(
    _ record: AccountRecord,
    saving save: @escaping @Sendable (Store) async throws(DatabaseError) -> Void
  ) {
    self.record = record
    self.save = save
  }

  /// An account of which nothing else is kept.
  package init(_ record: AccountRecord) {
    self.init(record) { store throws(DatabaseError) in try await store.accounts.save(record) }
  }
}

/// What a person has answered, by the names of a way's questions.
package struct SignInAnswers: Sendable, Codable, Equatable {
  /// Which way in was chosen; nil for the usual one.
  package var way: String?
  private var values: [String: Secret]

  package init(way: String? = nil, _ values: [String: Secret] = [:]) {
    self.way = way
    self.values = values
  }

  /// An answer that is no secret; empty without one.
  package subscript(name: String) -> String { values[name]?.revealed ?? "" }

  /// An answer as it was typed; nil without one.
  package func secret(_ name: String) -> Secret? { values[name] }

  package mutating func set(_ name: String, _ value: Secret) { values[name] = value }
}
