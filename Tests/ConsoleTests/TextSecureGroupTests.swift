import Domain
import Storage
import TestSupport
import Testing
import TextSecure

@testable import Accounts
@testable import TextSecureService

@Suite(.timeLimit(.minutes(10))) struct TextSecureGroupTests {
  /// Four who know each other's numbers.
  private func four(_ fixture: RelayFixture) async throws -> [TextSecurePerson] {
    var people: [TextSecurePerson] = []
    for (index, name) in ["Ada", "Bob", "Carol", "Dan"].enumerated() {
      people.append(try await fixture.person(name, "+1415555010\(index)"))
    }
    return people
  }

  @Test("A group of four: made, written in, renamed, joined and left")
  func life() async throws {
    try await RelayFixture.run { fixture in
      let people = try await four(fixture)
      let (ada, bob, carol, dan) = (people[0], people[1], people[2], people[3])
      let made = try await ada.hub.only(
        CreateGroup(name: "  Sailors ", members: [bob.number, carol.number, "+1 415 555-0101"]))
      let chat = made.chat
      #expect((made.title, made.kind) == ("Sailors", "group"))
      for person in [bob, carol] {
        try await person.line(in: chat, "the group") {
          $0.kind == .system && $0.shownText.contains("created the group Sailors")
        }
        try await person.write("ahoy from \(person.name)", to: chat)
      }
      for person in [ada, bob, carol] {
        for name in ["Bob", "Carol"] {
          try await person.line(in: chat, name) { $0.text == "ahoy from \(name)" }
        }
      }
      try await bob.hub.only(RenameGroup(chat: chat, name: "Pirates"))
      for person in [ada, carol] {
        try await person.line(in: chat, "the name") { $0.shownText.contains("Pirates") }
        #expect(try await person.store.chats.chat(chat)?.title == "Pirates")
      }
      try await carol.hub.only(
        AddToGroup(chat: chat, members: [bob.number, dan.number]))
      let added = try await carol.line(in: chat, "an addition") {
        $0.shownText.hasPrefix("You added")
      }
      #expect(added.shownText == "You added \(dan.number)", "Bob was there already")
      for person in [ada, bob] {
        try await person.line(in: chat, "the new one") { $0.shownText.contains(dan.number) }
      }
      try await dan.line(in: chat, "the group") { $0.shownText.contains("Pirates") }
      try await dan.write("hi all", to: chat)
      for person in [ada, bob, carol] { try await person.hears("hi all", in: chat) }

      try await bob.hub.only(LeaveGroup(chat: chat))
      for person in [ada, carol, dan] {
        try await person.line(in: chat, "the farewell") {
          $0.kind == .system && $0.shownText.contains("left") && $0.shownText.contains(bob.number)
        }
      }
      #expect(
        try await bob.hub.failure(of: SendMessage(chat: chat, text: "wait")).code
          == "left-group")
      try await ada.write("quiet now", to: chat)
      try await dan.hears("quiet now", in: chat)
      try await carol.hears("quiet now", in: chat)
      let group = try await ada.hub.only(ShowGroup(chat: chat))
      #expect(group.members == [ada, carol, dan].map(\.number))
      #expect(group.active)
      #expect(try await bob.hub.only(ShowGroup(chat: chat)).active == false)
      #expect(try await !bob.texts(chat).contains("quiet now"))
    }
  }

  @Test("A stranger changes nothing in a group, and is told of in the dialog with them")
  func stranger() async throws {
    try await RelayFixture.run { fixture in
      let people = try await four(fixture)
      let (ada, bob, eve) = (people[0], people[1], people[3])
      let chat = try await ada.hub.only(
        CreateGroup(name: "Sailors", members: [bob.number])
      ).chat
      try await bob.line(in: chat, "the group") { $0.kind == .system }
      let group = try await ada.hub.openSecure().environment.group(
        try #require(chat.groupID))
      try await eve.send(
        PushContent(group: GroupContext(id: group.id, kind: .update, name: "Eve's")),
        to: ada.number)
      try await eve.send(PushContent(body: "ahoy", group: group.delivery), to: ada.number)
      try await ada.hears("ahoy", in: eve.chat)
      let lines = try await ada.lines(eve.chat)
      #expect(lines.map(\.kind) == [.system, .system, .text])
      #expect(
        lines[0].shownText
          == "\(eve.number) is not in the group Sailors and cannot change it or write there:")
      #expect(try await ada.store.chats.chat(chat)?.title == "Sailors")
      #expect(try await ada.hub.only(ShowGroup(chat: chat)).members.count == 2)
      #expect(try await ada.texts(chat).isEmpty)

      try await eve.send(
        PushContent(body: "psst", group: GroupContext(id: [1, 2], kind: .deliver)),
        to: ada.number)
      try await ada.hears("psst", in: eve.chat)
      #expect(
        try await ada.lines(eve.chat).contains {
          $0.shownText == "\(eve.number) wrote to a group that you are not in:"
        })
    }
  }

  @Test("A member who is no longer registered is taken out, and the others get the message")
  func unregisteredMember() async throws {
    try await RelayFixture.run { fixture in
      // A relay that has no directory cannot say who is there.
      let front = try fixture.front { request in
        request.target.hasPrefix("/v1/directory") ? .answer(.response(status: 404)) : .pass
      }
      let ada = try await fixture.person("Ada", "+14155550100", url: front.url)
      let bob = try await fixture.person("Bob", "+14155550101")
      let nobody = "+14155550109"
      let chat = try await ada.hub.only(
        CreateGroup(name: "Sailors", members: [nobody, bob.number])
      ).chat
      try await bob.line(in: chat, "the group") { $0.kind == .system }
      let line = try await ada.line(in: chat, "the departure") {
        $0.shownText == "\(nobody) is no longer registered"
      }
      #expect((line.kind, line.status) == (.system, .received))
      try await ada.line(in: chat, "the creation") {
        $0.shownText.hasPrefix("You created") && $0.status == .sent
      }
      #expect(
        try await ada.hub.only(ShowGroup(chat: chat)).members == [ada.number, bob.number])
      try await ada.write("ahoy", to: chat)
      try await bob.hears("ahoy", in: chat)
      try await ada.sees("ahoy", .sent, in: chat)
      #expect(
        try await ada.lines(chat).count { $0.shownText.contains("no longer registered") } == 1)
    }
  }

  @Test("What makes no group is refused")
  func refusals() async throws {
    try await RelayFixture.run { fixture in
      let ada = try await fixture.person("Ada", "+14155550100")
      for (name, members) in [
        ("", ["+14155550101"]), (" ", ["+14155550101"]),
        (String(repeating: "n", count: 101), ["+14155550101"]), ("Alone", []),
        ("Alone", [ada.number]), ("Bad", ["Bob"]),
      ] {
        let error = try await ada.hub.failure(of: CreateGroup(name: name, members: members))
        #expect(error.code == "invalid-input", "\(name) \(members)")
      }
      #expect(try await ada.store.chats.all().isEmpty)
      for chat in ["textsecure:group:00", "textsecure:+14155550101", "max:1"] as [ChatID] {
        #expect(
          try await ada.hub.failure(of: RenameGroup(chat: chat, name: "x")).code == "no-chat")
        #expect(try await ada.hub.failure(of: LeaveGroup(chat: chat)).code == "no-chat")
        #expect(try await ada.hub.failure(of: ShowGroup(chat: chat)).code == "no-chat")
      }
    }
  }
}

extension TextSecurePerson {
  /// Sends something that the console itself would not.
  func send(_ content: PushContent, to number: String) async throws {
    let account = try await hub.openSecure()
    let draft = OutboxDraft(
      chat: account.records.dialog(with: number),
      message: account.records.outgoing("raw", in: TextSecureRecords.key(number)),
      receivers: [number], body: try TextSecureOutgoing(content).body, createdAt: time.wallTime)
    _ = try await account.writer.add(draft)
  }
}
