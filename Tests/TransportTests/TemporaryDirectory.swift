import FoundationEssentials
import Glibc
import Synchronization
import Transport

/// Fresh directories that last as long as the test process, for what is made once and shared;
/// `ScratchDirectory` is for what belongs to one test.
enum TemporaryDirectory {
  fileprivate static let made = Mutex<[String]>([])

  static func make() throws -> String {
    var template = Array("/tmp/transport-tests-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw TransportError.io("no temporary directory") }
    let path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    let isFirst = made.withLock { made in
      made.append(path)
      return made.count == 1
    }
    if isFirst { atexit(removeTemporaryDirectories) }
    return path
  }
}

private func removeTemporaryDirectories() {
  // At the very end nobody is left to be told of a failure.
  for path in TemporaryDirectory.made.withLock({ $0 }) {
    try? FileManager.default.removeItem(atPath: path)
  }
}
