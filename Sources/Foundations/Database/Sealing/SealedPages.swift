import CSQLite

/// The file of a database: pages, each sealed by itself.
///
/// No page below the end of the file is a hole: one of zeros is refused like any other that does not open.
final class SealedPages: SealedFile {
  private static let size = SealedFile.pageSize
  /// Where the first page says how many there are, and of which size.
  private static let countPlace = 28
  private static let sizePlace = 16

  private let page = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
  /// How many pages there must be, as far as the first one was seen.
  private var count: Int64 = 0
  /// The end of the file, as far as it is known.
  private var end: Int64 = 0

  /// Hears of each page that is written.
  private let wrote: () -> Void

  init(
    _ lower: LowerFile, _ cipher: PageCipher, damage tell: @escaping (Damage) -> Void,
    wrote: @escaping () -> Void
  ) {
    self.wrote = wrote
    super.init(lower, cipher, damage: tell)
  }

  deinit { page.deallocate() }

  override func read(_ buffer: UnsafeMutableRawPointer, _ count: Int, at offset: Int64) -> Int32 {
    let size = Int64(SealedPages.size)
    guard count == SealedPages.size, offset % size == 0 else {
      return readPart(buffer, count, at: offset)
    }
    return load(offset / size + 1, into: buffer)
  }

  private func load(_ number: Int64, into buffer: UnsafeMutableRawPointer) -> Int32 {
    let offset = (number - 1) * Int64(SealedPages.size)
    let code = lower.read(buffer, SealedPages.size, at: offset)
    if code == SQLiteShortRead {
      // Zeros mean a page that there is not yet. What is there in part, or should be, was lost.
      var there: Int64 = 0
      let code = lower.size(&there)
      guard code == SQLITE_OK else { return code }
      guard there <= offset, number > self.count else { return refuse(.missing(number)) }
      return SQLiteShortRead
    }
    guard code == SQLITE_OK else { return code }
    guard cipher.open(buffer, size: SealedPages.size, .page, number: number) else {
      return refuse(.page(number))
    }
    if number == 1 { look(at: buffer) }
    return SQLITE_OK
  }

  /// The head of the first page, which SQLite looks at before it opens the log. If the page was being
  /// written when the power went, it stands in the log: zeros let SQLite go on and look there. If it does
  /// not, reading the whole page will say so.
  private func readPart(_ buffer: UnsafeMutableRawPointer, _ count: Int, at offset: Int64) -> Int32
  {
    let size = Int64(SealedPages.size)
    let inside = Int(offset % size)
    guard inside + count <= SealedPages.size else { return SQLITE_IOERR }
    let code = lower.read(page, SealedPages.size, at: offset - Int64(inside))
    guard code == SQLITE_OK || code == SQLiteShortRead else { return code }
    if code == SQLITE_OK {
      _ = cipher.open(page, size: SealedPages.size, .page, number: offset / size + 1)
    } else {
      page.initializeMemory(as: UInt8.self, repeating: 0, count: SealedPages.size)
    }
    buffer.copyMemory(from: page + inside, byteCount: count)
    return code
  }

  override func write(_ bytes: UnsafeRawPointer, _ count: Int, at offset: Int64) -> Int32 {
    let size = Int64(SealedPages.size)
    guard count == SealedPages.size, offset % size == 0,
      SealedFile.leavesReserve(bytes, size: SealedPages.size)
    else { return refuse(.layout) }
    if offset == 0 {
      // 4,096, the only size for which there is a layout.
      guard bytes.load(fromByteOffset: SealedPages.sizePlace, as: UInt8.self) == 0x10,
        bytes.load(fromByteOffset: SealedPages.sizePlace + 1, as: UInt8.self) == 0
      else { return refuse(.layout) }
    }
    if offset > end {
      let code = fill(upTo: offset)
      guard code == SQLITE_OK else { return code }
    }
    let code = put(bytes, at: offset)
    if code == SQLITE_OK, offset == 0 { look(at: bytes) }
    return code
  }

  private func put(_ bytes: UnsafeRawPointer, at offset: Int64) -> Int32 {
    let number = offset / Int64(SealedPages.size) + 1
    cipher.seal(bytes, size: SealedPages.size, .page, number: number, into: page)
    let code = lower.write(page, SealedPages.size, at: offset)
    guard code == SQLITE_OK else { return code }
    end = max(end, offset + Int64(SealedPages.size))
    wrote()
    return code
  }

  /// Puts empty pages where SQLite leaves a hole: pages that were freed before they were ever written.
  private func fill(upTo offset: Int64) -> Int32 {
    let code = lower.size(&end)
    guard code == SQLITE_OK else { return code }
    end -= end % Int64(SealedPages.size)
    let empty = UnsafeMutableRawPointer.allocate(byteCount: SealedPages.size, alignment: 16)
    defer { empty.deallocate() }
    empty.initializeMemory(as: UInt8.self, repeating: 0, count: SealedPages.size)
    while end < offset {
      let code = put(empty, at: end)
      guard code == SQLITE_OK else { return code }
    }
    return SQLITE_OK
  }

  override func truncate(to size: Int64) -> Int32 {
    if size > end {
      let code = fill(upTo: size)
      guard code == SQLITE_OK else { return code }
    }
    let code = super.truncate(to: size)
    end = min(end, size)
    return code
  }

  private func look(at first: UnsafeRawPointer) {
    count = Int64(
      UInt32(
        bigEndian: first.loadUnaligned(fromByteOffset: SealedPages.countPlace, as: UInt32.self)))
  }
}
