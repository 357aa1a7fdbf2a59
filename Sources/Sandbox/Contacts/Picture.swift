import CZlib

/// A small picture as a PNG file: the sun going down over the sea.
enum Picture {
  private static let width = 160
  private static let height = 100
  private static let horizon = 64
  private static let sun = (x: 108, y: 46, radius: 15)

  /// Eight bits a channel, red, green, blue; the same bytes every time.
  static let png: [UInt8] = {
    var rows: [UInt8] = []
    for y in 0..<height {
      rows.append(0)  // No filter.
      for x in 0..<width { rows += colour(x, y) }
    }
    let head = big(UInt32(width)) + big(UInt32(height)) + [8, 2, 0, 0, 0]
    return [0x89] + Array("PNG\r\n".utf8) + [0x1a, 0x0a] + chunk("IHDR", head)
      + chunk("IDAT", packed(rows)) + chunk("IEND", [])
  }()

  private static func colour(_ x: Int, _ y: Int) -> [UInt8] {
    let (dx, dy) = (x - sun.x, y - sun.y)
    if y < horizon, dx * dx + dy * dy <= sun.radius * sun.radius { return [255, 214, 92] }
    if y < horizon {
      let depth = y * 255 / horizon
      return [UInt8(40 + depth * 190 / 255), UInt8(60 + depth / 3), UInt8(140 - depth / 4)]
    }
    // The sun's glitter on the waves.
    if abs(dx) < (y - horizon) / 2 + 4, (x + y * 3) % 7 < 3 { return [236, 170, 88] }
    let depth = (y - horizon) * 255 / (height - horizon)
    return [24, UInt8(70 - depth / 6), UInt8(110 - depth / 5)]
  }

  private static func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
    let content = Array(name.utf8) + data
    let sum = crc32(0, content, UInt32(content.count))
    return big(UInt32(data.count)) + content + big(UInt32(sum))
  }

  /// Not compressed: the picture is small, and every zlib then writes the same bytes.
  private static func packed(_ rows: [UInt8]) -> [UInt8] {
    var count = compressBound(UInt(rows.count))
    var bytes = [UInt8](repeating: 0, count: Int(count))
    let code = compress2(&bytes, &count, rows, UInt(rows.count), Z_NO_COMPRESSION)
    precondition(code == Z_OK, "zlib has no memory for 48 KB")
    return Array(bytes[..<Int(count)])
  }

  private static func big(_ value: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }
}
