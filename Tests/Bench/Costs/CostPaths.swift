import Clocks
import Cryptography
import Domain
import MaxService
import OneMe
import ScreenState
import Storage
import TestSupport
import Trading
import Transport

struct KeyCost: CostPath {
  private let keys: KeyBench

  init() async throws { keys = try await KeyBench() }

  func go(_ count: Int) async throws { keys.walk(count) }

  func close() async { keys.close() }
}

/// Pages, since a page comes in one frame: how many pushes are read at once is chance.
struct DecodeCost: CostPath {
  private static let messages = 50

  private let server: LoudMax
  private let client: OneMeClient

  init() async throws {
    let network = Network()
    let login = LoudMax.snapshot(chats: 1)
    let page = Feed.page(DecodeCost.messages)
    server = try LoudMax(network: network) { opcode in
      switch opcode {
      case 19: login
      case 49: page
      default: nil
      }
    }
    var configuration = OneMeConfiguration(deviceId: "550e8400-e29b-41d4-a716-446655440000")
    configuration.url = server.url
    client = try await OneMeClient.connect(configuration, network: network, time: SystemTime())
    _ = try await client.logIn(token: Secret("fake-token"), marker: 0)
  }

  func go(_ count: Int) async throws {
    for _ in 0..<count {
      let page = try await client.history(
        chat: Feed.chat(0), before: Feed.start + 1000, count: DecodeCost.messages)
      guard page.count == DecodeCost.messages else { throw Unread() }
    }
  }

  /// Messages were lost.
  struct Unread: Error {}

  func close() async {
    await client.close()
    await server.stop()
  }
}

/// A store with some messages in a directory of its own: under valgrind all takes fifty times as long.
final class CostStore {
  private static let messages = 2000

  let store: Store
  private let place: ScratchDirectory

  init() async throws {
    place = try ScratchDirectory()
    var plan = ProfilePlan(directory: place.file("profile"))
    plan.messages = CostStore.messages
    (plan.chats, plan.orders, plan.calls) = (100, 0, 0)
    try await ProfileWriter(plan).run()
    store = try Store(Profile(directory: plan.directory))
  }
}

final class MessageCost: CostPath {
  private let kept: CostStore
  private var messages: [MessageRecord]

  init() async throws {
    kept = try await CostStore()
    let words = Words.shared
    var chance = Chance(seed: 9)
    messages = (0..<(CostName.parts + 1) * CostName.message.count).map { number in
      MessageRecord(
        chat: Feed.chatKey(number), id: "\(Feed.id(number))",
        senderId: "\(Feed.partner(number))", senderName: "Павел",
        at: Feed.start + Int64(number), text: words.text(60, &chance))
    }
  }

  func go(_ count: Int) async throws {
    for message in messages.prefix(count) {
      let chat = ChatRecord(
        chat: message.chat, service: .max, kind: .dialog, title: "Павел")
      try await kept.store.receive(message, in: chat)
    }
    messages.removeFirst(count)
  }

  func close() async {}
}

final class EnvelopeCost: CostPath {
  private let benches: [EnvelopeBench]
  private var next = 0

  init() async throws {
    // Envelopes are opened once: a set to warm up, a set for each part.
    var benches: [EnvelopeBench] = []
    for _ in 0...CostName.parts {
      benches.append(try await EnvelopeBench(count: CostName.envelope.count, size: 100))
    }
    self.benches = benches
  }

  func go(_ count: Int) async throws {
    try await benches[next % benches.count].run()
    next += 1
  }

  func close() async {
    for bench in benches {
      do { try await bench.clean() } catch { print("left behind: \(error)") }
    }
  }
}

struct SwapCost: CostPath {
  private let trading: TradingBench

  init() async throws { trading = try TradingBench() }

  func go(_ count: Int) async throws { try trading.sign(count) }

  func close() async {}
}

struct BalancesCost: CostPath {
  private let trading: TradingBench

  init() async throws { trading = try TradingBench() }

  func go(_ count: Int) async throws { try trading.take(count) }

  func close() async {}
}

struct SearchCost: CostPath {
  private let kept: CostStore
  private let queries: [SearchQuery]

  init() async throws {
    kept = try await CostStore()
    let words = Words.shared
    var chance = Chance(seed: 8)
    queries = (0..<CostName.search.count).map { _ in SearchQuery(words.text(1, &chance)) }
  }

  func go(_ count: Int) async throws {
    for query in queries.prefix(count) {
      _ = try await kept.store.messages.search(query, limit: 50)
    }
  }

  func close() async {}
}
