import FoundationEssentials
import Testing

@testable import Interface
@testable import ScreenState
@testable import ViewModels

/// The pictures with which the README begins; `make pictures` draws them anew.
@MainActor @Suite("Pictures of the README") struct ReadmePictureTests {
  private func expect(_ canvas: Canvas, _ name: String) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "assets/pictures")
    let pictures = [("svg", canvas.svg(.dark)), ("txt", canvas.text + "\n")]
    for (kind, text) in pictures {
      let file = folder.appending(path: "\(name).\(kind)")
      if ProcessInfo.processInfo.environment["RECORD_PICTURES"] != nil {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
      }
      let kept = try String(decoding: Data(contentsOf: file), as: UTF8.self)
      #expect(kept == text, "\(name).\(kind) is not as it was: make pictures")
    }
  }

  @Test("are fresh") func fresh() async throws {
    let scene = try await Scene.tour()
    try expect(ScreenLayout(scene.screen).canvas(Size(columns: 120, rows: 36)), "console")
    try expect(ScreenLayout(scene.screen).canvas(Size(columns: 80, rows: 24)), "chat")
    scene.model.focus(.balances)
    await scene.press(.down, .character("c"))
    try expect(ScreenLayout(scene.screen).canvas(Size(columns: 80, rows: 24)), "chart")
  }
}
