import Cryptography
import FoundationEssentials
import OneMe

/// Where the content of a MAX attachment can be had, in the form that is kept with its message.
struct MediaReference: Codable, Equatable {
  enum Kind: String, Codable { case photo, video, file, audio, sticker }

  var kind: Kind
  var id: Int64?
  var token: String?
  var url: String?

  /// Nil for what has no content, or does not say where it is.
  init?(_ attachment: Attachment) {
    switch attachment {
    case .photo(let url?, _, _, let source): self.init(.photo, source, url: url)
    case .video(_, _, _, let source) where source.id != nil: self.init(.video, source)
    case .file(_, _, let source) where source.id != nil: self.init(.file, source)
    case .audio(_, let source):
      guard let url = source.url else { return nil }
      self.init(.audio, source, url: url)
    case .sticker(let url?): self.init(.sticker, MediaSource(), url: url)
    default: return nil
    }
  }

  private init(_ kind: Kind, _ source: MediaSource, url: String? = nil) {
    self.kind = kind
    id = source.id
    token = source.token?.revealed
    self.url = url
  }

  /// The attachment as far as its content is concerned.
  var attachment: Attachment {
    let source = MediaSource(id: id, token: token.map { Secret($0) }, url: url)
    return switch kind {
    case .photo: .photo(url: url, width: nil, height: nil, source: source)
    case .video: .video(duration: nil, width: nil, height: nil, source: source)
    case .file: .file(name: "", size: nil, source: source)
    case .audio: .audio(duration: nil, source: source)
    case .sticker: .sticker(url: url)
    }
  }

  /// The form for the store.
  var text: String? {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do { return String(decoding: try encoder.encode(self), as: UTF8.self) } catch {
      return nil  // Texts and numbers can be encoded.
    }
  }

  /// Reads ``text``; nil if it is something else.
  init?(text: String) {
    do { self = try JSONDecoder().decode(Self.self, from: Data(text.utf8)) } catch { return nil }
  }
}
