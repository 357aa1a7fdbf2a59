import Domain

/// A file, picture or anything else that came with a message.
package struct AttachmentRecord: Sendable, Equatable, Codable {
  /// Its own name or title; nil for what is called after its sort alone, as photos are.
  package var name: String?
  /// The service's word: `PHOTO`, `FILE`, `image/jpeg`.
  package var type: String
  /// The size, where the service says it.
  package var bytes: Int64?
  /// Where the file is on this machine, once it has been saved.
  package var path: String?
  /// What else is known of it.
  package var detail: AttachmentDetail?
  /// How its service finds and opens it, as text that nobody else needs to understand. It may hold a
  /// key: never printed.
  package var source: String?

  /// An attachment with these fields.
  package init(
    name: String? = nil, type: String, bytes: Int64? = nil, path: String? = nil,
    detail: AttachmentDetail? = nil, source: String? = nil
  ) {
    self.name = name
    self.type = type
    self.bytes = bytes
    self.path = path
    self.detail = detail
    self.source = source
  }

  /// What people call it; nil where nothing but the service's word for its type is known.
  package var label: String? { name ?? AttachmentDetail.label(detail, type: type) }

  /// What scripts call it: the same, with a service's own words.
  package var scriptName: String {
    name ?? AttachmentDetail.scriptLabel(detail, type: type) ?? type
  }

  /// What people call it, or the service's word for its type.
  package var shownName: String { label ?? type }
}
