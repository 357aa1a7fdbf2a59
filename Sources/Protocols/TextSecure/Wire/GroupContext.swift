import Axolotl

/// To which group a message belongs and what it does there (seed 002, GroupContext).
public struct GroupContext: Sendable, Equatable {
  /// What the message does.
  public enum Kind: UInt32, Sendable { case unknown, update, deliver, quit }

  private enum Field {
    static let id: UInt32 = 1
    static let type: UInt32 = 2
    static let name: UInt32 = 3
    static let members: UInt32 = 4
    static let avatar: UInt32 = 5
  }
  /// More members are not read.
  public static let maximumMembers = 500
  private static let maximumID = 64

  /// Opaque; 16 bytes as a rule, 1 to 64 always.
  public let id: [UInt8]
  public let kind: Kind
  /// nil in an update: unchanged.
  public var name: String?
  /// Numbers, the sender's own among them.
  public var members: [String]
  public var avatar: AttachmentPointer?

  public init(
    id: [UInt8], kind: Kind, name: String? = nil, members: [String] = [],
    avatar: AttachmentPointer? = nil
  ) {
    self.id = id
    self.kind = kind
    self.name = name
    self.members = members
    self.avatar = avatar
  }

  init(_ serialized: some Collection<UInt8>) throws(TextSecureError) {
    let fields: ProtobufMessage
    do {
      fields = try ProtobufMessage(serialized, maximumSize: 64 << 10)
    } catch { throw .malformed("a group that is no protocol buffer") }
    guard let id = fields.bytes(Field.id), 1...GroupContext.maximumID ~= id.count else {
      throw .malformed("a group without an id")
    }
    self.id = Array(id)
    kind = fields.uint32(Field.type).flatMap(Kind.init(rawValue:)) ?? .unknown
    name = fields.text(Field.name)
    members = fields.allBytes(Field.members).prefix(GroupContext.maximumMembers)
      .filter { $0.count <= 64 }.map { String(decoding: $0, as: UTF8.self) }
    avatar = nil
    if let bytes = fields.bytes(Field.avatar) {
      // Without its picture a group is still a group.
      do throws(TextSecureError) { avatar = try AttachmentPointer(bytes) } catch { avatar = nil }
    }
  }

  var fields: ProtobufMessage {
    var fields = ProtobufMessage()
    fields.append(Field.id, id)
    fields.append(Field.type, kind.rawValue)
    if let name { fields.append(Field.name, name) }
    for member in members { fields.append(Field.members, member) }
    if let avatar { fields.append(Field.avatar, avatar.fields) }
    return fields
  }
}
