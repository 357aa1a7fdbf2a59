import Cryptography

/// Where the content of an attachment can be had (MAX protocol notes §4.4).
public struct MediaSource: Sendable, Equatable {
  /// The server's number of the file, video, photo or voice note.
  public var id: Int64?
  /// What the sender's server asks for when the attachment is sent on.
  public var token: Secret?
  /// Where it can be had at once; files and videos have to be asked for.
  public var url: String?

  /// A source with these fields.
  public init(id: Int64? = nil, token: Secret? = nil, url: String? = nil) {
    self.id = id
    self.token = token
    self.url = url
  }

  init(_ object: WireObject, id: WireKey, token: WireKey = "token", url: WireKey? = nil) {
    self.init(
      id: object.number(id), token: object.address(token).map { Secret($0) },
      url: url.flatMap { object.address($0) })
  }
}
