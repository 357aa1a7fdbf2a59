import Domain
import MaxService
import Storage
import TextSecureService

/// The conversations of a made-up profile, the first one with `ProfilePlan.marker` as its title.
struct ProfileChats {
  /// A conversation and who writes in it besides the owner.
  struct Place {
    var chat: ChatRecord
    var people: [Person]
  }

  struct Person {
    var service: Service
    var id: String
    var name: String
  }

  static let maxOwner: Int64 = 54_321_001
  static let number = "+14155550100"

  private(set) var places: [Place] = []
  private(set) var people: [Person] = []
  private(set) var groups: [GroupRecord] = []

  init(_ count: Int, _ words: Words) {
    var chance = Chance(seed: 3)
    places.reserveCapacity(count)
    for index in 0..<count {
      if ProfileChats.isMax(index) {
        addMax(index, words, &chance)
      } else {
        addSecure(index, words, &chance)
      }
    }
    places[0].chat.title = ProfilePlan.marker
  }

  /// Seven of ten are in MAX, and of these seven of eight with one person.
  private static func isMax(_ index: Int) -> Bool { index % 10 < 7 }
  static func isDialogOfMax(_ index: Int) -> Bool { isMax(index) && index % 8 != 3 }

  /// Who is at the other end of a dialog of MAX.
  static func partner(_ index: Int) -> Int64 { Int64(60_000_000 + index) }

  private mutating func addMax(_ index: Int, _ words: Words, _ chance: inout Chance) {
    guard ProfileChats.isDialogOfMax(index) else {
      let members = (0..<12).map { person(.max, "\(70_000_000 + index * 12 + $0)", words, &chance) }
      return add(ChatID(.max, "-\(70_000_000 + index)"), .group, words.name(&chance), members)
    }
    let id = ProfileChats.partner(index)
    let peer = person(.max, "\(id)", words, &chance)
    add(ChatID(.max, "\(id ^ ProfileChats.maxOwner)"), .dialog, peer.name, [peer])
  }

  private mutating func addSecure(_ index: Int, _ words: Words, _ chance: inout Chance) {
    let digits = String(1_000_000 + index)
    let peer = person(.textsecure, "+1415\(digits)", words, &chance)
    guard index % 16 == 8 else {
      return add(ChatID(.textsecure, peer.id), .dialog, peer.name, [peer])
    }
    let id = String(repeating: "0", count: 25) + digits
    let name = words.name(&chance)
    add(ChatID(.textsecure, group: id), .group, name, [peer])
    groups.append(GroupRecord(id: id, name: name, members: [ProfileChats.number, peer.id]))
  }

  private mutating func person(
    _ service: Service, _ id: String, _ words: Words, _ chance: inout Chance
  ) -> Person {
    let name = "\(words.name(&chance)) \(words.name(&chance))"
    let person = Person(service: service, id: id, name: name)
    people.append(person)
    return person
  }

  private mutating func add(
    _ key: ChatID, _ kind: ChatRecord.Kind, _ title: String, _ people: [Person]
  ) {
    let chat = ChatRecord(
      chat: key, service: key.service, kind: kind, title: title,
      peerId: kind == .dialog ? people.first?.id : nil)
    places.append(Place(chat: chat, people: people))
  }
}
