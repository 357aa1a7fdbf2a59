/// A long past that nobody has asked about yet: its messages follow from their number alone, so a
/// sandbox with thousands of them starts as fast as one without.
struct GeneratedHistory: Sendable {
  let count: Int
  /// Wall-clock milliseconds of the first message.
  let start: Int64
  /// Milliseconds between two messages.
  let step: Int64
  let senders: [Int64]
  let seed: UInt64

  /// A line amid them that stands nowhere else, to be searched for.
  static let rarity = "В середине лежит каракатица, её и надо найти"

  /// Message `index`, from 0.
  func message(_ index: Int) -> Message {
    let dice = GeneratedHistory.mix(seed &+ UInt64(index))
    let time = start + Int64(index) * step + Int64(dice % UInt64(step))
    let sender = senders[Int(dice >> 32) % senders.count]
    var text = Population.remarks[Int(dice >> 16 & 0xffff) % Population.remarks.count]
    if index == count / 2 {
      text = GeneratedHistory.rarity
    } else if index % 10 == 0 {
      text = "Запись № \(index + 1). " + text
    }
    return Message(id: time << 16 | Int64(index & 0xffff), time: time, sender: sender, text: text)
  }

  /// SplitMix64: a number as good as random from each number.
  private static func mix(_ number: UInt64) -> UInt64 {
    var z = number &* 0x9e37_79b9_7f4a_7c15
    z = (z ^ z >> 30) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ z >> 27) &* 0x94d0_49bb_1331_11eb
    return z ^ z >> 31
  }
}
