import Glibc

/// What a file without a name is, by its first bytes.
enum FileSignature {
  /// `.jpg`, or nothing for what is not known.
  static func suffix(ofFileAt path: String) -> String {
    guard let file = fopen(path, "re") else { return "" }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 12)
    let count = fread(&bytes, 1, bytes.count, file)
    return suffix(of: bytes.prefix(count))
  }

  static func suffix(of start: some Sequence<UInt8>) -> String {
    let bytes = Array(start)
    func has(_ text: String, at offset: Int = 0) -> Bool {
      bytes.dropFirst(offset).starts(with: text.utf8)
    }
    if bytes.starts(with: [0xff, 0xd8, 0xff]) { return ".jpg" }
    if bytes.starts(with: [0x89, 0x50, 0x4e, 0x47]) { return ".png" }
    if has("GIF8") { return ".gif" }
    if has("RIFF"), has("WEBP", at: 8) { return ".webp" }
    if has("ftyp", at: 4) { return ".mp4" }
    if has("OggS") { return ".ogg" }
    if has("ID3") { return ".mp3" }
    return ""
  }
}
