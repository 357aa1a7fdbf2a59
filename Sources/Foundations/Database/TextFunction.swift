import CSQLite

/// A function from text to text that SQL can call: the same text in always gives the same out.
public struct TextFunction: Sendable {
  private let name: String
  private let body: @Sendable (String) -> String

  /// - Parameters:
  ///   - name: what statements call it.
  ///   - body: must touch nothing else; what is no text comes in as SQLite writes it, NULL as "".
  public init(_ name: String, _ body: @escaping @Sendable (String) -> String) {
    self.name = name
    self.body = body
  }

  /// What SQLite holds for as long as it may call the function.
  private final class Box {
    let body: @Sendable (String) -> String
    init(_ body: @escaping @Sendable (String) -> String) { self.body = body }
  }

  /// SQLite's code of success or failure; it lets go of the function in both.
  func register(on connection: OpaquePointer) -> Int32 {
    // Innocuous: views may call it even where the schema is not trusted.
    let flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS
    return sqlite3_create_function_v2(
      connection, name, 1, flags, Unmanaged.passRetained(Box(body)).toOpaque(),
      { context, _, arguments in
        guard let box = sqlite3_user_data(context) else { return }
        let body = Unmanaged<Box>.fromOpaque(box).takeUnretainedValue().body
        // The pointer is asked for before the length, as SQLite's manual wants it.
        let value = arguments?[0]
        let start = sqlite3_value_text(value)
        let count = Int(sqlite3_value_bytes(value))
        let text = String(
          decoding: UnsafeBufferPointer(start: start, count: start == nil ? 0 : count),
          as: UTF8.self)
        var result = body(text)
        // SQLite's SQLITE_TRANSIENT, a macro Swift cannot import: "copy the bytes".
        let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        result.withUTF8 { bytes in
          bytes.withMemoryRebound(to: CChar.self) { characters in
            guard let start = characters.baseAddress else {
              return sqlite3_result_text(context, "", 0, copied)
            }
            sqlite3_result_text64(
              context, start, UInt64(characters.count), copied, UInt8(SQLITE_UTF8))
          }
        }
      }, nil, nil, { box in box.map { Unmanaged<Box>.fromOpaque($0).release() } })
  }
}
