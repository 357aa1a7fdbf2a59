import Cryptography
import Domain
import FoundationEssentials
import OneMe
import Storage

/// What waits in the outbox for MAX: the message, and files that are not uploaded yet.
struct MaxOutgoing: Codable {
  /// A file where it waits, or already with the server.
  struct File: Codable {
    /// Where the copy lies that is uploaded.
    var path: String
    /// What the receiver sees.
    var name: String
    var isPhoto: Bool
    /// What the server calls it, once it is uploaded.
    var photoToken: String?
    var fileId: Int64?
    /// Set once the file server has said that it takes none as large: then there are no copies any more.
    var isTooLarge: Bool?
  }

  /// A message that is passed on.
  struct Forward: Codable {
    var chatId: Int64
    var messageId: Int64
  }

  /// The number by which the server knows a repetition; the store finds the message by it.
  var cid: Int64
  var text: String
  /// Stretches of it that look otherwise; nil for none.
  var spans: [MessageSpan]?
  /// Whom it is for, while there is no dialog yet.
  var userId: Int64?
  /// The server's id of the message that is answered.
  var replyTo: Int64?
  var forward: Forward?
  var files: [File]

  /// The message once all of its files are uploaded.
  var message: OutgoingMessage {
    OutgoingMessage(
      clientId: cid, text: text, spans: (spans ?? []).map { TextSpan($0) },
      attachments: files.compactMap(\.attachment),
      reference: forward.map { .forward(chatId: $0.chatId, messageId: $0.messageId) }
        ?? replyTo.map { .reply(messageId: $0) })
  }
}

extension MaxOutgoing.File {
  /// What goes with the message; nil before the upload.
  var attachment: OutgoingAttachment? {
    photoToken.map { .photo(token: Secret($0)) } ?? fileId.map { .file(id: $0) }
  }

  /// Notes what the server calls the file.
  mutating func note(_ attachment: OutgoingAttachment) {
    switch attachment {
    case .photo(let token): photoToken = token.revealed
    case .file(let id), .video(let id, _): fileId = id
    }
  }
}

extension MaxOutgoing {
  /// The form for the store.
  var body: String {
    get throws(UserError) {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      do { return String(decoding: try encoder.encode(self), as: UTF8.self) } catch {
        throw UserError(storing: error)
      }
    }
  }

  /// Reads ``body``.
  init(body: String) throws(UserError) {
    do { self = try JSONDecoder().decode(MaxOutgoing.self, from: Data(body.utf8)) } catch {
      throw UserError(storing: error)
    }
  }
}

extension TextSpan {
  /// What the store keeps, for the server.
  init(_ span: MessageSpan) {
    self.init(kind: span.kind, start: span.start, length: span.length, url: span.url)
  }
}

extension MessageSpan {
  /// What somebody has marked.
  init(_ stretch: FormattedText.Stretch) {
    let kind =
      switch stretch.look {
      case .strong: "STRONG"
      case .emphasised: "EMPHASIZED"
      case .code: "MONOSPACED"
      }
    self.init(kind: kind, start: stretch.start, length: stretch.length)
  }
}
