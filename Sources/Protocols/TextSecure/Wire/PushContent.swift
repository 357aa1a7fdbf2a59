import Axolotl
import Cryptography
import Transport

/// What one person writes to another (seed 002, PushMessageContent).
public struct PushContent: Sendable, Equatable {
  private enum Field {
    static let body: UInt32 = 1
    static let attachments: UInt32 = 2
    static let group: UInt32 = 3
    static let flags: UInt32 = 4
  }
  private static let endSession: UInt32 = 1
  private static let maximumSize = 64 << 10
  private static let maximumAttachments = 32

  /// The text.
  public var body: String?
  /// 32 at most are read.
  public var attachments: [AttachmentPointer] = []
  /// Attachments that there is no way to open: without an id, or with a key of another size. What is
  /// written beside them is read all the same.
  public internal(set) var brokenAttachments = 0
  public var group: GroupContext?
  /// A bit mask, whatever the seed calls it; unknown bits are ignored (protocol notes §5.2).
  public var flags: UInt32 = 0

  public init(
    body: String? = nil, attachments: [AttachmentPointer] = [], group: GroupContext? = nil
  ) {
    self.body = body
    self.attachments = attachments
    self.group = group
  }

  /// Asks the other side to forget the session; with the text that Android sends along.
  public static let endOfSession: PushContent = {
    var content = PushContent(body: "TERMINATE")
    content.flags = endSession
    return content
  }()

  /// Whether it ends the session.
  public var endsSession: Bool { flags & PushContent.endSession != 0 }

  /// Reads a content of 64 KiB at most; throws ``TextSecureError/malformed(_:)``.
  ///
  /// Version 2 has no padding; what does not parse is tried again without the padding that later
  /// clients append, 0x80 and zeros (protocol notes §5.1).
  public init(_ plaintext: [UInt8]) throws(TextSecureError) {
    let fields: ProtobufMessage
    do {
      fields = try ProtobufMessage(plaintext, maximumSize: PushContent.maximumSize)
    } catch {
      guard let end = plaintext.lastIndex(where: { $0 != 0 }), plaintext[end] == 0x80 else {
        throw .malformed("a message that is no protocol buffer")
      }
      do {
        fields = try ProtobufMessage(plaintext[..<end], maximumSize: PushContent.maximumSize)
      } catch { throw .malformed("a message that is no protocol buffer") }
    }
    body = fields.text(Field.body)
    for pointer in fields.allBytes(Field.attachments).prefix(PushContent.maximumAttachments) {
      do throws(TextSecureError) { attachments.append(try AttachmentPointer(pointer)) } catch {
        brokenAttachments += 1
      }
    }
    if let bytes = fields.bytes(Field.group) { group = try GroupContext(bytes) }
    flags = fields.uint32(Field.flags) ?? 0
  }

  /// The bytes to be encrypted.
  public var serialized: [UInt8] {
    var fields = ProtobufMessage()
    if let body { fields.append(Field.body, body) }
    for pointer in attachments { fields.append(Field.attachments, pointer.fields) }
    if let group { fields.append(Field.group, group.fields) }
    if flags != 0 { fields.append(Field.flags, flags) }
    return fields.serialized
  }
}

/// A push notification's payload, as a person may paste it: the bare base64 text, APN's JSON with
/// the field `m`, or GCM's with `message` (seed 002; TextSecure protocol notes §3.5).
public enum PushPayload {
  private struct Notification: Decodable {
    struct Inner: Decodable { let message: String? }
    let m: String?
    let message: String?
    let data: Inner?
  }
  private static let maximumSize = 256 << 10

  /// The encrypted envelope in `text`. Throws ``TextSecureError/malformed(_:)``.
  public static func envelope(in text: String) throws(TextSecureError) -> [UInt8] {
    guard text.utf8.count <= maximumSize else { throw .tooLarge(limit: maximumSize) }
    var payload = text.filter { !$0.isWhitespace }
    if payload.hasPrefix("{") {
      let notification: Notification
      do { notification = try JSONText.decode(Notification.self, from: text.utf8) } catch {
        throw .malformed("a notification that is no JSON object")
      }
      guard let inner = notification.m ?? notification.message ?? notification.data?.message else {
        throw .malformed("a notification without m or message")
      }
      payload = inner
    }
    guard !payload.isEmpty, let envelope = Base64.decode(payload) else {
      throw .malformed("a payload that is not base64")
    }
    return envelope
  }
}
