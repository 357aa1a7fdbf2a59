import Domain
import Phrases
import ScreenState

/// Commands that are typed with their arguments: `mute Павел`, `swap 0.1 ETH USDT`.
@MainActor
struct PaletteVerbs {
  private let console: ConsoleModel

  init(_ console: ConsoleModel) { self.console = console }

  /// What the words may mean, the likeliest first. A verb alone means nothing yet.
  func choices(_ text: String) -> [PaletteChoice] {
    let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
    guard words.count > 1 else { return [] }
    let rest = words.dropFirst().joined(separator: " ")
    let arguments = Array(words.dropFirst())
    return Verb.allCases.filter { $0.isNamed(words[0]) }.flatMap {
      choices($0, arguments, rest: rest)
    }
  }

  private func choices(_ verb: Verb, _ arguments: [String], rest: String) -> [PaletteChoice] {
    switch verb {
    case .mute: chats(rest).map { PaletteChoice.mute($0, true) }
    case .unmute: chats(rest).map { PaletteChoice.mute($0, false) }
    case .open: chats(rest).map { PaletteChoice.chat($0) }
    case .swap: swaps(arguments)
    case .alert: alerts(arguments)
    case .search: [.search(rest)]
    }
  }

  private enum Verb: String, CaseIterable {
    case mute, unmute, open, swap, alert, search

    private var word: Phrase {
      switch self {
      case .mute: .verbMute
      case .unmute: .verbUnmute
      case .open: .verbOpen
      case .swap: .verbSwap
      case .alert: .verbAlert
      case .search: .verbSearch
      }
    }

    /// In the language of the console, or as on the command line.
    func isNamed(_ typed: String) -> Bool {
      [rawValue, word.text].contains { $0.lowercased() == typed.lowercased() }
    }
  }

  private func chats(_ text: String) -> [ChatID] {
    console.messengers.found.fitting(WantedWords(text)).prefix(20).map(\.chat)
  }

  /// `0.1 ETH USDT`, `25% ETH to USDT`, `ETH USDT`.
  private func swaps(_ words: [String]) -> [PaletteChoice] {
    var words = words.filter { !["to", "in", "→", "->", "в", "на", "у"].contains($0.lowercased()) }
    var amount = ""
    if let first = words.first, let sign = first.first, sign.isNumber || sign == "." {
      amount = first.replacing(",", with: ".")
      words.removeFirst()
    }
    let assets = words.map { $0.uppercased() }
    guard let from = assets.first, assets.count <= 2 else { return [] }
    if assets.count == 2 { return [.swap(amount: amount, from: from, to: assets[1])] }
    let known = [AssetName.usualQuote] + console.exchange.market.balances.map(\.asset)
    var others: [String] = []
    for asset in known where asset != from && !others.contains(asset) { others.append(asset) }
    return others.prefix(10).map { .swap(amount: amount, from: from, to: $0) }
  }

  /// `ETH above 2200`, `ETH < 2000 USDC`.
  private func alerts(_ words: [String]) -> [PaletteChoice] {
    guard (3...4).contains(words.count), let isAbove = PaletteVerbs.isAbove(words[1]) else {
      return []
    }
    let to = words.count > 3 ? words[3].uppercased() : AssetName.usualQuote
    let price = words[2].replacing(",", with: ".")
    return [.alert(from: words[0].uppercased(), to: to, isAbove: isAbove, price: price)]
  }

  private static func isAbove(_ word: String) -> Bool? {
    switch word.lowercased() {
    case "above", ">", Phrase.verbAbove.text: true
    case "below", "<", Phrase.verbBelow.text: false
    default: nil
    }
  }
}
