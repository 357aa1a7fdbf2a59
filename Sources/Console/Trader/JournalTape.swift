import FoundationEssentials
import Storage
import Synchronization
import Trading

/// Writes into the journal what was said about orders on the line, word for word and without
/// secrets: swaps as they left, what was answered, and what came unasked.
///
/// The intent of a swap is on disk before its frame leaves; the frame follows as soon as it can.
final class JournalTape: TradingRecorder {
  private struct Frame: Decodable {
    struct Fields: Decodable {
      var clientOrderId: String?
      var orderId: String?
    }
    var op: String?
    var ch: String?
    var data: Fields?
  }

  /// Orders whose last answer is remembered, so that the same one again is not written.
  private static let memory = 1000

  private let next: (any TradingRecorder)?
  private let sink: AsyncStream<JournalEntry>.Continuation
  private let writing: Task<Void, Never>
  private let answers = Mutex<[String: String]>([:])

  /// - Parameter next: who else wants every frame.
  init(_ desk: DeskContext, passingOnTo next: (any TradingRecorder)?) {
    self.next = next
    let (entries, sink) = AsyncStream.makeStream(of: JournalEntry.self)
    self.sink = sink
    writing = Task {
      for await entry in entries {
        await desk.busy.during("journal.frame") {
          await desk.storing { [ledger = desk.ledger] _ in try await ledger.journal.append([entry])
          }
        }
      }
    }
  }

  func record(_ frame: RecordedFrame) {
    next?.record(frame)
    if let entry = entry(for: frame) { sink.yield(entry) }
  }

  /// Everything that was said is in the journal when this returns; what comes later is not kept.
  func finish() async {
    sink.finish()
    await writing.value
  }

  private func entry(for recorded: RecordedFrame) -> JournalEntry? {
    guard let text = recorded.frame else { return nil }
    func entry(_ kind: JournalEntry.Kind, of id: String? = nil) -> JournalEntry {
      JournalEntry(at: recorded.at, clientOrderId: id, kind: kind, body: text)
    }
    switch (recorded.lane, recorded.event) {
    case ("trade", .out):
      guard let frame = JournalTape.read(text), frame.op == "swap" else { return nil }
      return entry(.sent, of: frame.data?.clientOrderId)
    case ("trade", .in):
      guard let frame = JournalTape.read(text) else { return entry(.reply) }
      guard frame.op == nil || frame.op == "swap" || frame.op == "order_status" else { return nil }
      return isNews(text, about: frame.data?.orderId) ? entry(.reply) : nil
    case ("stream", .in) where text.contains("orders:"):
      guard let frame = JournalTape.read(text), frame.op == nil else { return nil }
      return entry(.push)
    default: return nil
    }
  }

  /// Nothing for what is no object of the known form.
  private static func read(_ text: String) -> Frame? {
    do { return try JSONDecoder().decode(Frame.self, from: Data(text.utf8)) } catch { return nil }
  }

  private func isNews(_ text: String, about order: String?) -> Bool {
    guard let order else { return true }
    return answers.withLock { answers in
      guard answers[order] != text else { return false }
      if answers.count >= JournalTape.memory { answers = [:] }
      answers[order] = text
      return true
    }
  }
}
