import Cryptography
import Domain
import Storage

// Lines about chats, people and calls: see `Lines.swift` for what holds of all of them.

/// One chat of `tercet chats`.
package struct ChatOutput: Codable, Sendable, Equatable {
  /// Its name on the command line: `max:121058319`.
  package var chat: ChatID
  /// The messenger it belongs to.
  package var service: Service
  /// The group's title or the partner's name.
  package var title: String
  /// `dialog`, `group`, `channel`, `saved`.
  package var kind: String
  /// Messages that no device of ours has read.
  package var unread: Int
  /// Whether it asks for no attention.
  package var muted: Bool
  /// Null for a chat without messages.
  @OrNull package var lastMessageAt: Int64?
  /// In one line, in groups after its sender's name.
  @OrNull package var lastMessage: String?
}

/// One message of `tercet messages`, `tercet search` and `tercet export messages`.
package struct MessageOutput: Codable, Sendable, Equatable {
  /// Something that hangs on a message.
  package struct Attachment: Codable, Sendable, Equatable {
    /// A file's name, or what it is: `photo`.
    package var name: String
    /// `photo`, `video`, `audio`, `file`, `sticker`, `share`, `contact`, `call`, `control`,
    /// `unsupported`.
    package var type: String
    /// Size; null when the server does not tell.
    @OrNull package var bytes: Int64?
    /// Where it was saved; null when it was not.
    @OrNull package var path: String?

    package init(
      name: String,
      type: String,
      bytes: Int64? = nil,
      path: String? = nil
    ) {
      self.name = name
      self.type = type
      self.bytes = bytes
      self.path = path
    }
  }

  /// A reaction, and how many people chose it.
  package struct Reaction: Codable, Sendable, Equatable {
    /// As its service writes it.
    package var emoji: String
    /// How many people chose it.
    package var count: Int
    /// Whether we are among them.
    package var own: Bool
  }

  /// The chat's name on the command line.
  package var chat: ChatID
  /// Unique within the chat, and what `--before` takes; a message that was written here keeps its.
  package var id: String
  /// The sender's name, or id while nobody has introduced them; null for the system's own lines.
  @OrNull package var from: String?
  /// The server's time of it.
  package var at: Int64
  /// Empty when there are only attachments.
  package var text: String
  /// `received`, `queued`, `sent`, `failed`, `deleted`.
  package var status: String
  /// The id of the message this one answers.
  @OrNull package var replyTo: String?
  /// In the order of the message.
  package var attachments: [Attachment]
  /// Whether the text is not its first one.
  package var edited: Bool
  /// What people think of it; empty where nobody has said.
  package var reactions: [Reaction]
}

/// The answer of `tercet send`.
package struct SentOutput: Codable, Sendable, Equatable {
  /// The chat's name on the command line.
  package var chat: ChatID
  /// The message's id in its chat.
  package var id: String
  /// `queued`, `sent` or `failed`.
  package var status: String
}

/// One identity of `tercet identity`.
package struct IdentityOutput: Codable, Sendable, Equatable {
  /// Whose it is.
  package var number: String
  /// What people read to each other: 33 bytes in hexadecimal.
  package var fingerprint: String
  /// How far it is trusted.
  package var state: IdentityState
  /// What a QR code of it holds.
  package var shareText: String
  /// The fingerprint of the key that waits for a decision; null without one.
  @OrNull package var newFingerprint: String?
  /// What a QR code of that one holds.
  @OrNull package var newShareText: String?

  package init(
    number: String,
    fingerprint: String,
    state: IdentityState,
    shareText: String,
    newFingerprint: String? = nil,
    newShareText: String? = nil
  ) {
    self.number = number
    self.fingerprint = fingerprint
    self.state = state
    self.shareText = shareText
    self.newFingerprint = newFingerprint
    self.newShareText = newShareText
  }
}

/// One group of TextSecure.
package struct GroupOutput: Codable, Sendable, Equatable {
  /// Its chat's name on the command line.
  package var chat: ChatID
  /// Its name.
  package var title: String
  /// The numbers of its members, our own among them.
  package var members: [String]
  /// Whether we are in it.
  package var active: Bool

  package init(
    chat: ChatID,
    title: String,
    members: [String],
    active: Bool
  ) {
    self.chat = chat
    self.title = title
    self.members = members
    self.active = active
  }
}

/// How far a file has come.
package struct TransferOutput: Codable, Sendable, Equatable {
  /// What the file is called.
  package var name: String
  /// How many bytes are through.
  package var bytesDone: Int64
  /// How many there are; null when the server does not tell.
  @OrNull package var bytesTotal: Int64?
  /// Where the file is, once it is whole.
  @OrNull package var path: String?
}

/// One call, or news about one, of `tercet calls`.
package struct CallOutput: Codable, Sendable, Equatable {
  /// `incoming`, `ended`, `declined`, `missed`, `ignored`.
  package var event: String
  /// What `tercet calls decline` takes.
  package var conversationId: String
  /// The caller's user id.
  package var callerId: String
  /// The caller's name; null while nobody has introduced them.
  @OrNull package var caller: String?
  /// Whom we called; only for calls of our own.
  package var callee: String?
  /// Milliseconds of talk; only where the server tells.
  package var durationMs: Int64?
  /// `audio` or `video`.
  package var kind: String
  /// When it began to ring.
  package var at: Int64
  /// Address of the signalling server, without its token; null when the call's configuration could
  /// not be read.
  @OrNull package var signaling: String?
  /// Address of the STUN server; null likewise.
  @OrNull package var stun: String?
  /// Addresses of the TURN relays.
  package var turn: [String]
  /// The user name for the relays.
  @OrNull package var turnUser: String?
  /// The group's name; only for calls in a group.
  package var group: String?
  /// For the signalling server; only with `--reveal`.
  package var token: Secret?
  /// For the relays; only with `--reveal`.
  package var turnPassword: Secret?
}

/// One person of `tercet contacts`.
package struct ContactOutput: Codable, Sendable, Equatable {
  /// The messenger that introduced them.
  package var service: Service
  /// The service's id of the person.
  package var id: String
  /// As the person calls themselves, or as our address book on the server does.
  package var name: String
  /// Whether the service knows the person.
  package var registered: Bool
}
