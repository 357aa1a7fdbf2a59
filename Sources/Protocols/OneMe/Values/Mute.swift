/// Whether a chat may make itself heard (MAX protocol notes §3.2, `config.chats`).
public enum Mute: Sendable, Equatable {
  case off
  case always
  /// Wall-clock milliseconds at which it ends.
  case until(Int64)
}

extension Mute: Decodable {
  public init(from decoder: any Decoder) throws {
    let time = try decoder.object().requiredNumber("dontDisturbUntil")
    self = time == 0 ? .off : time < 0 ? .always : .until(time.brought(to: WireBounds.moment))
  }
}
