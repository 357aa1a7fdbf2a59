import COpenSSL

/// OpenSSL could not do what it always can; the usual reason is a lack of memory.
public struct CryptographyError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What was to be done.
  public let step: String
  /// OpenSSL's own words.
  public let reason: String

  public var description: String { "cannot \(step) (\(reason)). Free some memory and try again." }

  /// The error with the reason that OpenSSL has left for this thread.
  init(_ step: String) {
    self.step = step
    var text = [CChar](repeating: 0, count: 256)
    ERR_error_string_n(ERR_get_error(), &text, text.count)
    let words = text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:))
    reason = String(decoding: words, as: UTF8.self)
  }
}
