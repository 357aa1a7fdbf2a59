import CSQLite

/// What SQLite holds of an open file: the table of what it can do, ours, and behind it the file of the
/// layer below.
struct OpenFile {
  var base: sqlite3_file
  var sealed: Unmanaged<SealedFile>

  /// With room, so that the file below begins where any value may.
  static let size = 32

  static func below(_ file: UnsafeMutablePointer<OpenFile>) -> UnsafeMutablePointer<sqlite3_file> {
    (UnsafeMutableRawPointer(file) + size).assumingMemoryBound(to: sqlite3_file.self)
  }
}

/// The functions by which SQLite uses a sealed file.
enum FileMethods {
  /// Written once and then only read, by SQLite alone.
  nonisolated(unsafe) static let table: UnsafePointer<sqlite3_io_methods> = {
    let table = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
    table.initialize(to: make())
    return UnsafePointer(table)
  }()

  private static func make() -> sqlite3_io_methods {
    var table = sqlite3_io_methods()
    // Without the memory map of version 3.
    table.iVersion = 2
    table.xClose = { file in
      guard let file else { return SQLITE_IOERR }
      file.pointee.pMethods = nil
      return open(file).sealed.takeRetainedValue().close()
    }
    table.xRead = { file, buffer, count, offset in
      guard let file, let buffer else { return SQLITE_IOERR }
      return sealed(file) { $0.read(buffer, Int(count), at: offset) }
    }
    table.xWrite = { file, bytes, count, offset in
      guard let file, let bytes else { return SQLITE_IOERR }
      return sealed(file) { $0.write(bytes, Int(count), at: offset) }
    }
    table.xTruncate = { file, size in
      guard let file else { return SQLITE_IOERR }
      return sealed(file) { $0.truncate(to: size) }
    }
    table.xSync = { file, flags in
      guard let file else { return SQLITE_IOERR }
      return sealed(file) { $0.sync(flags) }
    }
    table.xFileSize = { file, size in
      guard let file, let size else { return SQLITE_IOERR }
      return sealed(file) { $0.size(&size.pointee) }
    }
    table.xFileControl = { file, operation, argument in
      guard operation != SQLITE_FCNTL_PRAGMA else { return pragma(argument) }
      return below(file) { $0.pointee.xFileControl?($1, operation, argument) }
    }
    // Of what the layer below promises only that a write leaves alone what stands beside it, which holds
    // for whole units as well; that they come to the disk at once does not.
    table.xDeviceCharacteristics = { file in
      below(file) { $0.pointee.xDeviceCharacteristics?($1) } & SQLITE_IOCAP_POWERSAFE_OVERWRITE
    }
    table.xSectorSize = { file in below(file) { $0.pointee.xSectorSize?($1) } }
    addLocks(to: &table)
    return table
  }

  private static func addLocks(to table: inout sqlite3_io_methods) {
    table.xLock = { file, kind in below(file) { $0.pointee.xLock?($1, kind) } }
    table.xUnlock = { file, kind in below(file) { $0.pointee.xUnlock?($1, kind) } }
    table.xCheckReservedLock = { file, result in
      below(file) { $0.pointee.xCheckReservedLock?($1, result) }
    }
    table.xShmMap = { file, region, size, extend, place in
      below(file) { $0.pointee.xShmMap?($1, region, size, extend, place) }
    }
    table.xShmLock = { file, offset, count, flags in
      below(file) { $0.pointee.xShmLock?($1, offset, count, flags) }
    }
    table.xShmBarrier = { file in
      _ = below(file) {
        $0.pointee.xShmBarrier?($1)
        return SQLITE_OK
      }
    }
    table.xShmUnmap = { file, delete in below(file) { $0.pointee.xShmUnmap?($1, delete) } }
  }
}

// Functions of the file, because those that SQLite is given hold nothing, not even a type.

/// Pages of another size have no place for nonce and tag where ours have it.
private func pragma(_ argument: UnsafeMutableRawPointer?) -> Int32 {
  let words = argument?.assumingMemoryBound(to: UnsafeMutablePointer<CChar>?.self)
  guard let name = words?[1], sqlite3_stricmp(name, "page_size") == 0, words?[2] != nil else {
    return SQLITE_NOTFOUND
  }
  return SQLITE_ERROR
}

private func open(_ file: UnsafeMutablePointer<sqlite3_file>) -> OpenFile {
  UnsafeMutableRawPointer(file).assumingMemoryBound(to: OpenFile.self).pointee
}

private func sealed(
  _ file: UnsafeMutablePointer<sqlite3_file>, _ call: (SealedFile) -> Int32
) -> Int32 {
  open(file).sealed._withUnsafeGuaranteedRef(call)
}

private func below(
  _ file: UnsafeMutablePointer<sqlite3_file>?,
  _ call: (UnsafePointer<sqlite3_io_methods>, UnsafeMutablePointer<sqlite3_file>) -> Int32?
) -> Int32 {
  guard let file else { return SQLITE_IOERR }
  let below = OpenFile.below(
    UnsafeMutableRawPointer(file).assumingMemoryBound(to: OpenFile.self))
  guard let methods = below.pointee.pMethods else { return SQLITE_IOERR }
  return call(methods, below) ?? SQLITE_IOERR
}
