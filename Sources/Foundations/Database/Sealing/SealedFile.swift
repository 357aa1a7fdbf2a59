import CSQLite

/// A file as SQLite sees it: what it reads and writes here is in the open, what lies below is sealed.
///
/// SQLite uses a file from one thread at a time. Methods give SQLite's result codes.
class SealedFile {
  /// Bytes of a page, sealed or not. It never changes: the layout of every file depends on it.
  static let pageSize = 4096

  let lower: LowerFile
  let cipher: PageCipher
  /// Hears of what does not open.
  private let tell: (Damage) -> Void

  init(_ lower: LowerFile, _ cipher: PageCipher, damage tell: @escaping (Damage) -> Void) {
    (self.lower, self.cipher, self.tell) = (lower, cipher, tell)
  }

  func read(_ buffer: UnsafeMutableRawPointer, _ count: Int, at offset: Int64) -> Int32 {
    SQLITE_IOERR
  }

  func write(_ bytes: UnsafeRawPointer, _ count: Int, at offset: Int64) -> Int32 { SQLITE_IOERR }

  func truncate(to size: Int64) -> Int32 { lower.truncate(to: size) }

  func sync(_ flags: Int32) -> Int32 { lower.sync(flags) }

  func size(_ size: inout Int64) -> Int32 { lower.size(&size) }

  func close() -> Int32 { lower.close() }

  /// The code for what was changed by somebody else, or by a fault of the disk.
  final func refuse(_ damage: Damage) -> Int32 {
    tell(damage)
    return Damage.code
  }

  /// Whether the room for nonce and tag at the end of what SQLite writes is unused, as it must be.
  static func leavesReserve(_ unit: UnsafeRawPointer, size: Int) -> Bool {
    let reserve = UnsafeRawBufferPointer(
      start: unit + size - PageCipher.reserve, count: PageCipher.reserve)
    return reserve.allSatisfy { $0 == 0 }
  }
}

/// What did not open: it was sealed with another key, changed, or moved there from elsewhere.
enum Damage: Equatable {
  /// A page of the database, counted from 1.
  case page(Int64)
  /// A page of the database that should be there and is not.
  case missing(Int64)
  /// A frame of its log, counted from 1.
  case frame(Int64)
  /// A part of a temporary file.
  case scratch
  /// SQLite has written where nonce and tag belong.
  case layout

  /// SQLite's code for pages whose check sum does not fit, which no other layer here uses.
  static let code = SQLiteDamagedData

  /// What is wrong, in plain words without a final stop.
  var words: String {
    switch self {
    case .page(let number): "page \(number) was changed or is damaged"
    case .missing(let number): "page \(number) is missing: the file was cut"
    case .frame(let number): "part \(number) of its log was changed or is damaged"
    case .scratch: "a temporary file was changed or is damaged"
    case .layout: "it is not laid out as a sealed one"
    }
  }
}
