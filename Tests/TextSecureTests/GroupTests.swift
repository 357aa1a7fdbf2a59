import Cryptography
import Testing

@testable import TextSecure

@Suite("Groups")
struct GroupTests {
  private let group = Group(
    name: "Friends", others: ["+2", "+3", "+2"], own: "+1", random: SeededRandom(seed: 1))

  @Test("A new group reaches its members")
  func create() throws {
    #expect(group.id.count == 16)
    #expect(group.members == ["+1", "+2", "+3"])
    let there = try #require(Group(group.update, from: "+1"))
    #expect(there == group)
    #expect(Group(group.delivery, from: "+1") == nil)
  }

  @Test("Updates add and rename, never remove; strangers change nothing")
  func update() throws {
    var there = group
    let context = GroupContext(id: group.id, kind: .update, members: ["+4"])
    #expect(there.apply(context, from: "+9") == nil)
    #expect(there.apply(context, from: "+2") == .updated(name: nil, joined: ["+4"]))
    #expect(there.apply(context, from: "+2") == nil)
    #expect(there.members == ["+1", "+2", "+3", "+4"])
    let renamed = GroupContext(id: group.id, kind: .update, name: "Foes")
    #expect(there.apply(renamed, from: "+3") == .updated(name: "Foes", joined: []))
    #expect(there.apply(GroupContext(id: [1], kind: .quit), from: "+3") == nil)
  }

  @Test("Who leaves is gone; an update brings back who left")
  func quit() {
    var there = group
    #expect(there.apply(group.farewell, from: "+2") == .left("+2"))
    #expect(there.members == ["+1", "+3"])
    there.quit()
    #expect(!there.isActive)
    #expect(there.apply(group.update, from: "+3") == .updated(name: nil, joined: ["+2"]))
    #expect(there.isActive)
  }

  @Test("Members are capped")
  func cap() {
    let many = (0..<900).map { "+\($0)" }
    let huge = Group(id: [1], name: "", members: many)
    #expect(huge.members.count == GroupContext.maximumMembers)
  }
}
