import Testing

@testable import Transport

struct MessageBufferTests {
  /// The connection stops reading when it hears that the incoming is full, but what it has decoded by
  /// then still comes, and the reader may have taken something meanwhile.
  @Test func asksForMoreAfterMessagesBehindTheOneThatFilledIt() async {
    var limits = WebSocketLimits()
    limits.incomingMessages = 8
    let incoming = MessageBuffer(limits: limits)
    let answers = (0..<8).map { incoming.deliver(.text("\($0)")) }
    #expect(answers == Array(repeating: false, count: 7) + [true])
    var asked = 0
    for _ in 0..<2 { _ = await incoming.next { asked += 1 } }
    _ = incoming.deliver(.text("behind"))
    for _ in 0..<7 { _ = await incoming.next { asked += 1 } }
    #expect(asked == 1)
  }
}
