/// MIME types by the ends of file names, for the few kinds that people send; anything else is bytes.
public enum ContentType {
  private static let byEnding = [
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif",
    "webp": "image/webp", "svg": "image/svg+xml", "mp4": "video/mp4", "webm": "video/webm",
    "mp3": "audio/mpeg", "ogg": "audio/ogg", "m4a": "audio/mp4", "wav": "audio/wav",
    "txt": "text/plain", "md": "text/markdown", "csv": "text/csv", "html": "text/html",
    "pdf": "application/pdf", "zip": "application/zip", "json": "application/json",
  ]
  /// The ending to give, where several have the same type.
  private static let endings = Dictionary(
    byEnding.sorted { $0.key < $1.key }.map { ($1, $0) },
    uniquingKeysWith: { $1.count == 3 ? $1 : $0 })

  /// The type of a file of this name.
  public static func of(fileNamed name: String) -> String {
    let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
    return byEnding[ending] ?? "application/octet-stream"
  }

  /// What to call a file of which only the type is known: `image.png`. The sender chose the type.
  public static func fileName(for type: String) -> String {
    let type = type.prefix { $0 != ";" }.lowercased()
    let kind = type.prefix { $0 != "/" }
    let noun = ["image", "video", "audio", "text"].contains(String(kind)) ? String(kind) : "file"
    return endings[type].map { "\(noun).\($0)" } ?? noun
  }
}
