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

  /// A batch is what has arrived, in its order: it waits for the first message alone.
  @Test func batchesAreWhatHasArrived() async {
    var limits = WebSocketLimits()
    limits.incomingMessages = 8
    let incoming = MessageBuffer(limits: limits)
    func texts(_ numbers: Range<Int>) -> [WebSocketMessage] { numbers.map { .text("\($0)") } }
    var asked = 0
    for message in texts(0..<8) { _ = incoming.deliver(message) }
    #expect(await incoming.nextBatch(limit: 3) { asked += 1 } == texts(0..<3))
    #expect(asked == 0)
    #expect(await incoming.nextBatch(limit: 100) { asked += 1 } == texts(3..<8))
    #expect(asked == 1)
    let waiting = Task { await incoming.nextBatch(limit: 100) {} }
    await Task.yield()
    _ = incoming.deliver(.text("alone"))
    #expect(await waiting.value == [.text("alone")])
    _ = incoming.deliver(.text("last"))
    incoming.finish(.endOfFile)
    #expect(await incoming.nextBatch(limit: 100) {} == [.text("last")])
    #expect(await incoming.nextBatch(limit: 100) {} == [])
  }
}
