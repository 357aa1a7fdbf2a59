import Domain
import Testing

@testable import Interface
@testable import ScreenState
@testable import ViewModels

@MainActor @Suite struct PictureTests {
  static func pixels(_ width: Int, _ height: Int) throws -> PicturePixels {
    let bytes = (0..<width * height).flatMap { index -> [UInt8] in
      [UInt8(index % width * 255 / width), UInt8(index / width * 255 / height), 128, 255]
    }
    return try #require(
      PicturePixels(id: width * 10_000 + height, width: width, height: height, bytes: bytes))
  }

  @Test(
    "A picture keeps its proportions within the room there is",
    arguments: [
      (640, 320, 80, 40, 80, 20), (320, 640, 80, 40, 40, 40), (8, 8, 80, 40, 2, 1),
      (4000, 10, 80, 40, 80, 1), (10, 4000, 80, 40, 1, 40), (640, 480, 0, 3, 0, 0),
    ])
  func sizes(
    _ width: Int, _ height: Int, _ columns: Int, _ rows: Int, _ wide: Int, _ high: Int
  ) throws {
    let pixels = try Self.pixels(width, height)
    let size = PictureArea.size(of: pixels, within: Size(columns: columns, rows: rows))
    #expect(size == Size(columns: wide, rows: high))
  }

  @Test("It is drawn with blocks in colours, and its place is known")
  func blocks() throws {
    var state = PictureState(title: "picture.png", stage: .shown(try Self.pixels(160, 80)))
    state.hints = [Hint(.escape, .hintClose)]
    let canvas = PictureDialog(state: state).content(width: 40, rows: 20)
    let area = try #require(canvas.picture?.area)
    #expect(area.size == Size(columns: 40, rows: 10))
    let styles = Set(canvas.cells.prefix(400).map(\.style))
    #expect(styles.count > 20 && styles.contains { $0.picture != nil })
    let blank = canvas.withoutPictureCells
    #expect(blank.cells.prefix(400).allSatisfy { $0.glyph == .space && $0.style.picture == nil })
    // On the screen it stands elsewhere.
    var outer = Canvas(Size(columns: 80, rows: 24))
    outer.draw(canvas, column: 5, row: 3)
    #expect(outer.picture?.area == Rect(column: 5, row: 3, columns: 40, rows: 10))
  }

  @Test("Colours are those of the terminal; without any, the darker is filled less")
  func colours() {
    let style = Style(ink: 231, ground: 16)
    let many = Appearance(colours: 256, noColour: nil).look(of: style)
    #expect(many.colour == 231 && many.background == 16)
    #expect(Appearance(colours: 8, noColour: nil).look(of: style).colour == 7)
    #expect(Appearance(colours: 256, noColour: "1").look(of: style).colour == nil)
    #expect(Appearance.shade(Glyph("▄"), style) == Glyph("▓"))
    #expect(Appearance.shade(.space, style) == .space)
    #expect(Appearance.shade(.space, .plain) == nil)
  }

  @Test("Pixels follow where the terminal takes them, and go before others come")
  func output() throws {
    var traits = TerminalTraits(["TERM": "xterm-kitty"])
    traits.hasKittyGraphics = true
    var output = PictureOutput()
    let picture = PictureArea(
      area: Rect(column: 2, row: 1, columns: 10, rows: 4), pixels: try Self.pixels(80, 64))
    func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
    let first = text(output.sequence(for: picture, isAnew: true, traits: traits))
    #expect(first.hasPrefix("\u{1b}7\u{1b}[2;3H\u{1b}_G") && first.hasSuffix("\u{1b}8"))
    #expect(output.sequence(for: picture, isAnew: false, traits: traits).isEmpty)
    #expect(text(output.sequence(for: nil, isAnew: false, traits: traits)) == "\u{1b}_Ga=d\u{1b}\\")
    #expect(output.forget(traits).isEmpty)
    traits.hasKittyGraphics = false
    traits.hasSixel = true
    let sixel = text(output.sequence(for: picture, isAnew: true, traits: traits))
    #expect(sixel.hasPrefix("\u{1b}7\u{1b}[2;3H\u{1b}P"))
    #expect(output.leavesTraces(before: nil, traits: traits), "cells that stay keep their sixels")
    #expect(!output.leavesTraces(before: picture, traits: traits))
  }

  @Test("What has to be fetched is asked about first; switched off, the key says so")
  func asks() async throws {
    let scene = try await Scene.inChat("textsecure:+14155550100")
    await scene.press(.up)
    while scene.screen.conversation?.lines.first != nil,
      let index = scene.screen.conversation?.selection,
      scene.screen.conversation?.lines[index].attachments.first?.label != "picture.jpg"
    {
      await scene.press(.up)
    }
    await scene.press(.character("v"))
    guard case .choice(let question)? = scene.screen.dialog else {
      Issue.record("no question")
      return
    }
    #expect(question.introduction.contains("47 KB"))
    await scene.press(.escape)
    scene.model.context.program.pictures = .never
    #expect(PictureActions(scene.model).disabledReason != nil)
  }

  @Test("A picture that is here is shown at once")
  func shows() async throws {
    let scene = try await Scene.inUse()
    let pixels = try Self.pixels(160, 80)
    scene.model.context.program.picture = { _ in .success(pixels) }
    let model = PictureModel(scene.model.context, title: "picture.png")
    scene.model.dialogs.show(.picture(model))
    model.show(file: "/nowhere/picture.png")
    await scene.rest()
    guard case .picture(let state)? = scene.screen.dialog else {
      Issue.record("no picture")
      return
    }
    #expect(state.stage == .shown(pixels))
    await scene.press(.escape)
    #expect(scene.screen.dialog == nil)
  }
}
