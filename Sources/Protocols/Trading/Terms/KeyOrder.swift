/// The order of the fields in a signed message. A server that re-writes JSON before hashing sorts
/// them; one that hashes the bytes does not care.
public enum KeyOrder: String, Sendable, Codable, CaseIterable {
  /// By name: unchanged by every common JSON writer.
  case sorted
  /// As the seed's samples stand.
  case documented
}
