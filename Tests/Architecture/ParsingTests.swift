import Testing

/// What comes over a connection is parsed once: each sort of message has one place where that is done, and
/// what it gives holds values, not text to be parsed again.
struct ParsingTests {
  private let tree: SourceTree

  init() throws { tree = try SourceTree.shared.get() }

  /// Where a protocol parses text or bytes, and what.
  private static let parsers: [String: String] = [
    "Sources/Protocols/OneMe/Wire/Frame.swift": "text frames of MAX",
    "Sources/Protocols/OneMe/Wire/BinaryFrameCodec.swift": "binary frames of MAX",
    "Sources/Protocols/OneMe/Calls/Signaling/CallSignaling.swift": "frames of a call",
    "Sources/Protocols/OneMe/Calls/CallConfiguration.swift": "the text that announces a call",
    "Sources/Protocols/OneMe/Client/OneMeClient+Transfers.swift": "answers of an upload's server",
    "Sources/Protocols/OneMe/Values/Account/StoredLogin.swift": "what a person pastes",
    "Sources/Protocols/Trading/Wire/TreeValue+Trading.swift": "how texts of TheOne are read",
    "Sources/Protocols/Trading/Wire/IncomingFrame.swift": "frames of TheOne",
    "Sources/Protocols/Trading/Connection/ConnectionContext.swift":
      "the answer that tells the time",
    "Sources/Protocols/Trading/Recording/RecordedSession.swift": "recordings",
    "Sources/Protocols/TextSecure/Wire/Delivery.swift": "text frames of a relay",
    "Sources/Protocols/TextSecure/Wire/PushContent.swift": "what a push service carries",
    "Sources/Protocols/TextSecure/Relay/RelayClient.swift": "answers of a relay",
  ]

  @Test("Each sort of message is parsed in one place")
  func parsers() {
    let marks = [
      "JSONDecoder()", "JSONText.decode(", "JSONReader.read(", "TreeValue(message:",
      "MessagePackReader.read(",
    ]
    var found: Set<String> = []
    for file in tree.files where file.path.hasPrefix("Sources/Protocols/") {
      if marks.contains(where: { file.code.contains($0) }) { found.insert(file.path) }
    }
    #expect(found.subtracting(Self.parsers.keys).isEmpty)
    #expect(Set(Self.parsers.keys).subtracting(found).isEmpty, "take it off the list")
  }
}
