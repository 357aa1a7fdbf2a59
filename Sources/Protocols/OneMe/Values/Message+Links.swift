extension Message {
  /// Every address that the message names, once and in order: marked links, shared pages and bare
  /// addresses in the text. What they lead to is the sender's choice: show them before opening.
  public var links: [String] {
    let marked = spans.filter { $0.kind == "LINK" }.compactMap { span in
      span.url ?? span.range(in: text).map { String(text[$0]) }
    }
    let shared = attachments.compactMap { attachment in
      if case .share(let url?, _) = attachment { url } else { nil as String? }
    }
    var seen: Set<String> = []
    return (marked + Self.addresses(in: text) + shared)
      .filter { Self.isAddress($0) && seen.insert($0).inserted }
  }

  private static func addresses(in text: String) -> [String] {
    text.split(whereSeparator: \.isWhitespace).map { word in
      let bare = word.drop { "([{<\"«'".contains($0) }
      // Punctuation behind an address belongs to the sentence.
      return String(bare.reversed().drop { ".,;:!?)]}>\"»'".contains($0) }.reversed())
    }
  }

  private static func isAddress(_ text: String) -> Bool {
    ["https://", "http://"].contains { text.lowercased().hasPrefix($0) && text.count > $0.count }
  }
}
