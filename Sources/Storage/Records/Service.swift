import Database

/// A server that Tercet speaks to; the raw value is its name on the command line.
public enum Service: String, Sendable, Codable, CaseIterable, DatabaseConvertible {
  case max, trading, textsecure
}
