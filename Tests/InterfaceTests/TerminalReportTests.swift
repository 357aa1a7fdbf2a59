import Domain
import Testing

@testable import Interface
@testable import ScreenState

@Suite struct TerminalReportTests {
  private func decode(_ text: String) -> (keys: [Key], reports: [TerminalReport]) {
    var decoder = KeyDecoder()
    let keys = decoder.decode(Array(text.utf8))
    return (keys, decoder.takeReports())
  }

  @Test(
    "What the terminal says of itself is no key, in whatever pieces and among whatever it comes",
    arguments: [
      ("\u{1b}[2;3R", TerminalReport.cursor(row: 2, column: 3)),
      ("\u{1b}[8;1$y", .mode(8, 1)), ("\u{1b}[?62;4;22c", .abilities([62, 4, 22])),
      ("\u{1b}P>|tmux 3.4\u{1b}\\", .name("tmux 3.4")),
      ("\u{1b}_Gi=1;OK\u{1b}\\", .graphics(isSupported: true)),
      ("\u{1b}_Gi=1;ENOTSUP:no\u{1b}\\", .graphics(isSupported: false)),
    ])
  func reports(_ bytes: String, _ report: TerminalReport) {
    let (keys, reports) = decode("a\(bytes)b")
    #expect(keys == [.character("a"), .character("b")])
    #expect(reports == [report])
    var slow = KeyDecoder()
    #expect(Array(bytes.utf8).flatMap { slow.decode([$0]) }.isEmpty)
    #expect(slow.takeReports() == [report])
  }

  @Test("Shift-F3 has the bytes of a report from the first row, and stays a key")
  func key() {
    let (keys, reports) = decode("\u{1b}[1;2R")
    #expect(keys == [.function(3)])
    #expect(reports.isEmpty)
  }

  @Test("Reports without end cost no memory")
  func bounds() {
    var decoder = KeyDecoder()
    let flood = "\u{1b}]" + String(repeating: "x", count: 100_000) + "\u{7}"
    #expect(decoder.decode(Array(flood.utf8)).isEmpty)
    _ = decoder.decode(Array(String(repeating: "\u{1b}[2;3R", count: 1000).utf8))
    #expect(decoder.takeReports().count == 64)
  }

  private func answered(
    _ environment: [String: String], _ reports: [TerminalReport]
  )
    -> TerminalTraits
  {
    var questions = TerminalQuestions(environment)
    _ = questions.ask()
    for report in reports { _ = questions.receive(report) }
    return questions.traits
  }

  @Test("Text is kept from being turned by what the terminal understands")
  func turning() {
    #expect(answered(["TERM": "xterm"], [.mode(8, 1), .abilities([])]).turning == .mode)
    #expect(answered(["TERM": "xterm"], [.mode(8, 0), .abilities([])]).turning == .none)
    #expect(answered(["TERM": "xterm"], [.abilities([])]).turning == .marks)
    #expect(answered(["TERM": "xterm"], [.mode(8, 1)]).turning == .marks, "not all has come")
    #expect(!TerminalQuestions(["TERM": "linux"]).canAsk)
  }

  @Test("An emoji that the terminal drops is replaced; one of another width is placed by itself")
  func widths() {
    let measured = [2, 1, 0, 0].map { TerminalReport.cursor(row: 2, column: $0 + 1) }
    let traits = answered(["TERM": "xterm"], measured + [.abilities([])])
    #expect(traits.emojiColumns == [14: 2, 15: 1, 16: 0, 17: 0])
    func placement(_ text: String, _ traits: TerminalTraits) -> TerminalTraits.Placement? {
      TextWidth.glyphs(of: text).first.map(traits.placement)
    }
    #expect(placement("👍", traits) == .written)
    #expect(placement("\u{1fae0}", traits) == .written)
    #expect(placement("\u{1fae8}", traits) == .placed)
    #expect(placement("\u{1fae9}", traits) == .replaced)
    #expect(placement("\u{1fae8}", TerminalTraits([:])) == .placed, "not asked yet")
    let narrow = answered(
      ["TERM": "xterm"],
      [1, 1, 1, 1].map { TerminalReport.cursor(row: 2, column: $0 + 1) } + [.abilities([])])
    #expect(placement("\u{1fae0}", narrow) == .placed)
    let short = answered(["TERM": "xterm"], [.cursor(row: 2, column: 3), .abilities([])])
    #expect(short.emojiColumns.isEmpty, "nobody knows which one was answered")
  }

  @Test("Links go to terminals that know them")
  func links() {
    #expect(TerminalTraits(["TERM": "xterm-kitty"]).canLink)
    #expect(TerminalTraits(["TERM": "xterm-256color", "VTE_VERSION": "7006"]).canLink)
    #expect(!TerminalTraits(["TERM": "xterm-256color", "VTE_VERSION": "4205"]).canLink)
    #expect(!TerminalTraits(["TERM": "xterm"]).canLink)
    let tmux = ["TERM": "tmux-256color", "TMUX": "x", "VTE_VERSION": "7006"]
    #expect(!TerminalTraits(tmux).canLink)
    #expect(!answered(tmux, [.name("tmux 3.3a"), .abilities([])]).canLink)
    #expect(answered(tmux, [.name("tmux 3.4"), .abilities([])]).canLink)
    #expect(!TerminalQuestions(tmux).ask0.contains("\u{1b}_"), "the window would be called that")
  }
}

extension TerminalQuestions {
  fileprivate var ask0: String {
    var questions = self
    return questions.ask()
  }
}

@Suite struct LinkTests {
  @Test("An address in a message is one link in however many rows, and its text is its address")
  func wrapped() throws {
    let address = "https://example.org/a/long/path"
    let text = StyledText("see \(address), and x", [], base: .plain, owner: "7")
    var canvas = Canvas(Size(columns: 14, rows: 6))
    let rows = text.rows(width: 14)
    for (row, line) in rows.enumerated() { canvas.put(line, column: 0, row: row) }
    let link = try #require(canvas.links.first)
    #expect(canvas.links == [link])
    #expect(link.address == address)
    let linked = canvas.cells.filter { canvas.link(of: $0) == link }.map(\.text).joined()
    #expect(linked == address)
    var outer = Canvas(Size(columns: 20, rows: 8))
    outer.draw(canvas, column: 3, row: 1)
    #expect(outer.links == [link])
    #expect(outer.cells.filter { outer.link(of: $0) == link }.count == address.count)
    outer.fill(Rect(outer.size))
    #expect(outer.cells.allSatisfy { outer.link(of: $0) == nil }, "what lies over it is no link")
  }

  @Test("The bytes name the address, and the same id in all rows")
  func bytes() {
    let text = StyledText("https://example.org/abcdef", [], base: .plain)
    var canvas = Canvas(Size(columns: 20, rows: 2))
    for (row, line) in text.rows(width: 20).enumerated() { canvas.put(line, column: 0, row: row) }
    var traits = TerminalTraits(["TERM": "xterm-kitty"])
    let appearance = Appearance(colours: 256, noColour: nil)
    func bytes(_ row: Int) -> String {
      Overprint(appearance: appearance, traits: traits)
        .sequence(canvas.row(row), row: row, of: canvas)
    }
    let start = "\u{1b}]8;id=\(canvas.links[0].id);https://example.org/abcdef\u{1b}\\"
    #expect(bytes(0) == "\u{1b}[0;4m\u{1b}[1;1H\(start)https://example.org/\u{1b}]8;;\u{1b}\\")
    #expect(bytes(1) == "\u{1b}[0;4m\u{1b}[2;1H\(start)abcdef\u{1b}]8;;\u{1b}\\")
    traits.canLink = false
    #expect(bytes(0).isEmpty)
  }

  @Test("Marks stand around what is written from right to left, where curses keeps them")
  func marks() {
    var canvas = Canvas(Size(columns: 10, rows: 2))
    canvas.put("ab \u{5d0}\u{5d1}c", column: 0, row: 0)
    canvas.put("\u{5d0}\u{5d1}", column: 0, row: 1)
    let marks = TurningMarks(canvas.row(0))
    #expect((0..<6).map { marks[$0]?.value } == [nil, nil, 0x202d, nil, 0x202c, nil])
    #expect(TurningMarks(canvas.row(1))[1] == nil, "nothing stands before it")
  }
}
