import CSQLite

/// A temporary file, which is nobody's after this process: blocks sealed with a key that only it has.
///
/// Its length is known here alone, so that a cut is noticed like any other change.
final class SealedScratch: SealedFile {
  /// Bytes of a block in the open, and sealed.
  private static let block = 4096
  private static let size = block + PageCipher.reserve

  private let plain = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
  private let sealed = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
  private var length: Int64 = 0
  /// Tells the files of one key apart.
  private let serial: Int64

  init(
    _ lower: LowerFile, _ cipher: PageCipher, serial: Int64, damage tell: @escaping (Damage) -> Void
  ) {
    self.serial = serial
    super.init(lower, cipher, damage: tell)
  }

  deinit {
    plain.deallocate()
    sealed.deallocate()
  }

  override func read(_ buffer: UnsafeMutableRawPointer, _ count: Int, at offset: Int64) -> Int32 {
    let there = Int(max(0, min(Int64(count), length - offset)))
    var done = 0
    while done < there {
      let (number, inside) = place(of: offset + Int64(done))
      let code = load(number)
      guard code == SQLITE_OK else { return code }
      let part = min(there - done, SealedScratch.block - inside)
      (buffer + done).copyMemory(from: plain + inside, byteCount: part)
      done += part
    }
    guard there < count else { return SQLITE_OK }
    (buffer + there).initializeMemory(as: UInt8.self, repeating: 0, count: count - there)
    return SQLiteShortRead
  }

  override func write(_ bytes: UnsafeRawPointer, _ count: Int, at offset: Int64) -> Int32 {
    if offset > length {
      let code = extend(to: offset)
      guard code == SQLITE_OK else { return code }
    }
    return put(bytes, count, at: offset)
  }

  /// - Parameter bytes: nil for zeros.
  private func put(_ bytes: UnsafeRawPointer?, _ count: Int, at offset: Int64) -> Int32 {
    var done = 0
    while done < count {
      let at = offset + Int64(done)
      let (number, inside) = place(of: at)
      let part = min(count - done, SealedScratch.block - inside)
      if Int64(number) * Int64(SealedScratch.block) < length, part < SealedScratch.block {
        let code = load(number)
        guard code == SQLITE_OK else { return code }
      } else {
        plain.initializeMemory(as: UInt8.self, repeating: 0, count: SealedScratch.size)
      }
      if let bytes {
        (plain + inside).copyMemory(from: bytes + done, byteCount: part)
      } else {
        (plain + inside).initializeMemory(as: UInt8.self, repeating: 0, count: part)
      }
      cipher.seal(plain, size: SealedScratch.size, .scratch, number: name(number), into: sealed)
      let code = lower.write(
        sealed, SealedScratch.size, at: number * Int64(SealedScratch.size))
      guard code == SQLITE_OK else { return code }
      done += part
      length = max(length, at + Int64(part))
    }
    return SQLITE_OK
  }

  private func extend(to offset: Int64) -> Int32 {
    while length < offset {
      let part = min(Int(offset - length), SealedScratch.block)
      let code = put(nil, part, at: length)
      guard code == SQLITE_OK else { return code }
    }
    return SQLITE_OK
  }

  override func truncate(to size: Int64) -> Int32 {
    guard size < length else { return extend(to: size) }
    length = size
    let blocks = (size + Int64(SealedScratch.block) - 1) / Int64(SealedScratch.block)
    let code = super.truncate(to: blocks * Int64(SealedScratch.size))
    let (number, inside) = place(of: size)
    guard code == SQLITE_OK, inside > 0 else { return code }
    // What was cut off must not come back when the file grows again.
    let loaded = load(number)
    guard loaded == SQLITE_OK else { return loaded }
    (plain + inside).initializeMemory(
      as: UInt8.self, repeating: 0, count: SealedScratch.block - inside)
    cipher.seal(plain, size: SealedScratch.size, .scratch, number: name(number), into: sealed)
    return lower.write(sealed, SealedScratch.size, at: number * Int64(SealedScratch.size))
  }

  override func size(_ size: inout Int64) -> Int32 {
    size = length
    return SQLITE_OK
  }

  private func place(of offset: Int64) -> (number: Int64, inside: Int) {
    let (number, inside) = offset.quotientAndRemainder(dividingBy: Int64(SealedScratch.block))
    return (number, Int(inside))
  }

  /// A file has less than 2⁴⁰ blocks.
  private func name(_ number: Int64) -> Int64 { serial << 40 | number }

  private func load(_ number: Int64) -> Int32 {
    let code = lower.read(plain, SealedScratch.size, at: number * Int64(SealedScratch.size))
    guard code == SQLITE_OK || code == SQLiteShortRead else { return code }
    guard cipher.open(plain, size: SealedScratch.size, .scratch, number: name(number)) else {
      return refuse(.scratch)
    }
    return SQLITE_OK
  }
}
