import CSQLite
import Cryptography

/// A disk in memory that can lose its power at any write: what was not waited for may be there, be there
/// in part, or be gone.
final class FakeDisk {
  /// A part of a write that reaches a real disk as a whole.
  private static let sector = 512

  final class File {
    var bytes: [UInt8] = []
    fileprivate var durable: [UInt8] = []
    fileprivate var pending: [Change] = []

    /// Another file with the same in it.
    func copy() -> File {
      let copy = File()
      (copy.bytes, copy.durable) = (bytes, bytes)
      return copy
    }
  }

  fileprivate enum Change {
    case write(Int, [UInt8])
    case truncate(Int)
  }

  var files: [String: File] = [:]
  /// Writes until the power goes; nil while it stays.
  var writesLeft: Int?
  private(set) var hasPower = true
  private(set) var writes = 0

  func write(_ bytes: [UInt8], to file: File, at offset: Int) -> Bool {
    let hadPower = hasPower
    guard take() else {
      // What was being written when the power went may be there in part.
      if hadPower { file.pending.append(.write(offset, bytes)) }
      return false
    }
    FakeDisk.apply(.write(offset, bytes), to: &file.bytes)
    file.pending.append(.write(offset, bytes))
    return true
  }

  func truncate(_ file: File, to size: Int) -> Bool {
    guard take() else { return false }
    FakeDisk.apply(.truncate(size), to: &file.bytes)
    file.pending.append(.truncate(size))
    return true
  }

  func sync(_ file: File) -> Bool {
    guard take() else { return false }
    file.durable = file.bytes
    file.pending = []
    return true
  }

  private func take() -> Bool {
    guard hasPower else { return false }
    writes += 1
    if let left = writesLeft {
      if left == 0 {
        hasPower = false
        return false
      }
      writesLeft = left - 1
    }
    return true
  }

  /// The power is gone and comes back: each change that was not waited for is there or not, by sectors.
  func restart(_ random: inout SplitMix) {
    for file in files.values {
      var bytes = file.durable
      for change in file.pending {
        switch (change, random.next(below: 3)) {
        case (_, 0): continue
        case (.write(let offset, let whole), 1):
          // Some of its sectors.
          var start = 0
          while start < whole.count {
            let end = min(whole.count, start + FakeDisk.sector - (offset + start) % FakeDisk.sector)
            if random.next(below: 2) == 0 {
              FakeDisk.apply(.write(offset + start, Array(whole[start..<end])), to: &bytes)
            }
            start = end
          }
        default: FakeDisk.apply(change, to: &bytes)
        }
      }
      (file.bytes, file.durable, file.pending) = (bytes, bytes, [])
    }
    hasPower = true
    writesLeft = nil
  }

  private static func apply(_ change: Change, to bytes: inout [UInt8]) {
    switch change {
    case .truncate(let size):
      if size < bytes.count {
        bytes.removeLast(bytes.count - size)
      } else {
        bytes += [UInt8](repeating: 0, count: size - bytes.count)
      }
    case .write(let offset, let new):
      if offset + new.count > bytes.count {
        bytes += [UInt8](repeating: 0, count: offset + new.count - bytes.count)
      }
      bytes.replaceSubrange(offset..<offset + new.count, with: new)
    }
  }
}

/// Numbers that a seed repeats, cheaper than bytes for keys.
struct SplitMix {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = state
    value = (value ^ value >> 30) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ value >> 27) &* 0x94d0_49bb_1331_11eb
    return value ^ value >> 31
  }

  mutating func next(below bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
