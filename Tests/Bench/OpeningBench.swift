import Accounts
import Clocks
import Cryptography
import Interface
import MaxService
import Storage
import TextSecureService
import TradingService
import Transport
import ViewModels

/// How long it takes from the key that opens a chat to the picture that shows it.
@MainActor struct OpeningBench {
  private let model: ConsoleModel
  private let changes: AsyncStream<Void>
  private let running: Task<Void, Never>

  init(_ store: Store) async {
    let environment = AccountEnvironment(
      store: store, network: Network(), time: SystemTime(), random: SystemRandom())
    let model = ConsoleModel(
      hub: AccountHub(
        environment: environment, settings: HubSettings(), services: [.max, .trading, .textsecure]),
      zone: .utc)
    self.model = model
    let (changes, news) = AsyncStream.makeStream(
      of: Void.self, bufferingPolicy: .bufferingNewest(1))
    self.changes = changes
    model.context.onChange = { news.yield() }
    running = Task { await model.run() }
    await model.waitForContent()
    // Nobody is signed in: the wizard makes way.
    model.press(.escape)
  }

  /// The milliseconds that each of some openings of the chat in this row of the list took.
  func times(row: Int, count: Int) async -> [Double] {
    var times: [Double] = []
    for _ in 0..<count {
      model.press(.character("1"))
      model.press(.home)
      for _ in 0..<row { model.press(.down) }
      // Pictures of before are no news.
      await Task.yield()
      let begun = SystemTime().uptime
      model.press(.enter)
      for await _ in changes {
        let screen = model.screen
        guard let chat = screen.conversation, !chat.lines.isEmpty else { continue }
        _ = ScreenLayout(screen).canvas(Size(columns: 120, rows: 40))
        break
      }
      times.append((SystemTime().uptime - begun) / .milliseconds(1))
    }
    return times
  }

  func close() { running.cancel() }
}
