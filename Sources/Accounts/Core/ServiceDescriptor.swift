import Cryptography
import Domain
import Phrases
import Storage

/// What the program has to know of a service before anybody has signed in to it, and how its account
/// is made.
package struct ServiceDescriptor: Sendable {
  /// What accounts of the service can do; each has an ability of its own in `Abilities`.
  package enum Capability: Sendable {
    case messaging, editing, history, chatMarks, directory, dialogs, groups, identities, calling,
      devices, exchange
  }

  /// Where a service is looked for.
  package struct Server: Sendable, Equatable {
    package var url: String
    /// The form in which it is spoken to, where there are several.
    package var codec: String?
    package var dialect: String?
    /// The web page that a client claims to be of, where the server wants one.
    package var origin: String?
    /// Something small to ask for, where it is reached by HTTP.
    package var probePath = "/"

    package init(
      url: String, codec: String? = nil, dialect: String? = nil, origin: String? = nil,
      probePath: String = "/"
    ) {
      self.origin = origin
      self.probePath = probePath
      self.url = url
      self.codec = codec
      self.dialect = dialect
    }
  }

  /// What is said of a service on the screen.
  package struct Words: Sendable {
    /// What it is, in half a line.
    package var explanation: Phrase
    /// What signing out erases; `{}` stands for the number of chats.
    package var signOutLoses: Phrase
    /// What signing in takes, in the help of its command.
    package var signIn: Phrase
    /// What its server is, in the help of the setting for its address.
    package var server: Phrase

    package init(explanation: Phrase, signOutLoses: Phrase, signIn: Phrase, server: Phrase) {
      self.explanation = explanation
      self.signIn = signIn
      self.server = server
      self.signOutLoses = signOutLoses
    }
  }

  package let service: Service
  package let words: Words
  package let capabilities: Set<Capability>
  /// Whether there is a server for everybody; else people bring their own.
  package let hasPublicServer: Bool
  /// Whether its server is reached by HTTP and not by a WebSocket.
  package let isReachedByHTTP: Bool
  /// Whether its account is to be ended before all others, which may take their time.
  let endsFirst: Bool
  /// Whether the server has to hear that the owner signs out.
  let tellsOfSignOut: Bool
  /// How one signs in to it in this run.
  package let signInGuide: @Sendable (HubSettings) -> SignInGuide
  /// A sign-in that nothing was answered to yet.
  let makeSignIn: @Sendable (AccountHub) async throws(UserError) -> any SignInSession
  /// What is kept of it, to be forgotten when its owner signs out.
  let keeps: Set<ServiceContent>
  /// The largest file that goes with a message, in bytes; nil where none does.
  let attachmentLimit: Int?
  /// Whether a file without a byte goes with one.
  let takesEmptyFiles: Bool
  /// The files that something in the outbox goes out with, by the body that is kept of it.
  let filesInOutbox: @Sendable (String) throws -> [String]
  /// Where an account, or a future one (nil), has its server; nil where there is none yet.
  package let server: @Sendable (AccountRecord?, HubSettings, any RandomSource) -> Server?
  /// An account that is not started yet.
  let make: @Sendable (AccountRecord, AccountHub) async throws(UserError) -> any Account

  package init(
    _ service: Service, words: Words, capabilities: Set<Capability>, hasPublicServer: Bool,
    isReachedByHTTP: Bool = false, endsFirst: Bool = false, tellsOfSignOut: Bool = false,
    keeps: Set<ServiceContent> = [.messages],
    attachmentLimit: Int? = nil, takesEmptyFiles: Bool = true,
    filesInOutbox: @escaping @Sendable (String) throws -> [String] = { _ in [] },
    server: @escaping @Sendable (AccountRecord?, HubSettings, any RandomSource) -> Server?,
    signInGuide: @escaping @Sendable (HubSettings) -> SignInGuide,
    makeSignIn: @escaping @Sendable (AccountHub) async throws(UserError) -> any SignInSession,
    make: @escaping @Sendable (AccountRecord, AccountHub) async throws(UserError) -> any Account
  ) {
    self.service = service
    self.words = words
    self.capabilities = capabilities
    self.hasPublicServer = hasPublicServer
    self.isReachedByHTTP = isReachedByHTTP
    self.endsFirst = endsFirst
    self.tellsOfSignOut = tellsOfSignOut
    self.keeps = keeps
    self.attachmentLimit = attachmentLimit
    self.takesEmptyFiles = takesEmptyFiles
    self.filesInOutbox = filesInOutbox
    self.server = server
    self.signInGuide = signInGuide
    self.makeSignIn = makeSignIn
    self.make = make
  }

  package func has(_ capability: Capability) -> Bool { capabilities.contains(capability) }
}
