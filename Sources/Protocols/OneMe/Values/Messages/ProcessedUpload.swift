/// The server has worked through an upload (MAX protocol notes §3.1, opcode 136).
public struct ProcessedUpload: Sendable, Equatable {
  /// What was uploaded, by its number.
  public enum Media: Sendable, Hashable {
    case file(Int64)
    case video(Int64)
    case audio(Int64)
  }

  /// What was uploaded.
  public var media: Media
  /// Why it cannot be used, in the server's words; nil if it can.
  public var failure: String?

  /// An upload that is done with.
  public init(media: Media, failure: String? = nil) {
    self.media = media
    self.failure = failure
  }
}

extension ProcessedUpload: Decodable {
  public init(from decoder: any Decoder) throws {
    let object = try decoder.object()
    media =
      if let id = object.number("fileId") {
        .file(id)
      } else if let id = object.number("videoId") {
        .video(id)
      } else {
        .audio(try object.requiredNumber("audioId"))
      }
    failure = object.text("error")
  }
}
