/// Writes MessagePack in its shortest forms, keys sorted, so that equal runs give equal bytes.
struct MessagePackWriter {
  /// Puts numbers beyond 32 bits into extension 1, as some of the real server's frames do.
  let wrapsIntegers: Bool
  private(set) var bytes: [UInt8] = []

  init(wrapsIntegers: Bool = false) { self.wrapsIntegers = wrapsIntegers }

  mutating func write(_ value: WireValue) {
    switch value {
    case .null: bytes.append(0xc0)
    case .bool(let flag): bytes.append(flag ? 0xc3 : 0xc2)
    case .integer(let number):
      if wrapsIntegers, !(Int64(Int32.min)...Int64(UInt32.max)).contains(number) {
        // Extension 1 of nine bytes: the number's own head and eight more.
        bytes += [0xc7, 9, 1]
      }
      write(number)
    case .real(let number):
      bytes.append(0xcb)
      append(number.bitPattern, width: 8)
    case .text(let text): head(text.utf8.count, [(0xa0, 31)], [0xd9, 0xda, 0xdb], text.utf8)
    case .bytes(let data): head(data.count, [], [0xc4, 0xc5, 0xc6], data)
    case .array(let items):
      head(items.count, [(0x90, 15)], [nil, 0xdc, 0xdd], [])
      for item in items { write(item) }
    case .map(let members):
      head(members.count, [(0x80, 15)], [nil, 0xde, 0xdf], [])
      for (key, value) in members.sorted(by: { $0.key < $1.key }) {
        write(.text(key))
        write(value)
      }
    }
  }

  private mutating func write(_ number: Int64) {
    switch number {
    case 0...0x7f: bytes.append(UInt8(number))
    case -32...(-1): bytes.append(UInt8(truncatingIfNeeded: number))
    case 0...0xff: sized(0xcc, number, 1)
    case 0...0xffff: sized(0xcd, number, 2)
    case 0...0xffff_ffff: sized(0xce, number, 4)
    case 0...: sized(0xcf, number, 8)
    case -0x80..<0: sized(0xd0, number, 1)
    case -0x8000..<0: sized(0xd1, number, 2)
    case -0x8000_0000..<0: sized(0xd2, number, 4)
    default: sized(0xd3, number, 8)
    }
  }

  private mutating func sized(_ head: UInt8, _ number: Int64, _ width: Int) {
    bytes.append(head)
    append(UInt64(bitPattern: number), width: width)
  }

  /// The head of something with a length: in one byte if it fits, else with one, two or four.
  private mutating func head(
    _ count: Int, _ short: [(base: UInt8, limit: Int)], _ long: [UInt8?],
    _ content: some Sequence<UInt8>
  ) {
    if let (base, limit) = short.first, count <= limit {
      bytes.append(base | UInt8(count))
    } else if count <= 0xff, let head = long[0] {
      sized(head, Int64(count), 1)
    } else if count <= 0xffff, let head = long[1] {
      sized(head, Int64(count), 2)
    } else if let head = long[2] {
      sized(head, Int64(count), 4)
    }
    bytes += content
  }

  private mutating func append(_ number: UInt64, width: Int) {
    for shift in stride(from: (width - 1) * 8, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: number >> UInt64(shift)))
    }
  }
}
