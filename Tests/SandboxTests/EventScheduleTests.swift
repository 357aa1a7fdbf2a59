import TestSupport
import Testing

@testable import Sandbox

@Suite struct EventScheduleTests {
  @Test func whatIsDueComesInOrder() {
    var duties = EventSchedule<String>(time: ManualTime())
    duties.add("late", at: .seconds(3))
    duties.add("first", at: .seconds(1))
    duties.add("second", at: .seconds(1))
    duties.add("dropped", at: .seconds(2))
    duties.remove { $0 == "dropped" }
    #expect(duties.next == .seconds(1))
    #expect(duties.takeDue(at: .seconds(2))?.duty == "first")
    #expect(duties.takeDue(at: .seconds(2))?.duty == "second")
    #expect(duties.takeDue(at: .seconds(2)) == nil)
    #expect(duties.takeDue(at: .seconds(3))?.duty == "late")
    #expect(duties.next == nil)
  }
}
