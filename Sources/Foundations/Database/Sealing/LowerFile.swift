import CSQLite

/// A file of the file layer below ours: what is in it is sealed already.
struct LowerFile {
  let file: UnsafeMutablePointer<sqlite3_file>

  func close() -> Int32 { file.pointee.pMethods?.pointee.xClose?(file) ?? SQLITE_IOERR }

  /// What is missing at the end of the file is zeros, and `SQLiteShortRead`.
  func read(_ buffer: UnsafeMutableRawPointer, _ count: Int, at offset: Int64) -> Int32 {
    file.pointee.pMethods?.pointee.xRead?(file, buffer, Int32(count), offset) ?? SQLITE_IOERR
  }

  func write(_ bytes: UnsafeRawPointer, _ count: Int, at offset: Int64) -> Int32 {
    file.pointee.pMethods?.pointee.xWrite?(file, bytes, Int32(count), offset) ?? SQLITE_IOERR
  }

  func truncate(to size: Int64) -> Int32 {
    file.pointee.pMethods?.pointee.xTruncate?(file, size) ?? SQLITE_IOERR
  }

  func sync(_ flags: Int32) -> Int32 {
    file.pointee.pMethods?.pointee.xSync?(file, flags) ?? SQLITE_IOERR
  }

  func size(_ size: inout Int64) -> Int32 {
    file.pointee.pMethods?.pointee.xFileSize?(file, &size) ?? SQLITE_IOERR
  }
}
