/// Messages that are hard to show.
extension Population {
  struct RareMessage {
    var text = ""
    var attaches: [SandboxAttachment] = []
    var elements: [Message.Element] = []
  }

  static func rareMessages(of group: Int64) -> [RareMessage] {
    switch group {
    case dacha:
      [RareMessage(attaches: [.photo(id: 1_600_000_002, width: 1280, height: 720), .unknown])]
    case rareGroup: attachments.map { RareMessage(attaches: [$0]) } + texts
    default: []
    }
  }

  /// One of every kind (OneMe notes §4.4).
  private static let attachments: [SandboxAttachment] =
    [
      .photo(id: 1_600_000_003, width: 4000, height: 3000), .video(id: 31, duration: 12_000),
      .video(id: 32, duration: 5_000, isNote: true), .voice(id: 33, duration: 7_000),
      .file(id: 900_100_201, name: "\u{202E}fdp.отчёт\u{7}.exe", size: 3_000_000_000),
      .sticker(id: 41),
      .share(url: "https://example.org/статья", title: "Статья", description: "О том о сём"),
      .contact(maria, firstName: "Мария", lastName: "Иванова"),
      .control(event: "add", users: [ira]), .control(event: "title", users: [], title: "emoji"),
      .control(event: "levitate", users: [1]),
      .call(
        conversationID: "11aa22bb-33cc-44dd-8eff-001122334455", type: "AUDIO", hangup: "MISSED",
        duration: 0, contact: ira),
    ] + SandboxAttachment.rare

  private static let texts: [RareMessage] = [
    RareMessage(text: "\u{202E}справа налево\u{202C}, \u{2066}изолят\u{2069}, \u{200F}метка"),
    RareMessage(text: "שלום 123 abc, مرحبا بالعالم! 🙂"),
    RareMessage(text: "🏴󠁧󠁢󠁷󠁬󠁳󠁿 👩🏽‍🚀 🇷🇺🇰🇿 ☺️ 1️⃣ 👨‍👩‍👧‍👦"),
    RareMessage(text: "\u{1B}[2J\u{1B}]52;c;aGk=\u{7}\u{9B}31m\u{0}\u{8}\u{7F}"),
    RareMessage(
      text: "Z\u{351}\u{36B}\u{343}\u{36A}\u{302}\u{36B}\u{33D}\u{34F}a\u{334}\u{319}lgo"),
    RareMessage(text: String(repeating: "ой", count: 1990)),
    RareMessage(
      text: "😀 жирный, курсив и код",
      elements: [
        .init(type: "STRONG", from: 3, length: 6), .init(type: "EMPHASIZED", from: 11, length: 6),
        .init(type: "CODE", from: 20, length: 3), .init(type: "SPARKLING", from: 0, length: 2),
        .init(type: "STRONG", from: 21, length: 5000), .init(type: "STRONG", from: -4, length: 1),
      ]),
  ]
}
