import Cryptography
import Testing

@testable import OneMe

/// The answer to a login.
struct SnapshotTests {
  @Test func readsTheWholeState() throws {
    let snapshot: Snapshot = try payload(
      """
      {"profile":{"contact":{"id":54321001,"names":[{"name":"Ира Т","firstName":"Ира",
        "lastName":"Т","type":"ONEME"}],"phone":79990001122,"options":["TT","ONEME"],
        "accountStatus":0,"updateTime":1794000000000},"profileOptions":[]},
       "chats":[{"id":121058319,"type":"DIALOG","status":"ACTIVE","owner":54321001,
        "participants":{"54321001":1795000000103,"67890022":1795000000103},
        "lastMessage":{"id":"117637120006750208","time":1795000000103,"type":"USER",
        "sender":67890022,"text":"Ты где?","cid":1795000000001,"attaches":[]},
        "lastEventTime":1795000000103,"newMessages":1}],
       "contacts":[{"id":67890022,"names":[{"name":"Павел","type":"CUSTOM"}]}],
       "messages":{},"presence":{"67890022":{"seen":1795000000,"status":1}},
       "drafts":{"chats":{"saved":{},"discarded":{}}},
       "config":{"chats":{"121058319":{"dontDisturbUntil":0},"5":{"dontDisturbUntil":-1},
        "6":{"dontDisturbUntil":1795000009000},"7":{}},"server":{"max-msg-length":4000},"hash":"0000"},
       "time":1795000000555,"chatMarker":1790000000000}
      """)
    #expect(snapshot.profile?.displayName == "Ира Т")
    #expect(snapshot.chats.map(\.id) == [121_058_319])
    #expect(snapshot.chats.first?.lastMessage?.text == "Ты где?")
    #expect(snapshot.contacts.map(\.displayName) == ["Павел"])
    #expect(snapshot.presence[67_890_022]?.status == .online)
    #expect(
      snapshot.mutes == [121_058_319: .off, 5: .always, 6: .until(1_795_000_009_000)])
    #expect(snapshot.time == 1_795_000_000_555)
    #expect(snapshot.token == nil)
    #expect(snapshot.skipped == 0)
  }

  @Test(arguments: [#"{"token":null}"#, "{}"])
  func readsTheSeedsStub(json: String) throws {
    #expect(try payload(json) == Snapshot())
  }

  @Test func readsAReplacedToken() throws {
    #expect(try payload(#"{"token":"fresh"}"#, as: Snapshot.self).token == Secret("fresh"))
  }

  @Test func countsWhatItCannotRead() throws {
    let snapshot: Snapshot = try payload(
      """
      {"chats":[{"id":1},{"title":"no id"},null,5,{"id":2}],"contacts":[{"names":[]}],
       "presence":{"x":{},"3":7,"4":{}},"messages":{"1":[{"id":9},{"text":"no id"}]},
       "profile":[],"config":"none","time":"1795000000555"}
      """)
    #expect(snapshot.chats.map(\.id) == [1, 2])
    #expect(snapshot.presence.keys.sorted() == [4])
    #expect(snapshot.messages[1]?.map(\.id) == [9])
    #expect(snapshot.time == 1_795_000_000_555)
    #expect(snapshot.skipped == 7)
  }
}
