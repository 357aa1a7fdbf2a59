import Domain
import FoundationEssentials
import JSON
import Transport

/// A recording, read from its lines.
public struct RecordedSession: Sendable {
  /// More than hours of a busy market.
  private static let limit = 1_000_000

  /// In the order of what happened.
  public let frames: [RecordedFrame]
  /// The numbers of lines that are no recorded frames, from 1: cut off by a full disk, say.
  public let unreadable: [Int]

  /// Reads JSON Lines and keeps what is whole; empty lines count but mean nothing.
  public init(jsonLines bytes: [UInt8]) {
    var frames: [RecordedFrame] = []
    var unreadable: [Int] = []
    for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    where !line.allSatisfy({ $0 == 0x20 || $0 == 0x0D }) {
      guard frames.count < RecordedSession.limit else {
        unreadable.append(index + 1)
        break
      }
      do {
        let frame = try JSONText.decode(RecordedFrame.self, from: line)
        // A recording's clock is foreign, and differences of its moments are computed.
        guard (0...253_402_300_799_999).contains(frame.at) else { throw BadMoment() }
        frames.append(frame)
      } catch {
        unreadable.append(index + 1)
      }
    }
    self.frames = frames
    self.unreadable = unreadable
  }

  private struct BadMoment: Error {}

  /// Frames that happened, in order.
  public init(_ frames: [RecordedFrame]) {
    self.frames = frames
    unreadable = []
  }

  /// The dialect that was spoken, as far as a quote or a swap shows it.
  public var dialect: Dialect {
    let isLibrary = frames.contains { frame in
      frame.event == .out && frame.frame?.contains("\"assetIn\":") == true
    }
    return isLibrary ? .sdk : .doc
  }
}

extension RecordedFrame {
  /// One line of JSON, without its end.
  public var jsonLine: String { JSONText.encode(self) }

  /// What the frame is about, if it is one of this API's.
  public var message: RecordedMessage? {
    frame.flatMap { TreeValue(message: $0) }.map(RecordedMessage.init)
  }
}

/// A recorded frame's contents, as far as a replay needs them.
public struct RecordedMessage: Sendable, Equatable {
  /// `op`; nil in pushes and errors.
  public let operation: String?
  /// `ch`.
  public let channel: String?
  /// `id` of an `order_status`, or the order's own id in an answer.
  public let id: String?
  /// The price that was asked for, in an `estimate` or a `swap`.
  public let quote: QuoteRequest?
  /// What was to be done, in a `swap`.
  public let swap: SwapRequest?

  init(_ message: TreeValue) {
    operation = message.text("op")
    channel = message.text("ch")
    let data = message["data"]
    id = data?.text("id") ?? data?.text("orderId")
    let filter = data?["filter"]?.elements?.compactMap(\.textOrNumeral) ?? []
    guard let data, let from = data.text("from") ?? data.text("assetIn"),
      let to = data.text("to") ?? data.text("assetOut"),
      let amount = data.amount("amount") ?? data.amount("amountIn")
    else {
      quote = nil
      swap = nil
      return
    }
    quote = try? QuoteRequest(
      from: from, to: to, amount: amount, network: data.text("network"), filter: filter)
    swap = data.text("clientOrderId").flatMap { ClientOrderID($0) }.flatMap { id in
      try? SwapRequest(
        from: from, to: to, amount: amount,
        slippageBps: data.integer("slippage_bps").map(Int.init) ?? 0, clientOrderId: id,
        filter: filter)
    }
  }

  /// Whether it asks for the same thing as `other`.
  public func asksTheSame(as other: RecordedMessage) -> Bool {
    operation == other.operation && channel == other.channel && id == other.id
      && quote == other.quote && swap == other.swap
  }
}
