import Axolotl
import Cryptography
import FoundationEssentials
import TextSecure

/// What waits in the outbox for TextSecure: the message, and files that are not uploaded yet.
struct TextSecureOutgoing: Codable {
  /// A file, encrypted where it waits, or already with the relay.
  struct File: Codable {
    /// Where the encrypted copy lies.
    var sealedPath: String
    /// Base64 of 64 bytes.
    var key: String
    /// MIME.
    var contentType: String
    /// Base64 of the pointer, once it is uploaded.
    var pointer: String?
  }

  /// Base64 of the message without its files.
  private var content: String
  var files: [File]
  /// Whether the sessions with the receiver end with it.
  var endsSession: Bool

  init(_ content: PushContent, files: [File] = [], endsSession: Bool = false) {
    self.content = Base64.encode(content.serialized)
    self.files = files
    self.endsSession = endsSession
  }

  /// The message with the files that are uploaded.
  func message() throws(TextSecureError) -> PushContent {
    var content = try PushContent(Base64.decode(content) ?? [])
    for file in files {
      guard let pointer = file.pointer.flatMap({ Base64.decode($0) }) else { continue }
      content.attachments.append(try AttachmentPointer(pointer))
    }
    return content
  }
}

extension TextSecureOutgoing {
  /// The form for the store.
  var body: String {
    get throws(TextSecureError) {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      do { return String(decoding: try encoder.encode(self), as: UTF8.self) } catch {
        throw .store(String(describing: error))
      }
    }
  }

  /// Reads ``body``.
  init(body: String) throws(TextSecureError) {
    do { self = try JSONDecoder().decode(TextSecureOutgoing.self, from: Data(body.utf8)) } catch {
      throw .store("a message in the outbox that cannot be read")
    }
  }
}
