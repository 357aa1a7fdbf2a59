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
  }

  /// What is said of a service on the screen.
  package struct Words: Sendable {
    /// What it is, in half a line.
    package var explanation: Phrase
    /// What signing out erases; `{}` stands for the number of chats.
    package var signOutLoses: Phrase
  }

  package let service: Service
  package let words: Words
  package let capabilities: Set<Capability>
  /// Whether there is a server for everybody; else people bring their own.
  package let hasPublicServer: Bool
  /// Whether its account is to be ended before all others, which may take their time.
  let endsFirst: Bool
  /// Whether the server has to hear that the owner signs out.
  let tellsOfSignOut: Bool
  /// The largest file that goes with a message, in bytes; nil where none does.
  let attachmentLimit: Int?
  /// Whether a file without a byte goes with one.
  let takesEmptyFiles: Bool
  /// The files that something in the outbox goes out with, by the body that is kept of it.
  let filesInOutbox: @Sendable (String) throws -> [String]
  /// Where an account, or a future one (nil), has its server; nil where there is none yet.
  let server: @Sendable (AccountRecord?, DeskSettings, DeskContext) -> Server?
  /// An account that is not started yet.
  let make: @Sendable (AccountRecord, Desk) async throws(ConsoleError) -> any Account

  package func has(_ capability: Capability) -> Bool { capabilities.contains(capability) }
}
