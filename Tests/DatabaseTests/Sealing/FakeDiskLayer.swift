import CSQLite
import Glibc

/// A file layer of SQLite over a fake disk. Locks always succeed: there is one connection.
final class FakeDiskLayer {
  let disk = FakeDisk()
  let name: String
  private let layer = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
  private let methods = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
  private let ownName: UnsafeMutablePointer<CChar>?

  /// Ends the layer, whose connections are closed.
  func end() {
    sqlite3_vfs_unregister(layer)
    disk.files = [:]
    Unmanaged.passUnretained(self).release()
  }

  init() {
    name = "fake-\(UInt(bitPattern: layer))"
    ownName = strdup(name)
    layer.initialize(to: makeLayer())
    methods.initialize(to: makeMethods())
    layer.pointee.zName = UnsafePointer(ownName)
    // Never freed: a connection may outlive a test that fails.
    layer.pointee.pAppData = Unmanaged.passRetained(self).toOpaque()
    sqlite3_vfs_register(layer, 0)
  }

  fileprivate func open(_ path: UnsafePointer<CChar>?, _ file: UnsafeMutableRawPointer) -> Int32 {
    let name = path.map { String(cString: $0) } ?? "temporary \(UInt(bitPattern: file))"
    let found = disk.files[name] ?? FakeDisk.File()
    disk.files[name] = found
    let handle = Handle(disk, found)
    file.bindMemory(to: Fake.self, capacity: 1).initialize(
      to: Fake(
        base: sqlite3_file(pMethods: UnsafePointer(methods)), handle: .passRetained(handle)))
    return SQLITE_OK
  }
}

private struct Fake {
  var base: sqlite3_file
  var handle: Unmanaged<Handle>
}

/// An open file, with its shared memory, which is gone when it is closed.
private final class Handle {
  let disk: FakeDisk
  let file: FakeDisk.File
  var shared: [Int32: UnsafeMutableRawPointer] = [:]

  init(_ disk: FakeDisk, _ file: FakeDisk.File) { (self.disk, self.file) = (disk, file) }

  deinit { for region in shared.values { region.deallocate() } }
}

private func here(_ layer: UnsafeMutablePointer<sqlite3_vfs>?) -> FakeDiskLayer? {
  layer?.pointee.pAppData.map { Unmanaged<FakeDiskLayer>.fromOpaque($0).takeUnretainedValue() }
}

private func handle(_ file: UnsafeMutablePointer<sqlite3_file>?) -> Handle? {
  file.map {
    UnsafeMutableRawPointer($0).assumingMemoryBound(to: Fake.self).pointee.handle
      .takeUnretainedValue()
  }
}

private func makeLayer() -> sqlite3_vfs {
  var table = sqlite3_vfs()
  table.iVersion = 1
  table.szOsFile = Int32(MemoryLayout<Fake>.size)
  table.mxPathname = 512
  table.xOpen = { layer, path, file, flags, given in
    guard let file, let here = here(layer) else { return SQLITE_CANTOPEN }
    given?.pointee = flags
    return here.open(path, file)
  }
  table.xDelete = { layer, path, _ in
    guard let path, let disk = here(layer)?.disk, disk.hasPower else { return SQLITE_IOERR }
    disk.files[String(cString: path)] = nil
    return SQLITE_OK
  }
  table.xAccess = { layer, path, _, result in
    let isThere = path.map { here(layer)?.disk.files[String(cString: $0)] != nil } ?? false
    result?.pointee = isThere ? 1 : 0
    return SQLITE_OK
  }
  table.xFullPathname = { _, path, count, result in
    guard let path, let result, strlen(path) < Int(count) else { return SQLITE_CANTOPEN }
    strcpy(result, path)
    return SQLITE_OK
  }
  table.xRandomness = { _, count, bytes in
    if let bytes { getentropy(bytes, Int(count)) }
    return count
  }
  table.xSleep = { _, time in time }
  table.xCurrentTime = { _, time in
    time?.pointee = 2_460_000
    return SQLITE_OK
  }
  table.xGetLastError = { _, _, _ in 0 }
  return table
}

private func makeMethods() -> sqlite3_io_methods {
  var table = sqlite3_io_methods()
  table.iVersion = 2
  table.xClose = { file in
    guard let file else { return SQLITE_OK }
    UnsafeMutableRawPointer(file).assumingMemoryBound(to: Fake.self).pointee.handle.release()
    return SQLITE_OK
  }
  table.xRead = { file, buffer, count, offset in
    guard let file = handle(file)?.file, let buffer else { return SQLITE_IOERR }
    let there = max(0, min(Int(count), file.bytes.count - Int(offset)))
    file.bytes.withUnsafeBytes { bytes in
      if there > 0, let start = bytes.baseAddress { memcpy(buffer, start + Int(offset), there) }
    }
    guard there < Int(count) else { return SQLITE_OK }
    memset(buffer + there, 0, Int(count) - there)
    return SQLiteShortRead
  }
  table.xWrite = { file, bytes, count, offset in
    guard let open = handle(file), let bytes else { return SQLITE_IOERR }
    let whole = [UInt8](UnsafeRawBufferPointer(start: bytes, count: Int(count)))
    return open.disk.write(whole, to: open.file, at: Int(offset)) ? SQLITE_OK : SQLITE_IOERR
  }
  table.xTruncate = { file, size in
    guard let open = handle(file) else { return SQLITE_IOERR }
    return open.disk.truncate(open.file, to: Int(size)) ? SQLITE_OK : SQLITE_IOERR
  }
  table.xSync = { file, _ in
    guard let open = handle(file) else { return SQLITE_IOERR }
    return open.disk.sync(open.file) ? SQLITE_OK : SQLITE_IOERR
  }
  table.xFileSize = { file, size in
    size?.pointee = Int64(handle(file)?.file.bytes.count ?? 0)
    return SQLITE_OK
  }
  table.xLock = { _, _ in SQLITE_OK }
  table.xUnlock = { _, _ in SQLITE_OK }
  table.xCheckReservedLock = { _, result in
    result?.pointee = 0
    return SQLITE_OK
  }
  table.xFileControl = { _, _, _ in SQLITE_NOTFOUND }
  table.xSectorSize = { _ in 512 }
  table.xDeviceCharacteristics = { _ in SQLITE_IOCAP_POWERSAFE_OVERWRITE }
  table.xShmMap = { file, region, size, _, place in
    guard let open = handle(file) else { return SQLITE_IOERR }
    let found =
      open.shared[region]
      ?? {
        let made = UnsafeMutableRawPointer.allocate(byteCount: Int(size), alignment: 16)
        memset(made, 0, Int(size))
        open.shared[region] = made
        return made
      }()
    place?.pointee = found
    return SQLITE_OK
  }
  table.xShmLock = { _, _, _, _ in SQLITE_OK }
  table.xShmBarrier = { _ in }
  table.xShmUnmap = { _, _ in SQLITE_OK }
  return table
}
