import Cryptography
import Storage
import Testing

@Suite("Calls")
struct CallTests {
  private let store: Store
  private let ringing = CallRecord(
    service: .max, conversationId: "11AA22BB", callerId: "67890022", callerName: "Павел",
    kind: .video, at: noon,
    signaling: "wss://127.0.0.1/ws2", stun: "stun:127.0.0.1:3478",
    turn: ["turn:127.0.0.1:3479", "turn:127.0.0.1:3480"], turnUser: "1795086400:900000000001",
    token: Secret("fake-token"), turnPassword: Secret("fake-password"))

  init() throws { store = try Store.inMemory() }

  @Test("Every field comes back, the latest call first")
  func roundTrip() async throws {
    let older = CallRecord(
      service: .max, conversationId: "0", callerId: "1", kind: .audio, at: noon - 1, state: .ended,
      duration: 61_000, endedAt: noon + 61_000)
    try await store.calls.save(older)
    try await store.calls.save(ringing)
    #expect(try await store.calls.recent(limit: 10) == [ringing, older])
    #expect(try await store.calls.recent(limit: 1) == [ringing])
    #expect(try await store.calls.call("0") == older)
  }

  @Test("A call closes once; neither a late end nor a repeated push changes it again")
  func closing() async throws {
    try await store.calls.save(ringing)
    let closed = try await store.calls.close("11AA22BB", as: .declined, at: noon + 5)
    #expect(closed?.state == .declined)
    #expect(closed?.endedAt == noon + 5)
    #expect(try await store.calls.close("11AA22BB", as: .missed, at: noon + 9) == nil)
    #expect(try await store.calls.close("unknown", as: .missed, at: noon) == nil)
    #expect(try await !store.calls.save(ringing))
    #expect(try await store.calls.call("11AA22BB") == closed)
  }

  @Test("What rang when the program stopped was missed")
  func leftovers() async throws {
    try await store.calls.save(ringing)
    let ended = CallRecord(
      service: .max, conversationId: "0", callerId: "1", kind: .audio, at: noon, state: .ended,
      endedAt: noon)
    try await store.calls.save(ended)
    let missed = try await store.calls.closeRinging(at: noon + 100)
    #expect(missed.map(\.conversationId) == ["11AA22BB"])
    #expect(missed.first?.state == .missed)
    #expect(try await store.calls.recent(limit: 10).sorted { $0.id < $1.id } == [ended] + missed)
    #expect(try await store.calls.closeRinging(at: noon + 200).isEmpty)
  }
}
