import Cryptography

/// Seals units of a file: so many bytes in the open, and nonce and tag in the room that is left for them
/// at the end of each unit.
///
/// A unit is bound to its file and its place: one that was moved there from elsewhere does not open. An
/// older version of the same unit does open: only a counter outside of the file could tell.
final class PageCipher {
  /// Bytes at the end of each unit that hold nonce and tag.
  static let reserve = XAES256GCM.nonceSize + XAES256GCM.tagSize

  /// What a unit is part of.
  enum Kind: UInt8 { case page = 1, frame, scratch }

  private let cipher: XAES256GCM
  /// Id of the database, kind and number.
  private let data = UnsafeMutableRawBufferPointer.allocate(
    byteCount: DatabaseKey.idSize + 16, alignment: 8)
  /// Nonces that were drawn and not used: asking the system for each would cost as much as sealing.
  private var nonces: [UInt8] = []
  private var used = 0
  private static let drawnAtOnce = XAES256GCM.nonceSize * 128

  init(_ key: DatabaseKey) {
    cipher = XAES256GCM(key: key.secret)
    data.initializeMemory(as: UInt8.self, repeating: 0)
    data.copyBytes(from: key.id)
  }

  deinit { data.deallocate() }

  /// Seals all of `unit` but its reserve into `output`, with nonce and tag in the reserve of that.
  func seal(
    _ unit: UnsafeRawPointer, size: Int, _ kind: Kind, number: Int64,
    into output: UnsafeMutableRawPointer
  ) {
    let count = size - PageCipher.reserve
    let nonce = output + count
    draw(into: nonce)
    name(kind, number)
    cipher.seal(
      UnsafeRawBufferPointer(start: unit, count: count), data: UnsafeRawBufferPointer(data),
      nonce: nonce, into: output, tag: nonce + XAES256GCM.nonceSize)
  }

  /// Opens a unit in place; zeros take the place of nonce and tag. False, and zeros, if it was not sealed
  /// here.
  func open(_ unit: UnsafeMutableRawPointer, size: Int, _ kind: Kind, number: Int64) -> Bool {
    let count = size - PageCipher.reserve
    let nonce = unit + count
    name(kind, number)
    let isWhole = cipher.open(
      UnsafeRawBufferPointer(start: unit, count: count), data: UnsafeRawBufferPointer(data),
      nonce: nonce, tag: nonce + XAES256GCM.nonceSize, into: unit)
    nonce.initializeMemory(as: UInt8.self, repeating: 0, count: PageCipher.reserve)
    return isWhole
  }

  private func name(_ kind: Kind, _ number: Int64) {
    data.storeBytes(of: kind.rawValue, toByteOffset: DatabaseKey.idSize, as: UInt8.self)
    data.storeBytes(
      of: number.littleEndian, toByteOffset: DatabaseKey.idSize + 8, as: Int64.self)
  }

  private func draw(into nonce: UnsafeMutableRawPointer) {
    if used + XAES256GCM.nonceSize > nonces.count {
      nonces = SystemRandom().bytes(PageCipher.drawnAtOnce)
      used = 0
    }
    nonces.withUnsafeBytes {
      UnsafeMutableRawBufferPointer(start: nonce, count: XAES256GCM.nonceSize)
        .copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[used..<used + XAES256GCM.nonceSize]))
    }
    used += XAES256GCM.nonceSize
  }
}
