import CSQLite

/// The write-ahead log of a database: a head without secrets, then frames, each sealed as a whole, with
/// the check sum that SQLite makes of the page in the open.
///
/// A frame that does not open when SQLite looks for the end of the log was being written when the power
/// went: SQLite gets zeros and ends the log there. At any other time it is damage.
final class SealedLog: SealedFile {
  private static let head: Int64 = 32
  private static let frameHead = 24
  private static let size = frameHead + SealedFile.pageSize

  /// A frame in the open, and one that is sealed.
  private let frame = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
  private let sealed = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
  /// The frame whose head was written; its page follows as a rule, and both are sealed at once.
  private var begun: Int64?
  /// Frames of this log that were written here: they are whole.
  private var written: ClosedRange<Int64>?

  deinit {
    frame.deallocate()
    sealed.deallocate()
  }

  override func read(_ buffer: UnsafeMutableRawPointer, _ count: Int, at offset: Int64) -> Int32 {
    let code = finishBegun()
    guard code == SQLITE_OK else { return code }
    guard offset >= SealedLog.head else {
      guard offset + Int64(count) <= SealedLog.head else { return SQLITE_IOERR }
      return lower.read(buffer, count, at: offset)
    }
    let (number, inside) = place(of: offset)
    guard inside + count <= SealedLog.size else { return SQLITE_IOERR }
    switch load(number) {
    case .whole:
      buffer.copyMemory(from: frame + inside, byteCount: count)
      return SQLITE_OK
    case .absent:
      buffer.initializeMemory(as: UInt8.self, repeating: 0, count: count)
      return SQLiteShortRead
    case .damaged:
      // Whoever reads from the head of a frame looks whether it is one.
      guard inside == 0, written?.contains(number) != true else {
        return refuse(.frame(number + 1))
      }
      buffer.initializeMemory(as: UInt8.self, repeating: 0, count: count)
      return SQLITE_OK
    case .failed(let code): return code
    }
  }

  override func write(_ bytes: UnsafeRawPointer, _ count: Int, at offset: Int64) -> Int32 {
    guard offset >= SealedLog.head else {
      let code = finishBegun()
      guard code == SQLITE_OK else { return code }
      guard offset + Int64(count) <= SealedLog.head else { return refuse(.layout) }
      // A new log begins in the place of the old one.
      if offset == 0 { written = nil }
      return lower.write(bytes, count, at: offset)
    }
    let (number, inside) = place(of: offset)
    guard inside + count <= SealedLog.size else { return refuse(.layout) }
    if begun != number || inside != SealedLog.frameHead {
      let code = finishBegun()
      guard code == SQLITE_OK else { return code }
      // A head is put in the place of another when SQLite has changed a page in the log: no page follows.
      // It must be below at once, because a crash of the program takes away what is kept here.
      if inside == 0, count == SealedLog.frameHead, written?.contains(number) != true {
        frame.copyMemory(from: bytes, byteCount: count)
        begun = number
        return SQLITE_OK
      }
      let loaded = loadOrClear(number)
      guard loaded == SQLITE_OK else { return loaded }
    }
    begun = nil
    (frame + inside).copyMemory(from: bytes, byteCount: count)
    return put(number)
  }

  override func truncate(to size: Int64) -> Int32 {
    // What is cut off needs no end.
    begun = nil
    if size <= SealedLog.head { written = nil }
    return super.truncate(to: size)
  }

  override func sync(_ flags: Int32) -> Int32 {
    let code = finishBegun()
    return code == SQLITE_OK ? super.sync(flags) : code
  }

  override func size(_ size: inout Int64) -> Int32 {
    let code = finishBegun()
    return code == SQLITE_OK ? super.size(&size) : code
  }

  override func close() -> Int32 {
    let code = finishBegun()
    let closed = super.close()
    return code == SQLITE_OK ? closed : code
  }

  private enum Frame { case whole, absent, damaged, failed(Int32) }

  private func place(of offset: Int64) -> (number: Int64, inside: Int) {
    let (number, inside) = (offset - SealedLog.head).quotientAndRemainder(
      dividingBy: Int64(SealedLog.size))
    return (number, Int(inside))
  }

  private func start(of number: Int64) -> Int64 {
    SealedLog.head + number * Int64(SealedLog.size)
  }

  /// Opens a frame, counted from 0.
  private func load(_ number: Int64) -> Frame {
    switch lower.read(frame, SealedLog.size, at: start(of: number)) {
    case SQLITE_OK:
      cipher.open(frame, size: SealedLog.size, .frame, number: number) ? .whole : .damaged
    case SQLiteShortRead: .absent
    case let code: .failed(code)
    }
  }

  /// A frame of which a part will be written anew; zeros where there is none yet.
  private func loadOrClear(_ number: Int64) -> Int32 {
    switch load(number) {
    case .whole: return SQLITE_OK
    case .failed(let code): return code
    case .damaged where written?.contains(number) == true: return refuse(.frame(number + 1))
    case .damaged, .absent:
      // Of an older log, whose end is behind the new one's.
      frame.initializeMemory(as: UInt8.self, repeating: 0, count: SealedLog.size)
      return SQLITE_OK
    }
  }

  /// Seals what stands in `frame`.
  private func put(_ number: Int64) -> Int32 {
    guard SealedFile.leavesReserve(frame, size: SealedLog.size) else { return refuse(.layout) }
    cipher.seal(frame, size: SealedLog.size, .frame, number: number, into: sealed)
    let code = lower.write(sealed, SealedLog.size, at: start(of: number))
    guard code == SQLITE_OK else { return code }
    written = min(written?.lowerBound ?? number, number)...max(written?.upperBound ?? 0, number)
    return SQLITE_OK
  }

  /// Seals a head whose page did not follow, with the page that is there.
  private func finishBegun() -> Int32 {
    guard let number = begun else { return SQLITE_OK }
    begun = nil
    var head = [UInt8](UnsafeRawBufferPointer(start: frame, count: SealedLog.frameHead))
    let code = loadOrClear(number)
    guard code == SQLITE_OK else { return code }
    frame.copyMemory(from: &head, byteCount: SealedLog.frameHead)
    return put(number)
  }
}
