import CSQLite
import Cryptography
import Glibc

/// The file layer of one sealed connection: SQLite opens its files here, and what they hold is sealed
/// before it reaches the file layer of the system.
///
/// Locks, shared memory and waiting for the disk are those of the layer below. There is no reading by
/// memory map: what is mapped is sealed.
final class SealingLayer {
  /// What SQLite calls the layer.
  let name: String
  /// What did not open last.
  private(set) var damage: Damage?
  /// Hears how many pages of a database were written, from time to time.
  var progress: ((Int) -> Void)?
  private var pagesWritten = 0

  private let layer = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
  private let lower: UnsafeMutablePointer<sqlite3_vfs>
  private let ownName: UnsafeMutablePointer<CChar>
  private let pages: PageCipher
  /// Made when it is first needed: most connections have no temporary files.
  private lazy var scratch = PageCipher(
    DatabaseKey(
      SystemRandom().secret(32), id: [UInt8](repeating: 0, count: DatabaseKey.idSize)))
  private var scratchFiles: Int64 = 0

  /// - Parameter below: the name of the file layer that holds what is sealed; nil for the system's.
  init(_ key: DatabaseKey, below: String? = nil) throws(DatabaseError) {
    guard let lower = sqlite3_vfs_find(below) else {
      throw .failed(code: SQLITE_NOTFOUND, "there is no file layer \(below ?? "")")
    }
    self.lower = lower
    pages = PageCipher(key)
    name = "sealed-\(UInt(bitPattern: layer))"
    guard let ownName = strdup(name) else { throw .failed(code: SQLITE_NOMEM, "no memory") }
    self.ownName = ownName
    layer.initialize(to: SealingLayer.table(over: lower))
    layer.pointee.zName = UnsafePointer(ownName)
    layer.pointee.pAppData = Unmanaged.passUnretained(self).toOpaque()
    let code = sqlite3_vfs_register(layer, 0)
    guard code == SQLITE_OK else { throw .failed(code: code, "no file layer for sealed files") }
  }

  /// After the last file is closed.
  deinit {
    sqlite3_vfs_unregister(layer)
    layer.deallocate()
    free(ownName)
  }

  /// What did not open since the last call.
  func takeDamage() -> Damage? {
    defer { damage = nil }
    return damage
  }

  /// Opens the file below and says how it is sealed.
  private func open(
    _ path: UnsafePointer<CChar>?, _ file: UnsafeMutablePointer<OpenFile>, _ flags: Int32,
    _ given: UnsafeMutablePointer<Int32>?
  ) -> Int32 {
    let below = OpenFile.below(file)
    below.pointee.pMethods = nil
    let code = lower.pointee.xOpen?(lower, path, below, flags, given) ?? SQLITE_CANTOPEN
    guard code == SQLITE_OK else {
      // The layer below wants its file closed if it says so.
      if below.pointee.pMethods != nil { _ = LowerFile(file: below).close() }
      return code
    }
    let tell: (Damage) -> Void = { [unowned self] in damage = $0 }
    let opened: SealedFile
    if flags & SQLITE_OPEN_MAIN_DB != 0 {
      opened = SealedPages(LowerFile(file: below), pages, damage: tell) { [unowned self] in
        pagesWritten += 1
        if pagesWritten % 256 == 0 { progress?(pagesWritten) }
      }
    } else if flags & SQLITE_OPEN_WAL != 0 {
      opened = SealedLog(LowerFile(file: below), pages, damage: tell)
    } else {
      scratchFiles += 1
      opened = SealedScratch(
        LowerFile(file: below), scratch, serial: scratchFiles, damage: tell)
    }
    file.pointee.sealed = Unmanaged.passRetained(opened)
    file.pointee.base.pMethods = FileMethods.table
    return SQLITE_OK
  }

  private static func table(over lower: UnsafeMutablePointer<sqlite3_vfs>) -> sqlite3_vfs {
    var table = sqlite3_vfs()
    table.iVersion = 2
    table.szOsFile = Int32(OpenFile.size) + lower.pointee.szOsFile
    table.mxPathname = lower.pointee.mxPathname
    table.xOpen = { layer, path, file, flags, given in
      guard let here = SealingLayer.here(layer), let file else { return SQLITE_CANTOPEN }
      // SQLite closes a file that could not be opened only if it has methods.
      file.pointee.pMethods = nil
      let room = UnsafeMutableRawPointer(file).bindMemory(to: OpenFile.self, capacity: 1)
      return here.open(path, room, flags, given)
    }
    table.xDelete = { layer, path, sync in
      SealingLayer.below(layer) { $0.pointee.xDelete?($0, path, sync) }
    }
    table.xAccess = { layer, path, flags, result in
      SealingLayer.below(layer) { $0.pointee.xAccess?($0, path, flags, result) }
    }
    table.xFullPathname = { layer, path, count, result in
      SealingLayer.below(layer) { $0.pointee.xFullPathname?($0, path, count, result) }
    }
    table.xRandomness = { layer, count, bytes in
      SealingLayer.below(layer) { $0.pointee.xRandomness?($0, count, bytes) }
    }
    table.xSleep = { layer, time in SealingLayer.below(layer) { $0.pointee.xSleep?($0, time) } }
    table.xCurrentTime = { layer, time in
      SealingLayer.below(layer) { $0.pointee.xCurrentTime?($0, time) }
    }
    table.xCurrentTimeInt64 = { layer, time in
      SealingLayer.below(layer) { $0.pointee.xCurrentTimeInt64?($0, time) }
    }
    table.xGetLastError = { layer, count, words in
      SealingLayer.below(layer) { $0.pointee.xGetLastError?($0, count, words) }
    }
    return table
  }

  private static func here(_ layer: UnsafeMutablePointer<sqlite3_vfs>?) -> SealingLayer? {
    layer?.pointee.pAppData.map { Unmanaged<SealingLayer>.fromOpaque($0).takeUnretainedValue() }
  }

  private static func below(
    _ layer: UnsafeMutablePointer<sqlite3_vfs>?,
    _ call: (UnsafeMutablePointer<sqlite3_vfs>) -> Int32?
  ) -> Int32 {
    here(layer).flatMap { call($0.lower) } ?? SQLITE_ERROR
  }
}
