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
      // Seven of ten are in MAX.
      if index % 10 < 7 { addMax(index, words, &chance) } else { addSecure(index, words, &chance) }
    }
    places[0].chat.title = ProfilePlan.marker
  }

  private mutating func addMax(_ index: Int, _ words: Words, _ chance: inout Chance) {
    if index % 8 == 3 {
      let members = (0..<12).map { person(.max, "\(70_000_000 + index * 12 + $0)", words, &chance) }
      add(ChatID(.max, "-\(70_000_000 + index)"), .group, words.name(&chance), members)
    } else {
      let id = Int64(60_000_000 + index)
      let peer = person(.max, "\(id)", words, &chance)
      add(ChatID(.max, "\(id ^ ProfileChats.maxOwner)"), .dialog, peer.name, [peer])
    }
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
