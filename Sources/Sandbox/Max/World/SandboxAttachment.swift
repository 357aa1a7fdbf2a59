/// What hangs on a message; `_type` on the wire decides (OneMe notes §4.4).
struct SandboxAttachment: Sendable, Codable {
  let type: String
  private let members: [String: WireValue]
  /// Members that are links to files: paths, written with the server's address in front.
  private let links: [String: String]

  private init(
    _ type: String, _ members: [String: WireValue], links: [String: String] = [:]
  ) {
    self.type = type
    self.members = members
    self.links = links
  }

  /// Reads what was kept.
  init(from decoder: any Decoder) throws {
    var members = try [String: WireValue](from: decoder)
    guard case .text(let type) = members.removeValue(forKey: "_type") else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "no _type"))
    }
    var links: [String: String] = [:]
    for case (let name, .text(let text)) in members where text.hasPrefix(KeptRecord.linkMark) {
      links[name] = String(text.dropFirst(KeptRecord.linkMark.count))
      members[name] = nil
    }
    self.init(type, members, links: links)
  }

  /// A member that is a whole number.
  func number(_ name: String) -> Int64? {
    if case .integer(let number) = members[name] { number } else { nil }
  }

  func encode(to encoder: any Encoder) throws {
    struct Key: CodingKey {
      let stringValue: String
      var intValue: Int? { nil }
      init(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }
    let server = encoder.userInfo[.files] as? String ?? ""
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(type, forKey: Key(stringValue: "_type"))
    for (name, value) in members { try object.encode(value, forKey: Key(stringValue: name)) }
    for (name, path) in links {
      try object.encode(server + path, forKey: Key(stringValue: name))
    }
  }
}

extension SandboxAttachment {
  static func photo(id: Int64, width: Int, height: Int) -> SandboxAttachment {
    SandboxAttachment(
      "PHOTO",
      [
        "photoId": .integer(id), "photoToken": .text("photo-\(id)"),
        "width": .integer(Int64(width)), "height": .integer(Int64(height)),
        "previewData": "data:image/webp;base64,UklGRg==",
      ], links: ["baseUrl": FileStore.photoPath(id)])
  }

  static func video(id: Int64, duration: Int, isNote: Bool = false) -> SandboxAttachment {
    SandboxAttachment(
      "VIDEO",
      [
        "videoId": .integer(id), "token": .text("video-\(id)"), "width": 640, "height": 360,
        "duration": .integer(Int64(duration)), "videoType": isNote ? 1 : 0,
      ], links: ["thumbnail": FileStore.photoPath(id)])
  }

  static func file(id: Int64, name: String, size: Int) -> SandboxAttachment {
    SandboxAttachment(
      "FILE",
      [
        "fileId": .integer(id), "name": .text(name), "size": .integer(Int64(size)),
        "token": .text("file-\(id)"),
      ])
  }

  static func voice(id: Int64, duration: Int) -> SandboxAttachment {
    SandboxAttachment(
      "AUDIO",
      [
        "audioId": .integer(id), "duration": .integer(Int64(duration)), "wave": "AAECAwQFBgc=",
        "token": .text("audio-\(id)"), "transcriptionStatus": "NOT_SUPPORTED",
      ], links: ["url": FileStore.photoPath(id)])
  }

  static func sticker(id: Int64) -> SandboxAttachment {
    SandboxAttachment(
      "STICKER",
      [
        "stickerId": .integer(id), "setId": 7, "width": 256, "height": 256, "time": 1_700_000_000,
        "stickerType": "STATIC", "audio": false,
      ], links: ["url": FileStore.photoPath(id)])
  }

  static func share(url: String, title: String, description: String) -> SandboxAttachment {
    SandboxAttachment(
      "SHARE",
      ["url": .text(url), "title": .text(title), "description": .text(description), "image": [:]])
  }

  static func contact(_ id: Int64, firstName: String, lastName: String) -> SandboxAttachment {
    SandboxAttachment(
      "CONTACT",
      [
        "contactId": .integer(id), "name": .text("\(firstName) \(lastName)"),
        "firstName": .text(firstName), "lastName": .text(lastName),
      ], links: ["photoUrl": FileStore.photoPath(id)])
  }

  static func call(
    conversationID: String, type: String, hangup: String, duration: Int, contact: Int64
  ) -> SandboxAttachment {
    SandboxAttachment(
      "CALL",
      [
        "conversationId": .text(conversationID), "callType": .text(type),
        "hangupType": .text(hangup), "duration": .integer(Int64(duration)),
        "contactIds": [.integer(contact)],
      ])
  }

  /// A line that the server writes itself: someone came, left, changed the title.
  static func control(event: String, users: [Int64], title: String? = nil) -> SandboxAttachment {
    var members: [String: WireValue] = [
      "event": .text(event), "userIds": .array(users.map(WireValue.integer)),
    ]
    members["title"] = title.map(WireValue.text)
    return SandboxAttachment("CONTROL", members)
  }

  private static let button: WireValue = [
    "type": "CALLBACK", "text": "Да", "payload": "yes", "intent": "DEFAULT",
  ]

  /// Kinds of which programs know the name at most, and one that nobody knows.
  static let rare: [SandboxAttachment] = [
    SandboxAttachment(
      "INLINE_KEYBOARD",
      [
        "callbackId": "cb-1",
        "keyboard": [
          "buttons": [[["type": "CALLBACK", "text": "Да", "payload": "yes", "intent": "DEFAULT"]]]
        ],
      ]),
    SandboxAttachment(
      "LOCATION", ["latitude": .real(59.93), "longitude": .real(30.31), "zoom": 12]),
    SandboxAttachment(
      "POLL",
      [
        "pollId": 9001, "version": 1, "title": "Когда едем?", "settings": 1,
        "answers": [["answerId": 1, "text": "Суббота"], ["answerId": 2, "text": "Воскресенье"]],
        "state": ["total": 0, "voterPreviewIds": []],
      ]),
    SandboxAttachment("APP", ["appId": 77, "name": "Погода"]),
    SandboxAttachment("PRESENT", ["presentId": 12]),
    SandboxAttachment("UNSUPPORTED", [:]),
    unknown,
  ]

  /// A kind that no client knows.
  static let unknown = SandboxAttachment("HOLOGRAM", ["depth": 3])
}
