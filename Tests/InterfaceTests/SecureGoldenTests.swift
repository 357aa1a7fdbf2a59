import Testing

@testable import Interface
@testable import ScreenState

/// Pictures of what encrypted chats bring: keys, groups, files, and what is being written.
@Suite struct SecureGoldenTests {
  private static let classic = Size(columns: 80, rows: 24)
  private static let sizes = [
    classic, Size(columns: 120, rows: 40), Size(columns: 200, rows: 60),
  ]

  private func expect(
    _ name: String, sizes: [Size] = sizes, _ change: (inout ScreenState) -> Void
  ) throws {
    var state = Sample.screen
    state.conversation = Sample.secureChat
    state.focus = .conversation
    change(&state)
    for size in sizes {
      try Golden.expect(
        ScreenLayout(state).canvas(size), "\(name)-\(size.columns)x\(size.rows)")
    }
  }

  @Test func everyMarkOfAMessage() throws {
    try expect("secure-chat") { $0.conversation?.selection = 8 }
  }

  @Test func anAnswerIsBeingWritten() throws {
    try expect("composer") {
      $0.conversation?.composer.isWriting = true
      $0.conversation?.composer.quote = .init(sender: "Alice", text: "Here is the picture")
      $0.conversation?.composer.field = FieldState(
        text: "It came through.\n\nI'll look at it tonight, when I am home and have the time for "
          + "it; until then 日本語も書ける", style: .lines)
    }
  }

  @Test func aDraftWaitsAndALongOneShowsItsEnd() throws {
    try expect("composer-draft", sizes: [Self.classic]) {
      $0.conversation?.composer.field = FieldState(text: "not sent yet", style: .lines)
    }
    try expect("composer-long", sizes: [Self.classic]) {
      $0.conversation?.composer.isWriting = true
      $0.conversation?.composer.field = FieldState(
        text: (1...40).map { "line \($0)" }.joined(separator: "\n"), style: .lines)
    }
  }

  @Test func emptyAndOffline() throws {
    try expect("secure-empty", sizes: [Self.classic]) { $0.conversation?.lines = [] }
    try expect("secure-offline", sizes: [Self.classic]) {
      $0.status.entries[1].state = .waiting(until: 9000)
      $0.conversation?.freshness = .stale(since: Sample.ago(minutes: 20))
      $0.conversation?.lines = [
        .init(
          id: "1", sender: "you", isOwn: true, at: Sample.ago(minutes: 2), text: "one",
          status: .queued),
        .init(
          id: "2", sender: "you", isOwn: true, at: Sample.ago(minutes: 1), text: "two",
          status: .queued),
      ]
    }
  }

  @Test func fingerprints() throws {
    try expect("identity") { $0.dialog = .identity(Sample.identity) }
    try expect("identity-changed") { $0.dialog = .identity(Sample.changedIdentity) }
    try expect("identity-own", sizes: [Self.classic]) {
      $0.dialog = .identity(FingerprintsState(own: Sample.fingerprint))
    }
    try expect("identity-none", sizes: [Self.classic]) {
      $0.dialog = .identity(
        FingerprintsState(contact: "Alice", problem: "There is no connection. Try again."))
    }
  }

  @Test("A QR code is whole on a classic terminal, and no code is better than a part of one")
  func code() throws {
    var identity = Sample.identity
    identity.code = .init(label: "QR code of your key", text: Sample.fingerprint.code)
    try expect("identity-code", sizes: [Self.classic, Size(columns: 120, rows: 40)]) {
      $0.dialog = .identity(identity)
    }
    try expect("identity-code-small", sizes: [Size(columns: 80, rows: 22)]) {
      $0.dialog = .identity(identity)
    }
  }

  @Test func groups() throws {
    try expect("group") { $0.dialog = .group(Sample.group) }
    try expect("group-large", sizes: [Self.classic]) {
      var group = Sample.group
      group.members = (0..<50).map { .init(id: "+1415555\(1000 + $0)") }
      group.selection = 30
      group.isActive = false
      group.problem = "The relay cannot be reached. Try again later."
      $0.dialog = .group(group)
    }
  }

  @Test func files() throws {
    try expect("file-send") { $0.dialog = .form(Sample.sendForm) }
    try expect("file-save", sizes: [Self.classic]) {
      $0.dialog = .form(
        FormState(
          title: "SAVE", introduction: ["Where to save film.mp4?"],
          inputs: [.init(label: "Folder", field: FieldState(text: "~/Downloads/"))],
          progress: "Saving…", transfer: .init(done: 13 << 20, total: 20 << 20)))
    }
    try expect("file-problem", sizes: [Self.classic]) {
      var form = Sample.sendForm
      form.suggestions = []
      form.problem = "/home/ira/Pictures is a directory. Tab completes a path."
      $0.dialog = .form(form)
    }
  }

  @Test func wizardAsksForRelayAndNumber() throws {
    try expect("wizard-number", sizes: [Self.classic, Size(columns: 120, rows: 40)]) {
      $0.dialog = .wizard(Sample.numberPage)
    }
  }

  @Test func noSizeBreaksThePicture() {
    var state = Sample.screen
    state.conversation = Sample.secureChat
    state.conversation?.composer.isWriting = true
    state.conversation?.composer.field = FieldState(
      text: String(repeating: "wörter 日本\n", count: 20), style: .lines)
    state.focus = .conversation
    var identity = Sample.changedIdentity
    identity.code = .init(label: "x", text: Sample.fingerprint.code)
    let dialogs: [DialogState?] = [
      nil, .identity(Sample.changedIdentity), .identity(identity), .group(Sample.group),
      .form(Sample.sendForm), .wizard(Sample.numberPage),
      .choice(Sample.reactions), .choice(Sample.targets),
    ]
    for columns in [0, 1, 39, 40, 41, 57, 80, 109, 110, 300] {
      for rows in [0, 1, 9, 10, 11, 13, 22, 24, 100] {
        for dialog in dialogs {
          state.dialog = dialog
          let canvas = ScreenLayout(state).canvas(Size(columns: columns, rows: rows))
          #expect(canvas.size == Size(columns: columns, rows: rows))
        }
      }
    }
  }
}
