import Accounts
import Clocks
import Cryptography
import Domain
import Interface
import MaxService
import ScreenState
import Storage
import TextSecureService
import TradingService
import Transport
import ViewModels

/// How long it takes from a key to its picture, where no store is asked for anything.
@MainActor struct KeyBench {
  private static let chats = 5000
  private static let size = Size(columns: 120, rows: 40)

  private let model: ConsoleModel
  private let running: Task<Void, Never>

  /// A console with many chats, one of them open, and with nobody signed in.
  init() async throws {
    let store = try Store.inMemory()
    let time = PatientTime()
    let now = time.wallTime
    try await store.chats.save(
      (0..<Self.chats).map { number in
        ChatRecord(
          chat: ChatID(.max, "\(number)"), service: .max, kind: .dialog, title: "Chat \(number)",
          unread: number % 7, lastMessageAt: now - Int64(number) * 1000, lastMessage: "some words")
      })
    try await store.messages.save(
      (0..<200).map { number in
        MessageRecord(
          chat: ChatID(.max, "0"), id: "\(number)", senderId: "1", senderName: "Павел",
          at: now - Int64(200 - number) * 1000, text: "words of a message, number \(number)")
      })
    let environment = AccountEnvironment(
      store: store, network: Network(), time: time, random: SystemRandom())
    let hub = AccountHub(
      environment: environment, settings: HubSettings(), services: [.max, .trading, .textsecure])
    let model = ConsoleModel(hub: hub, zone: .utc)
    self.model = model
    let (changes, news) = AsyncStream.makeStream(
      of: Void.self, bufferingPolicy: .bufferingNewest(1))
    model.context.onChange = { news.yield() }
    running = Task { await model.run() }
    // Lists are read in two parts, and the second is not to come between keys.
    while !model.isComplete { await Task.yield() }
    // Nobody is signed in: the wizard makes way.
    model.press(.escape)
    model.press(.home)
    model.press(.enter)
    for await _ in changes where model.screen.conversation?.lines.isEmpty == false { break }
  }

  /// What was pressed, and the milliseconds that each of `count` keys took to its picture.
  func times(count: Int) -> [(name: String, times: [Double])] {
    let inChat = times(count, [.pageUp, .pageDown])
    model.press(.escape)
    model.press(.character("1"))
    let inList = times(count, [.down, .up])
    model.press(.control("p"))
    let inPalette = times(count, [.character("m"), .backspace])
    return [
      ("a key in a chat, to its picture", inChat), ("a key in the list", inList),
      ("a letter in the palette", inPalette),
    ]
  }

  /// Goes down and up in the list of chats.
  func walk(_ count: Int) {
    model.press(.escape)
    model.press(.character("1"))
    _ = times(count, [.down, .up])
  }

  private func times(_ count: Int, _ keys: [Key]) -> [Double] {
    var last: Frame?
    return (0..<count).map { number in
      let begun = SystemTime().uptime
      model.press(keys[number % keys.count])
      // As the program draws: rows that can be seen, over the picture before.
      last = ScreenLayout(model.screen(rows: Self.size.rows)).frame(Self.size, after: last)
      return (SystemTime().uptime - begun) / .milliseconds(1)
    }
  }

  func close() { running.cancel() }
}

/// A clock on which waiting takes a hundred times as long: under valgrind everything else does, too, and
/// nothing here may be given up for that.
private struct PatientTime: TimeSource {
  private let base = SystemTime()

  var wallTime: Int64 { base.wallTime }
  var uptime: Duration { base.uptime }
  func sleep(for duration: Duration) async throws { try await base.sleep(for: duration * 100) }
}
