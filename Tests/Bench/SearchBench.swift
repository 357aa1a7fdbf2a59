import Cryptography
import Database
import Domain
import FoundationEssentials
import MaxService
import Storage

/// A store of very many messages, and how long finding some of them takes.
struct SearchBench {
  /// Of everything, in the one long chat but for those of the short one.
  static let count = 1_000_000
  static let shortCount = 5_000
  static let shortChat = ChatID(.max, "-1")
  static let longChat = ChatID(.max, "-2")
  /// Stands in one message.
  static let rarity = "каракатица"

  let directory: String
  let store: Store
  /// The most frequent words first.
  private let words: [String]

  /// Makes the store; the same one every time.
  init(directory: String) async throws {
    self.directory = directory
    let profile = Profile(directory: directory)
    try profile.prepare()
    store = try BenchStore.open(profile)
    words = SearchBench.vocabulary(SeededRandom(seed: 1))
    let now: Int64 = 1_795_265_047_000
    let step: Int64 = 60_000
    let start = now - step * Int64(SearchBench.count)
    try await store.chats.save(
      [SearchBench.shortChat, SearchBench.longChat].enumerated().map { index, chat in
        ChatRecord(
          chat: chat, service: .max, kind: .group, title: chat.text, unread: 12,
          lastMessageAt: now - Int64(index), readMark: now - 12 * step)
      })
    let chance = SeededRandom(seed: 2)
    let batch = 20_000
    for first in stride(from: 0, to: SearchBench.count, by: batch) {
      try await store.messages.save(
        (first..<first + batch).map { number in
          let isShort = number % (SearchBench.count / SearchBench.shortCount) == 0
          return MessageRecord(
            chat: isShort ? SearchBench.shortChat : SearchBench.longChat,
            id: String(117_637_123_948_544_000 + number), senderId: "5", senderName: "Ада",
            at: start + Int64(number) * step + step,
            text: number == SearchBench.count / 2
              ? "лежит \(SearchBench.rarity)" : text(chance))
        })
    }
  }

  /// What is searched for, by what it is called in the table.
  var queries: [(name: String, words: String, chat: ChatID?)] {
    [
      ("a word of one message", SearchBench.rarity, nil),
      ("a common word", words[3] + " ", nil),
      ("a beginning of one letter", String(words[0].prefix(1)), nil),
      ("a beginning of four letters", String((words.first { $0.count > 6 } ?? "").prefix(4)), nil),
      ("a common and a rare word", "\(words[1]) \(words[words.count / 2])", nil),
      ("a phrase of common words", "\"\(words[0]) \(words[1])\"", nil),
      ("a common word in the short chat", words[2] + " ", SearchBench.shortChat),
    ]
  }

  /// The milliseconds that each of some searches took.
  func times(of words: String, in chat: ChatID?, count: Int) async throws -> [Double] {
    var times: [Double] = []
    for _ in 0..<count {
      times.append(
        try await milliseconds {
          _ = try await store.messages.search(SearchQuery(words), in: chat, limit: 50)
        })
    }
    return times
  }

  private func text(_ chance: SeededRandom) -> String {
    (0..<8).map { _ in
      // Few words make up most of what people say.
      let rank = exponential(chance.fraction() * logarithm(Double(words.count)))
      return words[min(Int(rank), words.count - 1)]
    }.joined(separator: " ")
  }

  /// Words of syllables, each once.
  private static func vocabulary(_ chance: SeededRandom) -> [String] {
    let syllables = [
      "ка", "ра", "ти", "ца", "по", "ма", "ну", "да", "же", "то", "но", "ло", "шо", "вы", "ре",
      "ст", "ин", "ов", "ый", "ши", "щу", "эт", "юл", "бе", "гу", "за", "фи", "хо", "че", "ёл",
    ]
    var words: [String] = []
    var known: Set<String> = [rarity]
    while words.count < 50_000 {
      let word = (0...Int(chance.fraction() * 5)).map { _ in
        syllables[Int(chance.fraction() * Double(syllables.count))]
      }.joined()
      if known.insert(word).inserted { words.append(word) }
    }
    return words
  }
}
