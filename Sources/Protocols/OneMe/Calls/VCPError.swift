/// Why a call configuration cannot be read.
public enum VCPError: Error, Sendable, Equatable {
  case empty
  /// No colon between size and data.
  case noSize
  /// What stands before the colon is no number from 1 to the cap, in bytes.
  case badSize(limit: Int)
  /// The text is longer than any that could expand to the cap.
  case tooLong(limit: Int)
  case badBase64
  /// The data is no LZ4 block, or expands beyond the size it names.
  case badCompression
  /// The content is no JSON object in UTF-8.
  case badJSON
  /// A key without which no call can be joined.
  case missing(key: String)

  /// What is wrong, as a phrase.
  public var message: String {
    switch self {
    case .empty: "the call configuration is empty"
    case .noSize: "the call configuration does not begin with a size and a colon"
    case .badSize(let limit): "the size is not a number of bytes from 1 to \(limit)"
    case .tooLong(let limit): "the call configuration is longer than \(limit) characters"
    case .badBase64: "the data is not base64"
    case .badCompression: "the data is not an LZ4 block of the size it names"
    case .badJSON: "the content is not a JSON object"
    case .missing(let key): "the content lacks \(key)"
    }
  }
}
