import Transport

/// A form with one file in it (RFC 7578), around the file's own bytes.
struct UploadForm {
  let fileName: String
  /// Must not occur in the file; 32 random digits do not.
  let boundary: String

  var contentType: String { "multipart/form-data; boundary=\(boundary)" }

  var head: [UInt8] {
    // What would end the line or the name is encoded as browsers do it. By scalars: a line's two ends
    // are one character.
    let name = fileName.unicodeScalars
      .map {
        "\r\n\"".unicodeScalars.contains($0) ? PercentEncoding.encode(String($0)) : String($0)
      }
      .joined()
    let lines = [
      "--\(boundary)",
      "Content-Disposition: form-data; name=\"file\"; filename=\"\(name)\"",
      "Content-Type: \(mediaType)", "", "",
    ]
    return Array(lines.joined(separator: "\r\n").utf8)
  }

  var tail: [UInt8] { Array("\r\n--\(boundary)--\r\n".utf8) }

  private var mediaType: String {
    switch fileName.lowercased().split(separator: ".").last {
    case "jpg", "jpeg": "image/jpeg"
    case "png": "image/png"
    case "gif": "image/gif"
    case "webp": "image/webp"
    case "heic": "image/heic"
    default: "application/octet-stream"
    }
  }
}
