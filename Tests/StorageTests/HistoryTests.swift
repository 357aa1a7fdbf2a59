import Storage
import Testing

@Suite("Histories in pieces")
struct HistoryTests {
  private let store: Store
  private let chat = dialog.chat

  init() async throws {
    store = try Store.inMemory()
    try await store.chats.save([dialog])
    // What a sign-in brings: the last message.
    try await store.messages.save([at(1000)])
  }

  private func at(_ moment: Int64) -> MessageRecord { message("\(moment)", at: moment) }

  private func keep(_ moments: Int64..., from start: Int64, to end: Int64) async throws {
    _ = try await store.keep(moments.map(at), of: chat, spanning: start...end)
  }

  private func before(_ moment: Int64, limit: Int = 50) async throws -> (String, HistoryGap?) {
    let stretch = try await store.messages.stretch(
      chat, before: MessagePlace(at: moment, id: "\(moment)"), limit: limit)
    return (stretch.messages.map(\.id).joined(separator: " "), stretch.hole)
  }

  private func after(_ moment: Int64, limit: Int = 50) async throws -> (String, HistoryGap?) {
    let stretch = try await store.messages.stretch(
      chat, after: MessagePlace(at: moment, id: "\(moment)"), limit: limit)
    return (stretch.messages.map(\.id).joined(separator: " "), stretch.hole)
  }

  @Test("A page that joins what is stored leaves no hole")
  func joining() async throws {
    try await keep(900, 950, 1000, from: 900, to: 1001)
    #expect(try await before(1000) == ("900 950", nil))
    try await keep(800, 850, 900, from: 800, to: 900)
    #expect(try await before(1000) == ("800 850 900 950", nil))
  }

  @Test("A page elsewhere leaves a hole, at which reading stops from both sides")
  func island() async throws {
    try await keep(500, 510, 520, from: 500, to: 520)
    let hole = HistoryGap(start: 520, finish: 1000)
    #expect(try await before(1000) == ("", hole))
    #expect(try await before(520) == ("500 510", nil))
    #expect(try await after(500) == ("510 520", hole))
    #expect(try await after(520) == ("", hole))
    #expect(try await after(520, limit: 0) == ("", nil))
    #expect(try await store.messages.hole(chat, before: .max) == hole)
    #expect(try await store.messages.hole(chat, before: 520) == nil)
  }

  @Test("Pages shrink a hole from either side, and close it")
  func closing() async throws {
    try await keep(500, 520, from: 500, to: 520)
    try await keep(900, 1000, from: 900, to: 1000)
    #expect(try await before(1000) == ("900", HistoryGap(start: 520, finish: 900)))
    try await keep(520, 600, from: 520, to: 600)
    #expect(try await after(500) == ("520 600", HistoryGap(start: 600, finish: 900)))
    // In the midst of it, a message that was found.
    let found = try await store.keep([at(700), at(600), message("x", at: 5, in: secureDialog)])
    #expect(found.map(\.id) == ["700", "600"], "what is of no chat of ours is left out")
    #expect(try await before(900) == ("", HistoryGap(start: 700, finish: 900)))
    #expect(try await before(700) == ("", HistoryGap(start: 600, finish: 700)))
    try await keep(600, 650, 700, 800, from: 600, to: 800)
    #expect(try await before(900) == ("", HistoryGap(start: 800, finish: 900)))
    try await keep(from: 100, to: 1000)
    #expect(try await before(1000) == ("500 520 600 650 700 800 900", nil))
    #expect(try await store.messages.firstMoment(chat) == 500)
  }

  @Test("The surroundings of a message, and of a moment in a hole")
  func surroundings() async throws {
    try await keep(500, 510, 520, from: 500, to: 520)
    func around(_ place: MessagePlace, limit: Int = 9) async throws -> String {
      let (before, after) = try await store.messages.surroundings(chat, of: place, limit: limit)
      return before.messages.map(\.id).joined(separator: " ") + "|"
        + after.messages.map(\.id).joined(separator: " ")
    }
    #expect(try await around(at(510).place) == "500|510 520")
    #expect(try await around(at(510).place, limit: 1) == "500|510")
    #expect(try await around(at(1000).place) == "|1000")
    #expect(try await around(MessagePlace(at: 700)) == "|1000")
    #expect(try await around(MessagePlace(at: .max)) == "1000|")
    #expect(try await around(MessagePlace(at: .min)) == "|500 510 520")
  }

  @Test("What the server no longer has of a page is deleted, and counted messages are right")
  func deletions() async throws {
    try await keep(500, 510, 520, from: 500, to: 520)
    let outcome = try await store.keep([at(500), at(520)], of: chat, spanning: 500...520)
    #expect(outcome.gone == ["510"])
    #expect(try await store.messages.message(chat, "510")?.status == .deleted)
    #expect(try await store.messages.count(chat, after: at(500).place, limit: 9) == 3)
    #expect(try await store.messages.count(chat, after: at(500).place, limit: 2) == 2)
    #expect(try await store.messages.moment(ofOthers: 2, chat) == 520)
    #expect(try await store.messages.moment(ofOthers: 99, chat) == 500)
  }

  @Test("With a chat its holes go")
  func removal() async throws {
    try await keep(500, from: 500, to: 500)
    try await store.chats.remove(chat)
    #expect(try await store.messages.hole(chat, before: .max) == nil)
  }
}
