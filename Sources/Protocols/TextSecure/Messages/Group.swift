import Cryptography

/// A group as one of its members knows it; the relay knows nothing of groups (protocol notes §5.3).
public struct Group: Sendable, Equatable {
  private static let idSize = 16

  /// What a message has changed.
  public enum Change: Sendable, Equatable {
    case created
    /// What is new; nil for a name that stayed.
    case updated(name: String?, joined: [String])
    case left(String)
  }

  /// Opaque.
  public let id: [UInt8]
  public private(set) var name: String
  /// All members, ourselves among them, each once.
  public private(set) var members: [String]
  public private(set) var avatar: AttachmentPointer?
  /// Whether we are in it.
  public private(set) var isActive = true

  /// A group of ours and the `others`.
  public init(name: String, others: [String], own number: String, random: some RandomSource) {
    id = random.bytes(Group.idSize)
    self.name = name
    members = []
    add([number] + others)
  }

  /// A group as it was kept.
  public init(
    id: [UInt8], name: String, members: [String], avatar: AttachmentPointer? = nil,
    isActive: Bool = true
  ) {
    self.id = id
    self.name = name
    self.members = []
    self.avatar = avatar
    self.isActive = isActive
    add(members)
  }

  /// The group that an update tells of for the first time; nil if it is no update.
  public init?(_ context: GroupContext, from sender: String) {
    guard context.kind == .update else { return nil }
    self.init(
      id: context.id, name: context.name ?? "", members: [sender] + context.members,
      avatar: context.avatar)
  }

  /// Follows an update or a farewell; nil if it changes nothing.
  ///
  /// Updates add members and never remove any; one brings back a group that was left. Somebody who
  /// is no member changes nothing.
  public mutating func apply(_ context: GroupContext, from sender: String) -> Change? {
    guard context.id == id, members.contains(sender) else { return nil }
    switch context.kind {
    case .update:
      let before = self
      if let name = context.name { self.name = name }
      if let avatar = context.avatar { self.avatar = avatar }
      isActive = true
      add(context.members)
      guard self != before else { return nil }
      return .updated(
        name: name == before.name ? nil : name,
        joined: Array(members.dropFirst(before.members.count)))
    case .quit:
      remove(sender)
      return .left(sender)
    case .deliver, .unknown: return nil
    }
  }

  /// Adds members; an update must tell everybody.
  public mutating func add(_ numbers: [String]) {
    for number in numbers
    where !members.contains(number) && members.count < GroupContext.maximumMembers {
      members.append(number)
    }
  }

  /// Gives it another name; an update must tell everybody.
  public mutating func rename(_ name: String) { self.name = name }

  /// Takes out somebody who has left, or is no longer registered.
  public mutating func remove(_ number: String) { members.removeAll { $0 == number } }

  /// Leaves; the farewell must go to everybody.
  public mutating func quit() { isActive = false }

  /// Tells name, members and avatar, to new members and old.
  public var update: GroupContext {
    GroupContext(id: id, kind: .update, name: name, members: members, avatar: avatar)
  }

  /// Goes with each message to the group.
  public var delivery: GroupContext { GroupContext(id: id, kind: .deliver) }

  /// Tells that we leave.
  public var farewell: GroupContext { GroupContext(id: id, kind: .quit) }
}
