import Glibc
import Synchronization

/// How much room all attachments take together, with those that are on their way.
final class AttachmentSpace: Sendable {
  private struct State {
    var stored: Int64 = 0
    var reserved: Int64 = 0
    var byAddress: [String: Int64] = [:]
  }

  private let limit: Int64
  private let state = Mutex(State())

  init(limit: Int64) { self.limit = limit }

  /// What is in the store now.
  func note(stored: Int64) { state.withLock { $0.stored = stored } }

  /// Sets room aside, until what is returned goes away; nil if there is none.
  ///
  /// One address has at most a quarter of what is free on its way: whoever announces much and sends
  /// little keeps nobody else from sending. Nil stands for this machine, which is not limited.
  func reserve(_ bytes: Int64, for address: String?) -> ReservedSpace? {
    let isGranted = state.withLock { state in
      let free = limit - state.stored - state.reserved
      guard bytes <= free else { return false }
      if let address {
        let theirs = state.byAddress[address] ?? 0
        guard theirs == 0 || theirs + bytes <= (free + theirs) / 4 else { return false }
        state.byAddress[address] = theirs + bytes
      }
      state.reserved += bytes
      return true
    }
    return isGranted ? ReservedSpace(bytes, for: address, of: self) : nil
  }

  fileprivate func release(_ bytes: Int64, for address: String?) {
    state.withLock { state in
      state.reserved -= bytes
      guard let address else { return }
      let left = (state.byAddress[address] ?? 0) - bytes
      state.byAddress[address] = left > 0 ? left : nil
    }
  }
}

/// Room for one attachment that is on its way; given back when nobody holds it any more.
final class ReservedSpace: Sendable {
  private let bytes: Int64
  private let address: String?
  private let space: AttachmentSpace

  fileprivate init(_ bytes: Int64, for address: String?, of space: AttachmentSpace) {
    (self.bytes, self.address, self.space) = (bytes, address, space)
  }

  deinit { space.release(bytes, for: address) }
}

/// One attachment on the disk: whole or not there.
enum AttachmentFile {
  struct Failure: Error {
    let reason: String
    init() { reason = String(cString: strerror(errno)) }
  }

  /// In bytes.
  static func size(_ path: String) throws(Failure) -> Int {
    var status = stat()
    guard stat(path, &status) == 0 else { throw Failure() }
    return Int(status.st_size)
  }

  /// Makes the file at `temporary` durable and moves it to its place.
  static func keep(_ temporary: String, as path: String) throws(Failure) {
    let file = open(temporary, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard file >= 0 else { throw Failure() }
    let isDurable = fsync(file) == 0
    guard close(file) == 0, isDurable, rename(temporary, path) == 0 else { throw Failure() }
  }

  static func remove(_ path: String) { unlink(path) }
}
