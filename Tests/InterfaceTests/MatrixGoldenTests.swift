import Domain
import Testing

@testable import Interface
@testable import Languages
@testable import Phrases
@testable import ScreenState
@testable import ViewModels

/// Every pane and dialog at every size and in every language, with colours and without: nothing that is
/// said is clipped there, and no column is askew.
@MainActor @Suite struct MatrixGoldenTests {
  /// A place of the console, and the way there.
  struct Place: Sendable, CustomStringConvertible {
    let name: String
    let reach: @MainActor @Sendable () async throws -> Scene

    var description: String { name }
  }

  private nonisolated static func place(
    _ name: String, focus: PaneID? = nil, _ keys: Key...
  ) -> Place {
    Place(name: name) {
      let scene = try await ChartTests.desk()
      if let focus { scene.model.focus(focus) }
      for key in keys { await scene.press(key) }
      return scene
    }
  }

  private nonisolated static func chat(_ name: String, in chat: ChatID, _ keys: Key...) -> Place {
    Place(name: name) {
      let scene = try await Scene.inChat(chat)
      for key in keys { await scene.press(key) }
      return scene
    }
  }

  nonisolated static let places: [Place] =
    PaneID.allCases.map { place("pane-\($0.rawValue)", focus: $0) } + [
      place("ticket", focus: .balances, .character("t")),
      place("help", focus: .balances, .character("?")),
      place("order", focus: .orders, .enter), place("call", focus: .calls, .enter),
      place("alert", focus: .balances, .character("p")),
      place("alerts", focus: .balances, .character("P")),
      place("chart", focus: .balances, .character("c")),
      place("search", focus: .chats, .control("f")),
      place("palette", focus: .chats, .control("p")),
      place("settings", focus: .chats, .character(",")),
      place("sign-out", focus: .balances, .character("L")),
      place("sign-in", focus: .chats, .character("S")),
      chat("group", in: "textsecure:group:0a", .escape, .character("m")),
      chat("identity", in: "textsecure:+14155550102", .escape, .character("K")),
      chat("secure", in: "textsecure:+14155550100"),
      chat("react", in: "max:9", .up, .up, .up, .character("+")),
      chat("delete", in: "max:9", .up, .up, .up, .character("D")),
      chat("forward", in: "max:9", .up, .up, .up, .character("F")),
      chat("send-file", in: "max:9", .control("o")),
      Place(name: "right-to-left") { try await BidiGoldenTests.scene() },
      Place(name: "picture") {
        let scene = try await Scene.inUse()
        let pixels = try PictureTests.pixels(160, 90)
        scene.model.context.program.picture = { _ in .success(pixels) }
        let model = PictureModel(scene.model.context, title: "picture.png")
        scene.model.dialogs.show(.picture(model))
        model.show(file: "/nowhere")
        await scene.rest()
        return scene
      },
    ]

  private static let sizes = [(40, 12), (80, 24), (120, 40), (200, 60)].map {
    Size(columns: $0.0, rows: $0.1)
  }

  @Test(arguments: places) func english(_ place: Place) async throws {
    let scene = try await place.reach()
    for size in Self.sizes {
      let canvas = ScreenLayout(scene.screen).canvas(size)
      try Golden.expect(canvas, "every/\(place.name)-\(size.columns)x\(size.rows)")
    }
    let plain = ScreenLayout(scene.screen).canvas(Self.sizes[1])
    try Golden.expect(
      text: plain.attributes(in: Appearance(colours: 0, noColour: "1")),
      "every/\(place.name)-plain-80x24")
  }

  @Test(arguments: places, [Language.russian, .ukrainian])
  func translated(_ place: Place, _ language: Language) async throws {
    try await Vocabulary.$ofTask.withValue(language.vocabulary) {
      let scene = try await place.reach()
      for size in Self.sizes[1...2] {
        let canvas = ScreenLayout(scene.screen).canvas(size)
        try Golden.expect(
          text: canvas.text + "\n",
          "every/\(place.name)-\(language.rawValue)-\(size.columns)x\(size.rows)")
      }
    }
  }
}

extension Canvas {
  /// The text, then what a terminal without colours makes of it: `b` for bold, `d` for dim, `u` for
  /// underlined, `r` for reversed, `i` for italic, the first of these where there are more.
  fileprivate func attributes(in appearance: Appearance) -> String {
    let signs: [(Theme.Attributes, Character)] = [
      (.reverse, "r"), (.underline, "u"), (.italic, "i"), (.bold, "b"), (.dim, "d"),
    ]
    let rows = (0..<size.rows).map { row in
      let marks = self.row(row).map { cell in
        let look = appearance.look(of: cell.style)
        return signs.first { look.attributes.contains($0.0) }?.1 ?? " "
      }
      var text = String(marks)
      while text.last == " " { text.removeLast() }
      return text
    }
    return "\(text)\n\(String(repeating: "=", count: size.columns))\n"
      + rows.joined(separator: "\n") + "\n"
  }
}
