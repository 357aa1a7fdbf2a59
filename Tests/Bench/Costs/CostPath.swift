import Glibc

/// A way through the program that is gone often: what it costs is counted in instructions and
/// allocations, which are the same on a busy machine.
@MainActor protocol CostPath {
  /// Makes everything that the way needs.
  init() async throws
  /// Goes it so many times.
  func go(_ count: Int) async throws
  func close() async
}

/// The ways, by the names of their thresholds.
enum CostName: String, CaseIterable {
  case key, decode, message, envelope, swap, balances, search

  var summary: String {
    switch self {
    case .key: "a key in a list of 5,000 chats, to its picture"
    case .decode: "a page of fifty messages of MAX, decoded"
    case .message: "a message of MAX, to the store"
    case .envelope: "an envelope of TextSecure, decrypted and to the store"
    case .swap: "a swap, signed and framed"
    case .balances: "a push of balances, to the state"
    case .search: "a search among two thousand messages"
    }
  }

  var path: any CostPath.Type {
    switch self {
    case .key: KeyCost.self
    case .decode: DecodeCost.self
    case .message: MessageCost.self
    case .envelope: EnvelopeCost.self
    case .swap: SwapCost.self
    case .balances: BalancesCost.self
    case .search: SearchCost.self
    }
  }

  /// How often it is gone while it is counted once.
  var count: Int {
    switch self {
    case .key: 2
    case .decode: 4
    case .swap, .balances: 40
    case .message, .envelope, .search: 8
    }
  }

  /// How often it is counted. The least counts: threads that wait for each other do a little more or less.
  static let parts = 5
}

/// Where valgrind begins and ends to count: it writes down what has been counted at each call. It must
/// do something, or it would not be called.
@inline(never) func costMark() { _ = getppid() }
