/// Bounds that the server names in a login's answer (MAX protocol notes §3.2, `config.server`).
public struct ServerLimits: Sendable, Equatable {
  /// How many characters a message may have.
  public var messageLength: Int?
  /// How long after sending a message can be edited.
  public var editWindow: Duration?
  /// How long a presence is worth believing.
  public var presenceLifetime: Duration?

  /// Bounds with these values.
  public init(
    messageLength: Int? = nil, editWindow: Duration? = nil, presenceLifetime: Duration? = nil
  ) {
    self.messageLength = messageLength
    self.editWindow = editWindow
    self.presenceLifetime = presenceLifetime
  }
}

extension ServerLimits: Decodable {
  public init(from decoder: any Decoder) throws {
    let object = try decoder.object()
    messageLength = object.count("max-msg-length").flatMap(Int.init(exactly:))
    editWindow = object.count("edit-timeout").map { .seconds($0) }
    presenceLifetime = object.count("presence-ttl").map { .seconds($0) }
  }
}
