import Glibc

extension Profile {
  /// Files that hold something of the person, and what stands beside them.
  private var ownNames: [String] {
    [databasePath, paperDatabasePath].flatMap { path in
      ["", "-wal", "-shm", "-journal", ".sealing"].map { path + $0 }
    } + [keysPath, keysPath + ".new", controlSocketPath]
  }

  /// Removes everything that the program keeps in the directory, and the directory if nothing else is in
  /// it. What unlocks it goes first: what is left after an interruption opens for nobody.
  package func removeEverything() {
    unlink(keysPath)
    for path in ownNames { unlink(path) }
    removeFolder(directory + "/spool")
    // Left behind by a restoring that was ended.
    let unfinished = Profile(directory: directory + "/restoring")
    if access(unfinished.directory, F_OK) == 0 { unfinished.removeEverything() }
    unlink(lockPath)
    rmdir(directory)
  }

  private func removeFolder(_ path: String) {
    guard let listing = opendir(path) else { return }
    while let entry = readdir(listing) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { field in
        field.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { unlink("\(path)/\(name)") }
    }
    closedir(listing)
    rmdir(path)
  }
}
