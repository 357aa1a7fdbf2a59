import MaxService
import Phrases
import Testing

@testable import Domain
@testable import Interface
@testable import ScreenState

@MainActor @Suite struct NextChangeTests {
  @Test func anIdleScreenWaitsForTheMinute() async throws {
    // 12:44:07, the only open orders are old ones, and nothing is about to go.
    var state = try await Scene.inUse().screen
    state.orders.rows[0].createdAt = Sample.ago(minutes: 2)
    state.nextExpiry = nil
    #expect(ScreenLayout(state).nextChange == .seconds(53))
  }

  @Test func whatCountsTicksWithTheSecond() async throws {
    let scene = try await Scene.inUse()
    await scene.show(.call(Sample.ringing))
    let full = scene.screen
    var idle = try await Scene().screen
    idle.now += 250
    #expect(ScreenLayout(idle).nextChange == .milliseconds(52_750))
    var ringing = idle
    ringing.ring = full.ring
    var reviewing = idle
    reviewing.dialog = .ticket(Sample.review)
    var waiting = idle
    waiting.status.entries[0].state = .waiting(until: 9000)
    var placed = idle
    placed.orders = full.orders
    for state in [ringing, reviewing, waiting, placed] {
      #expect(ScreenLayout(state).nextChange == .milliseconds(750))
    }
  }
}

@Suite struct ConversationScrollTests {
  private func picture(_ change: (inout ConversationState) -> Void, rows: Int = 12) -> [Substring] {
    canvas(change, rows: rows).text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  private func canvas(_ change: (inout ConversationState) -> Void, rows: Int = 12) -> Canvas {
    var chat = ConversationState(chat: "max:1", service: .max, title: "Павел")
    chat.freshness = .live(since: Sample.now)
    chat.lines = Excerpt(
      (1...30).map {
        .init(id: "\($0)", sender: "Павел", at: Sample.now, text: "message \($0)")
      })
    change(&chat)
    let pane = ConversationPane(
      state: chat, moment: RenderClock(now: Sample.now, zone: .utc), isFocused: true)
    return pane.canvas(Size(columns: 60, rows: rows))
  }

  @Test func theNewestIsAtTheBottom() {
    let rows = picture { _ in }
    #expect(rows[10].hasSuffix("message 30"))
    #expect(rows[1].hasSuffix("message 21"))
    #expect(rows[11].contains(Phrase.writeHere.text), "below it what is being written")
  }

  @Test func theSelectionIsInSightAndSaysHowFarUpItIs() {
    for index in 0..<30 {
      let rows = picture { $0.selection = index }
      let canvas = canvas { $0.selection = index }
      let marked = rows.indices.filter { row in
        canvas.row(row).dropFirst().allSatisfy(\.style.isReversed)
      }
      #expect(marked.count == 1, "the whole row")
      #expect(marked.first.map { rows[$0].hasSuffix("message \(index + 1)") } == true)
      #expect(rows[0].hasSuffix(index == 29 ? "Павел · MAX" : "↓ \(29 - index)"))
      #expect(rows.dropFirst().dropLast().allSatisfy { !$0.isEmpty }, "no row is given away")
    }
  }

  @Test("The newest messages stay where they are until the selection leaves the lower half")
  func theEndStaysInSight() {
    let end = picture { _ in }
    for index in 25...29 {
      let rows = picture { $0.selection = index }
      #expect(rows[1].dropFirst() == end[1].dropFirst())
    }
  }

  @Test func aSelectionThatIsGoneShowsTheEnd() {
    #expect(picture { $0.selection = 99 }[10].hasSuffix("message 30"))
  }

  @Test func olderMessagesOnTheirWayAreAnnounced() {
    let rows = picture {
      $0.selection = 0; $0.isLoadingOlder = true
    }
    #expect(rows.contains { $0.contains(Phrase.loadingOlder.text) })
  }

  @Test func aMessageHigherThanThePaneShowsItsEnd() {
    let rows = picture { $0.lines[29].text = String(repeating: "word ", count: 500) + "end" }
    #expect(rows[10].hasSuffix("end"))
  }

  @Test func selectedItShowsItsBeginning() {
    let rows = picture {
      $0.lines[29].text = "begin " + String(repeating: "word ", count: 500)
      $0.selection = 29
    }
    #expect(rows[1].contains("begin"))
  }

  @Test func aHundredThousandMessagesShowTheirEndLikeAFew() {
    let few = picture { $0.lines = Excerpt(Array(repeating: $0.lines[0], count: 100)) }
    let many = picture { $0.lines = Excerpt(Array(repeating: $0.lines[0], count: 100_000)) }
    #expect(many == few)
  }
}

@Suite struct ConnectionStateTests {
  private static let uptime: Int64 = 100_000

  private func firstLine(_ change: (inout ConnectionStatus) -> Void) -> String {
    var entry = ConnectionStatus(service: .max, state: .online, account: "Ира", roundTrip: 41)
    change(&entry)
    let bar = StatusBar(
      state: StatusState(entries: [entry]),
      moment: RenderClock(now: Sample.now, uptime: Self.uptime, zone: .utc))
    return bar.canvas(Size(columns: 120, rows: 1)).row(0).map(\.text).joined()
  }

  @Test("A pause that is over says connecting, not retry in 0 s")
  func trying() {
    #expect(firstLine { $0.state = .waiting(until: Self.uptime + 4000) }.contains("retry in 4 s"))
    for end in [Self.uptime, Self.uptime - 90_000] {
      let line = firstLine { $0.state = .waiting(until: end) }
      #expect(line.contains("connecting") && !line.contains("retry"), "\(line)")
    }
  }

  @Test("A round trip that was measured a while ago says so")
  func roundTrip() {
    #expect(firstLine { $0.measuredAt = Sample.now - 30_000 }.contains("41 ms  "))
    let line = firstLine { $0.measuredAt = Sample.now - 300_000 }
    #expect(line.contains("41 ms 5 min ago"), "\(line)")
  }
}
