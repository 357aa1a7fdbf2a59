extension DecodingError {
  /// The member at fault and what is wrong with it, such as `chatsCount: expected Int`.
  var complaint: String {
    switch self {
    case .keyNotFound(let key, let context):
      "\(path(context, key)): required"
    case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
      "\(path(context)): expected \(type)"
    case .dataCorrupted(let context):
      context.codingPath.isEmpty ? "not JSON" : "\(path(context)): \(context.debugDescription)"
    @unknown default:
      "not understood"
    }
  }

  private func path(_ context: Context, _ last: (any CodingKey)? = nil) -> String {
    (context.codingPath + (last.map { [$0] } ?? [])).map(\.stringValue).joined(separator: ".")
  }
}
