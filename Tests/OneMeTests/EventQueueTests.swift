import TestSupport
import Testing

@testable import OneMe

/// What holds a connection up while its reader lags.
@Suite(.timeLimit(.minutes(1))) struct EventQueueTests {
  @Test func passesEverythingOnInOrder() async {
    let queue = EventQueue<Int>()
    for number in 0..<1000 { #expect(queue.push(number, bytes: 10)) }
    queue.finish()
    var taken: [Int] = []
    for await number in queue.stream { taken.append(number) }
    #expect(taken == Array(0..<1000))
    #expect(queue.push(1), "after the end nobody hears of it")
    #expect(await queue.next() == nil)
  }

  @Test func isHeavyByBytesAndFullFarLater() async {
    let queue = EventQueue<Int>()
    #expect(queue.heavyTurn == nil)
    #expect(queue.push(0, bytes: 6 << 20))
    #expect(queue.heavyTurn != nil)
    var pushed = 1
    while queue.push(pushed, bytes: 6 << 20) { pushed += 1 }
    #expect(pushed == 4, "24 MB are the most")
    for _ in 0..<pushed { _ = await queue.next() }
    #expect(queue.heavyTurn == nil)
    #expect(queue.push(0, bytes: 100 << 20), "one that is alone is taken, whatever its size")
  }

  @Test func aWriterRestsUntilTheReaderHasCaughtUpOrSomebodyWakesIt() async throws {
    let queue = EventQueue<Int>()
    _ = queue.push(0, bytes: 4 << 20)
    let turn = try #require(queue.heavyTurn)
    async let rested: Void = queue.rest(since: turn)
    _ = await queue.next()
    await rested
    _ = queue.push(0, bytes: 4 << 20)
    let second = try #require(queue.heavyTurn)
    queue.wakeWriters()
    await queue.rest(since: second)
    let resting = Task { await queue.rest(since: try #require(queue.heavyTurn)) }
    resting.cancel()
    try await resting.value
    let reading = Task { await EventQueue<Int>().next()?.value }
    reading.cancel()
    #expect(await reading.value == nil)
  }

  @Test func givesWhatHasArrivedAtOnce() async {
    let queue = EventQueue<Int>()
    for number in 0..<700 { _ = queue.push(number, bytes: number) }
    #expect(await queue.next()?.value == 0)
    let batch = await queue.nextBatch()
    #expect(batch.map(\.value) == Array(1...512), "no more than one transaction is to hold")
    #expect(batch.map(\.bytes) == Array(1...512))
    #expect(await queue.nextBatch(atMost: 7).map(\.value) == Array(513..<520))
    queue.finish()
    #expect(await queue.nextBatch().map(\.value) == Array(520..<700))
    #expect(await queue.nextBatch().isEmpty)
  }

  @Test func aBatchEndsBeforeItIsHeavy() async {
    let queue = EventQueue<Int>()
    for (number, bytes) in [3 << 20, 1 << 20, 1 << 20, 1].enumerated() {
      _ = queue.push(number, bytes: bytes)
    }
    #expect(await queue.nextBatch().map(\.value) == [0], "one that is alone, whatever its size")
    #expect(await queue.nextBatch().map(\.value) == [1, 2])
    #expect(await queue.nextBatch().map(\.value) == [3])
  }

  @Test func aBatchWaitsForItsFirst() async throws {
    let queue = EventQueue<Int>()
    async let batch = queue.nextBatch()
    _ = queue.push(1)
    #expect(await batch.map(\.value) == [1])
    let reading = Task { await queue.nextBatch() }
    reading.cancel()
    #expect(await reading.value.isEmpty)
  }

  @Test func aBatchLetsTheWriterGoOn() async throws {
    let queue = EventQueue<Int>()
    for number in 0..<2 { _ = queue.push(number, bytes: 2 << 20) }
    let turn = try #require(queue.heavyTurn)
    async let rested: Void = queue.rest(since: turn)
    _ = await queue.nextBatch()
    await rested
    #expect(queue.heavyTurn == nil)
  }
}
