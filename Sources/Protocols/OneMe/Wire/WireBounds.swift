import JSON

/// The bounds of numbers of a server's that something is reckoned with here.
///
/// A number from outside is brought to its bounds where it is decoded, so that no sum or difference
/// of such numbers can overflow, now or when they are read from the store in another year. Ids and
/// cursors stay as they are: they are compared and sent back, never reckoned with.
enum WireBounds {
  /// Wall-clock milliseconds, up to the end of the year 9999: the last that can be written as a date.
  static let moment: ClosedRange<Int64> = 0...253_402_300_799_999
  /// Milliseconds of something that lasts: ten years and a little.
  static let span: ClosedRange<Int64> = 0...(1 << 38)
  /// How many there are of something; sums of thousands of them fit in 64 bits many times.
  static let count: ClosedRange<Int64> = 0...1_000_000_000
  /// Bytes of a file: a pebibyte.
  static let size: ClosedRange<Int64> = 0...(1 << 50)

  /// Bytes of a text that is kept. MAX takes messages of 4,000 characters, which are 16,000 bytes at
  /// most; addresses with their signatures are shorter.
  static let textBytes = 16 << 10
  /// Bytes that are kept of a text that is longer: nobody's message, so its beginning will do. A server
  /// that sends nothing else then fills the disk no faster than people could.
  static let overlongTextBytes = 4 << 10
  /// Bytes of a text that names something: a person, a chat, a file, a conversation.
  static let nameBytes = 1 << 10
  /// Bytes of an address or a token, which are of no use when cut.
  static let addressBytes = 4 << 10
  /// Files, looks, reactions, buttons of one message: people send a dozen of each.
  static let parts = 256
  /// Attachments of one message, each of which has a name and a token; the apps send ten.
  static let attachments = 32
}

extension TreeObject {
  /// Wall-clock milliseconds.
  func moment(_ key: TreeKey) -> Int64? { number(key)?.brought(to: WireBounds.moment) }

  /// Milliseconds that something lasts.
  func span(_ key: TreeKey) -> Int64? { number(key)?.brought(to: WireBounds.span) }

  /// How many there are of something, or the place of something among others.
  func count(_ key: TreeKey) -> Int64? { number(key)?.brought(to: WireBounds.count) }

  /// Bytes.
  func size(_ key: TreeKey) -> Int64? { number(key)?.brought(to: WireBounds.size) }

  /// A moment without which the object makes no sense.
  func requiredMoment(_ key: TreeKey) throws -> Int64 {
    try requiredNumber(key).brought(to: WireBounds.moment)
  }
}

/// A moment as a value of a map.
struct WireMoment: WireDecodable {
  let value: Int64

  init(from value: TreeValue) throws {
    self.value = try WireNumber(from: value).value.brought(to: WireBounds.moment)
  }
}

extension String {
  /// The text as far as its first `limit` bytes hold whole characters of Unicode.
  func cut(toBytes limit: Int) -> String {
    guard utf8.count > limit else { return self }
    var end = utf8.index(utf8.startIndex, offsetBy: limit)
    while end.samePosition(in: unicodeScalars) == nil { end = utf8.index(before: end) }
    return String(self[..<end])
  }
}

extension Int64 {
  /// The nearest number within `bounds`.
  func brought(to bounds: ClosedRange<Int64>) -> Int64 {
    Swift.min(Swift.max(self, bounds.lowerBound), bounds.upperBound)
  }
}
