import Storage
import Testing
import TextSecureService

@testable import Accounts
@testable import Domain
@testable import Interface
@testable import ScreenState
@testable import ViewModels

/// Pictures of what encrypted chats bring: keys, groups, files, and what is being written.
@MainActor @Suite struct TextSecureGoldenTests {
  private static let classic = Size(columns: 80, rows: 24)
  private static let sizes = [
    classic, Size(columns: 120, rows: 40), Size(columns: 200, rows: 60),
  ]
  private static let alice: ChatID = "textsecure:+14155550100"

  private func expect(_ name: String, _ state: ScreenState, sizes: [Size] = sizes) throws {
    for size in sizes {
      try Golden.expect(
        ScreenLayout(state).canvas(size), "\(name)-\(size.columns)x\(size.rows)")
    }
  }

  /// The chat with Alice, with a dialog over it.
  private func chat(_ dialog: DialogState? = nil) async throws -> ScreenState {
    var state = try await Scene.inChat(Self.alice).screen
    state.dialog = dialog
    return state
  }

  @Test func everyMarkOfAMessage() async throws {
    let scene = try await Scene.inChat(Self.alice)
    await scene.show(
      .transfer(chat: Self.alice, message: "10", bytesDone: 9 << 20, bytesTotal: 20 << 20))
    await scene.press(.up, .up)
    try expect("secure-chat", scene.screen)
  }

  @Test func anAnswerIsBeingWritten() async throws {
    let scene = try await Scene.inChat(Self.alice)
    for _ in 0..<9 { await scene.press(.up) }
    await scene.press(
      .character("r"),
      .paste(
        "It came through.\n\nI'll look at it tonight, when I am home and have the time for it; until "
          + "then 日本語も書ける"))
    try expect("composer", scene.screen)
  }

  @Test func aDraftWaitsAndALongOneShowsItsEnd() async throws {
    let scene = try await Scene.inChat(Self.alice)
    await scene.type("not sent yet")
    await scene.press(.pageUp)
    try expect("composer-draft", scene.screen, sizes: [Self.classic])
    let lines = (1...40).map { "line \($0)" }.joined(separator: "\n")
    await scene.press(.escape, .control("u"), .paste(lines))
    try expect("composer-long", scene.screen, sizes: [Self.classic])
  }

  @Test func emptyAndOffline() async throws {
    try expect(
      "secure-empty", try await Scene.inChat("textsecure:group:0a").screen, sizes: [Self.classic])
    let scene = try await Scene.inChat("textsecure:+14155550102")
    scene.set(.init(service: .textsecure, state: .waiting(until: 9000), account: "+14155550101"))
    let waiting = ["one", "two"].enumerated().map { index, text in
      MessageRecord(
        chat: "textsecure:+14155550102", id: text, senderId: "+14155550101",
        at: Sample.ago(minutes: Int64(2 - index)), text: text, status: .queued, own: true)
    }
    await scene.show(.messages(chat: "textsecure:+14155550102", waiting))
    try expect("secure-offline", scene.screen, sizes: [Self.classic])
  }

  @Test func fingerprints() async throws {
    try expect("identity", try await chat(.identity(Sample.identity)))
    try expect("identity-changed", try await chat(.identity(Sample.changedIdentity)))
    let own = FingerprintsState(own: Sample.fingerprint)
    try expect("identity-own", try await chat(.identity(own)), sizes: [Self.classic])
    let none = FingerprintsState(contact: "Alice", problem: "There is no connection. Try again.")
    try expect("identity-none", try await chat(.identity(none)), sizes: [Self.classic])
  }

  @Test("A QR code is whole on a classic terminal, and no code is better than a part of one")
  func code() async throws {
    var identity = Sample.identity
    identity.code = .init(label: "QR code of your key", text: Sample.fingerprint.code)
    let state = try await chat(.identity(identity))
    try expect("identity-code", state, sizes: [Self.classic, Size(columns: 120, rows: 40)])
    try expect("identity-code-small", state, sizes: [Size(columns: 80, rows: 22)])
  }

  @Test func groups() async throws {
    let scene = try await Scene.inUse()
    scene.model.chats.select("textsecure:group:0a")
    await scene.press(.character("m"), .down)
    try expect("group", scene.screen)
    await scene.press(.escape)
    try await scene.store.save(
      GroupRecord(
        id: "0a", name: "Book club", members: (0..<50).map { "+1415555\(1000 + $0)" },
        isActive: false))
    await scene.press(.character("m"))
    for _ in 0..<30 { await scene.press(.down) }
    var state = scene.screen
    if case .group(var group)? = state.dialog {
      group.problem = "The relay cannot be reached. Try again later."
      state.dialog = .group(group)
    }
    try expect("group-large", state, sizes: [Self.classic])
  }

  @Test func files() async throws {
    try expect("file-send", try await chat(.form(Sample.sendForm)))
    let saving = FormState(
      title: "SAVE", introduction: ["Where to save film.mp4?"],
      inputs: [.init(label: "Folder", field: FieldState(text: "~/Downloads/"))],
      progress: "Saving…", transfer: .init(done: 13 << 20, total: 20 << 20))
    try expect("file-save", try await chat(.form(saving)), sizes: [Self.classic])
    var form = Sample.sendForm
    form.suggestions = []
    form.problem = "/home/ira/Pictures is a directory. Tab completes a path."
    try expect("file-problem", try await chat(.form(form)), sizes: [Self.classic])
  }

  @Test func wizardAsksForRelayAndNumber() async throws {
    let scene = try await Scene()
    await scene.press(
      .character("S"), .character(" "), .down, .character(" "), .down, .character(" "), .enter,
      .tab, .paste("+14155550101"), .tab, .right, .enter)
    try expect(
      "wizard-number", scene.screen, sizes: [Self.classic, Size(columns: 120, rows: 40)])
  }

  @Test func noSizeBreaksThePicture() async throws {
    let scene = try await Scene.inChat(Self.alice)
    await scene.press(.paste(String(repeating: "wörter 日本\n", count: 20)))
    var state = scene.screen
    var identity = Sample.changedIdentity
    identity.code = .init(label: "x", text: Sample.fingerprint.code)
    let dialogs: [DialogState?] = [
      nil, .identity(Sample.changedIdentity), .identity(identity), .form(Sample.sendForm),
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
