import Accounts
import Cryptography
import FoundationEssentials
import Storage
import Synchronization
import Trading
import Transport

/// Writes into the journal what was said about orders on the line, word for word and without
/// secrets: swaps as they left, what was answered, and what came unasked.
///
/// The intent of a swap is on disk before its frame leaves; the frame follows as soon as it can.
final class FrameJournal: TradingRecorder {
  private struct Frame: Decodable {
    struct Fields: Decodable {
      var clientOrderId: String?
      var orderId: String?
      var id: String?
    }
    var op: String?
    var ch: String?
    var data: Fields?

    /// The order that the channel is about.
    var order: String? {
      let prefix = "orders:"
      return ch.flatMap { $0.hasPrefix(prefix) ? String($0.dropFirst(prefix.count)) : nil }
    }
  }

  /// Orders whose last answer is remembered, so that the same one again is not written.
  private static let memory = 1000
  /// Of one message, in bytes; of a longer one the beginning and a hash are kept.
  private static let bodyLimit = 4096
  /// Messages that are written at once, and how many a second from then on: what a server says without
  /// end fills no disk, and the changes of orders are in the journal anyway.
  private static let allowance = (burst: 200, perSecond: 5)
  /// Lines that wait to be written.
  private static let backlog = 1000

  private struct State {
    /// The last answer about an order.
    var answers: [String: String] = [:]
    /// Orders that we have asked for, followed or placed, by the server's ids.
    var known: Set<String> = []
    var left = FrameJournal.allowance.burst
    /// The second, in wall-clock time, up to which the allowance was paid out.
    var second: Int64 = 0
    var dropped = 0
  }

  private let next: (any TradingRecorder)?
  private let sink: AsyncStream<JournalEntry>.Continuation
  private let writing: Task<Void, Never>
  private let state = Mutex(State())

  /// - Parameter next: who else wants every frame.
  init(_ environment: AccountEnvironment, passingOnTo next: (any TradingRecorder)?) {
    self.next = next
    let (entries, sink) = AsyncStream.makeStream(
      of: JournalEntry.self, bufferingPolicy: .bufferingOldest(FrameJournal.backlog))
    self.sink = sink
    writing = Task {
      for await entry in entries {
        await environment.busy.during("journal.frame") {
          await environment.storing { [ledger = environment.ledger] _ in
            try await ledger.journal.append([entry])
          }
        }
      }
    }
  }

  func record(_ frame: RecordedFrame) {
    next?.record(frame)
    if let entry = entry(for: frame) { sink.yield(entry) }
  }

  func takeFailure() -> String? { next?.takeFailure() }

  /// Everything that was said is in the journal when this returns; what comes later is not kept.
  func finish() async {
    sink.finish()
    await writing.value
  }

  private func entry(for recorded: RecordedFrame) -> JournalEntry? {
    guard let text = recorded.frame else { return nil }
    func entry(_ kind: JournalEntry.Kind) -> JournalEntry? {
      allow(at: recorded.at).map { dropped in
        let body = FrameJournal.cut(text)
        let note = dropped > 0 ? "[\(dropped) messages before this one were not kept] " : ""
        return JournalEntry(at: recorded.at, kind: kind, body: note + body)
      }
    }
    switch (recorded.purpose, recorded.event) {
    case ("trade", .out):
      guard let frame = FrameJournal.read(text) else { return nil }
      if frame.op == "order_status", let id = frame.data?.id { know(id) }
      guard frame.op == "swap" else { return nil }
      // Our own words are few, and none of them is left out.
      return JournalEntry(
        at: recorded.at, clientOrderId: frame.data?.clientOrderId, kind: .sent,
        body: FrameJournal.cut(text))
    case ("trade", .in):
      guard let frame = FrameJournal.read(text) else { return entry(.reply) }
      guard frame.op == nil || frame.op == "swap" || frame.op == "order_status" else { return nil }
      if let id = frame.data?.orderId { know(id) }
      return isNews(text, about: frame.data?.orderId) ? entry(.reply) : nil
    case ("stream", .out):
      guard let frame = FrameJournal.read(text), let id = frame.order else { return nil }
      know(id)
      return nil
    case ("stream", .in) where text.holdsBytes(of: "orders:"):
      guard let frame = FrameJournal.read(text), frame.op == nil, let id = frame.order else {
        return nil
      }
      // Of orders that nobody here has anything to do with nothing is kept.
      guard isKnown(id), isNews(text, about: id) else { return nil }
      return entry(.push)
    default: return nil
    }
  }

  /// Nothing for what is no object of the known form.
  private static func read(_ text: String) -> Frame? {
    do { return try JSONDecoder().decode(Frame.self, from: Data(text.utf8)) } catch { return nil }
  }

  private static func cut(_ text: String) -> String {
    guard text.utf8.count > bodyLimit else { return text }
    let hash = Hexadecimal.encode(Digest.sha256.hash(text.utf8))
    let beginning = String(decoding: text.utf8.prefix(bodyLimit), as: UTF8.self)
    return "\(beginning)… [\(text.utf8.count) bytes in all, SHA-256 \(hash)]"
  }

  private func know(_ id: String) {
    state.withLock { state in
      if state.known.count >= FrameJournal.memory { state.known = [] }
      state.known.insert(id)
    }
  }

  private func isKnown(_ id: String) -> Bool { state.withLock { $0.known.contains(id) } }

  /// How many messages were dropped before this one; nil if it is dropped too.
  private func allow(at moment: Int64) -> Int? {
    state.withLock { state in
      let second = moment / 1000
      if second > state.second {
        let earned = min(second - state.second, Int64(FrameJournal.allowance.burst))
        state.left = min(
          FrameJournal.allowance.burst,
          state.left + Int(earned) * FrameJournal.allowance.perSecond)
      }
      state.second = second
      guard state.left > 0 else {
        state.dropped += 1
        return nil
      }
      state.left -= 1
      defer { state.dropped = 0 }
      return state.dropped
    }
  }

  private func isNews(_ text: String, about order: String?) -> Bool {
    guard let order else { return true }
    return state.withLock { state in
      guard state.answers[order] != text else { return false }
      if state.answers.count >= FrameJournal.memory { state.answers = [:] }
      // Only what can be written whole is worth comparing.
      state.answers[order] = text.utf8.count <= FrameJournal.bodyLimit ? text : nil
      return true
    }
  }
}
