import Clocks
import Domain
import TestSupport
import Testing
import Trading

@testable import Accounts
@testable import Domain
@testable import ViewModels

@Suite struct SelectionTests {
  @Test func staysOnItsRow() {
    var selection = Selection()
    #expect(selection.index(in: []) == nil)
    #expect(selection.index(in: ["a", "b"]) == 0)
    selection.move(.by(1), in: ["a", "b", "c"])
    #expect(selection.index(in: ["x", "a", "b"]) == 2)
    #expect(selection.index(in: ["x", "y"]) == 0, "the first when its row is gone")
  }

  @Test func stopsAtTheEnds() {
    var selection = Selection()
    selection.move(.by(-5), in: ["a", "b"])
    #expect(selection.id == "a")
    selection.move(.by(50), in: ["a", "b"])
    #expect(selection.id == "b")
    selection.move(.first, in: ["a", "b"])
    #expect(selection.id == "a")
    selection.move(.last, in: ["a", "b"])
    #expect(selection.id == "b")
    selection.move(.last, in: [])
    #expect(selection.id == "b")
  }
}

@MainActor @Suite struct NoticesTests {
  private let time = ManualTime()

  @Test func someAreSaidOnce() throws {
    let model = try HubFixture.emptyModel()
    let clock = try #require(model.context.time as? Clocks.ManualTime)
    let missing = NoticeText.programMissing("notify", setting: "alert-command", "it is not there")
    model.context.warnOnce(missing)
    #expect(model.screen.notices.map(\.text) == [missing.text])
    clock.advance(by: .seconds(60))
    #expect(model.screen.notices.isEmpty)
    model.context.warnOnce(missing)
    #expect(model.screen.notices.isEmpty)
    let another = NoticeText.programMissing("tell", setting: "alert-command", "it is not there")
    model.context.warnOnce(another)
    #expect(model.screen.notices.map(\.text) == [another.text])
  }

  @Test("What is said of a thing takes the place of what was said before, and goes when it is over")
  func topics() throws {
    let notices = try HubFixture.emptyModel().context.notices
    notices.show(NoticeText(.info, "press it again"), on: .bell)
    notices.show(NoticeText(.info, "read first"), on: .ticket)
    notices.show(NoticeText(.info, "something else"))
    notices.show(NoticeText(.info, "it is done"), on: .bell)
    #expect(notices.state.map(\.text) == ["read first", "something else", "it is done"])
    notices.forget(.ticket)
    #expect(notices.state.map(\.text) == ["something else", "it is done"])
  }

  @Test func whatIsSaidOfAConnectionGoesWhenItIsThereAgain() throws {
    let model = try HubFixture.emptyModel()
    func become(_ state: ConnectionState, _ service: Service) {
      model.status.apply(ConnectionStatus(service: service, state: state))
    }
    become(.waiting(until: 5000), .trading)
    let notices = [
      NoticeText(.warning, "refused (HTTP 403)", about: .trading),
      NoticeText(.failure, "no MAX", about: .max), NoticeText(.info, "something else"),
    ]
    for notice in notices { model.context.notices.show(notice) }
    become(.connecting, .trading)
    #expect(model.screen.notices.count == 3)
    become(.online, .trading)
    #expect(model.screen.notices.map(\.text) == ["no MAX", "something else"])
    // Said while the line is there, it is about something that went wrong all the same.
    model.context.notices.show(notices[0])
    model.status.apply(ConnectionStatus(service: .trading, state: .online, roundTrip: 3))
    #expect(model.screen.notices.count == 3)
  }

  @Test func eachGoesInItsTime() {
    let notices = NoticesModel(time: time)
    notices.show(NoticeText(.info, "a"))
    notices.show(NoticeText(.failure, "b"))
    #expect(notices.state.map(\.text) == ["a", "b"])
    #expect(notices.nextExpiry == time.uptime.milliseconds + 6000)
    time.advance(by: .seconds(6))
    #expect(notices.state.map(\.text) == ["b"])
    time.advance(by: .seconds(14))
    #expect(notices.state.isEmpty)
    #expect(notices.nextExpiry == nil)
  }

  @Test("Dismissing takes away the newest one that can be seen")
  func dismissing() {
    let notices = NoticesModel(time: time)
    notices.show(NoticeText(.failure, "stays"))
    notices.show(NoticeText(.info, "goes"))
    time.advance(by: .seconds(7))
    #expect(notices.dismiss())
    #expect(notices.state.isEmpty)
    #expect(!notices.dismiss())
  }

  @Test func theSameWordsComeOnceAndOldOnesGiveWay() {
    let notices = NoticesModel(time: time)
    for text in ["a", "b", "a", "c", "d", "e"] { notices.show(NoticeText(.info, text)) }
    #expect(notices.state.map(\.text) == ["a", "c", "d", "e"])
    #expect(Set(notices.state.map(\.id)).count == 4)
  }
}

@Suite struct PercentTests {
  @Test(
    arguments: [
      ("100", "100", "+0.00 %"), ("100", "101", "+1.00 %"), ("3246.10", "3245.67", "−0.01 %"),
      ("3", "1", "−66.66 %"), ("3", "2.99999", "−0.00 %"),
      ("0.00000001", "0.00000002", "+100.00 %"),
      ("1", "1000000", "+10000.00 %"),
    ])
  func change(_ old: String, _ new: String, _ text: String) throws {
    let old = try #require(Amount(serverText: old))
    let new = try #require(Amount(serverText: new))
    #expect(Amount.percentChange(from: old, to: new) == text)
  }

  @Test func nothingToCompareWith() {
    #expect(Amount.percentChange(from: .zero, to: .zero) == nil)
  }
}
