import MaxService
import Phrases
import Testing
import TextSecureService

@testable import Interface
@testable import ScreenState
@testable import ViewModels

private let classic = Size(columns: 80, rows: 24)
private let large = Size(columns: 120, rows: 40)

private func expect(_ state: ScreenState, _ name: String, sizes: [Size] = [classic, large]) throws {
  for size in sizes {
    try Golden.expect(
      ScreenLayout(state).canvas(size), "\(name)-\(size.columns)x\(size.rows)")
  }
}

private func searching(_ search: SearchState) -> ScreenState {
  var state = Sample.screen
  state.dialog = .search(search)
  return state
}

/// The search, the palette, and the conversation as they lead to it.
@Suite struct FindingGoldenTests {
  @Test func hits() throws {
    try expect(searching(Sample.search), "search")
  }

  @Test func beforeAnythingIsTyped() throws {
    var search = Sample.search
    search.field = FieldState(placeholder: Phrase.searchPlaceholder.text)
    (search.hits, search.selection, search.hasMore, search.outcome) = ([], nil, false, .idle)
    try expect(searching(search), "search-idle", sizes: [classic])
  }

  @Test func nothingIsStored() throws {
    var search = Sample.search
    (search.hits, search.selection, search.hasMore, search.outcome) = ([], nil, false, .done)
    try expect(searching(search), "search-nothing", sizes: [classic])
    search.server = .asking
    search.scope = "Книжный клуб 📚"
    try expect(searching(search), "search-asking", sizes: [classic])
  }

  @Test func theServerCannotBeAsked() throws {
    var search = Sample.search
    search.server = .unasked(isOnline: false)
    try expect(searching(search), "search-offline", sizes: [classic])
    search.server = .failed(
      "MAX cannot be reached. Check the network and the address; `tercet doctor` tells more.")
    try expect(searching(search), "search-failed", sizes: [classic])
  }

  @Test func everythingThereIsToDo() throws {
    var state = Sample.screen
    state.dialog = .palette(Sample.palette)
    try expect(state, "palette")
    var palette = Sample.palette
    palette.field = FieldState(text: "zzz")
    (palette.entries, palette.selection) = ([], nil)
    state.dialog = .palette(palette)
    try expect(state, "palette-nothing", sizes: [classic])
  }

  @Test func aHitInItsContext() throws {
    var state = Sample.screen
    state.focus = .conversation
    state.conversation?.selection = 5
    state.conversation?.below = 1300
    state.conversation?.isTornBelow = true
    state.conversation?.highlight = Highlight("длинное больше пиш")
    try expect(state, "hit")
  }

  @Test func manyUnreadMessagesBeginAtTheFirst() throws {
    var state = Sample.screen
    state.focus = .conversation
    var chat = Sample.conversation
    chat.lines = (0..<60).map {
      .init(
        id: "\($0)", sender: "Павел", at: Sample.ago(minutes: Int64(60 - $0)), text: "строка \($0)")
    }
    (chat.firstUnread, chat.top, chat.unread) = (20, 20, 40)
    chat.isLoadingNewer = true
    state.conversation = chat
    try expect(state, "unread-many", sizes: [classic])
    #expect(ScreenLayout(state).hasUnreadOutOfSight(classic))
    #expect(ScreenLayout(state).hasUnreadOutOfSight(large))
    #expect(!ScreenLayout(state).hasUnreadOutOfSight(Size(columns: 80, rows: 100)))
    (chat.top, chat.selection, chat.isLoadingNewer, chat.isMissingNewer) = (nil, 59, false, true)
    chat.isTornBelow = true
    state.conversation = chat
    try expect(state, "missing-later", sizes: [classic])
    (chat.selection, chat.isMissingOlder, chat.hasReachedBeginning) = (0, true, false)
    state.conversation = chat
    try expect(state, "missing-earlier", sizes: [classic])
    chat.selection = nil
    chat.climbed = 2400
    chat.lines.removeFirst(40)
    (chat.firstUnread, chat.top, chat.unread) = (10, 10, 10)
    state.conversation = chat
    try expect(state, "unread-few", sizes: [classic])
  }

  @Test func noSizeBreaksThePicture() {
    for columns in [40, 41, 57, 80, 110, 300] {
      for rows in [10, 11, 13, 24, 100] {
        for dialog in [DialogState.search(Sample.search), .palette(Sample.palette)] {
          var state = Sample.screen
          state.dialog = dialog
          let size = Size(columns: columns, rows: rows)
          #expect(ScreenLayout(state).canvas(size).size == size)
        }
      }
    }
  }

  @Test("A snippet shows the word wherever it stands", arguments: [10, 30, 60])
  func snippets(_ width: Int) {
    let highlight = Highlight("иголка")
    let hay = String(repeating: "сено и солома ", count: 30)
    for text in ["иголка", "иголка \(hay)", "\(hay)иголка", "\(hay)иголка \(hay)", hay] {
      let line = Snippet(text, highlight: highlight, width: width).line
      #expect(line.width <= width)
      #expect(line.spans.contains { $0.text == "иголка" } == text.contains("иголка"))
    }
  }
}

extension Sample {
  static var search: SearchState {
    var search = SearchState(field: FieldState(text: "\"белый хлеб\" молок"))
    search.hits = [
      .init(
        id: "1", service: .max, chat: "Павел", sender: "Павел", at: ago(minutes: 3),
        text: "Возьми белый хлеб и молока"),
      .init(
        id: "2", service: .textsecure, chat: "Alice", sender: "you", at: ago(minutes: 2000),
        text: "Список: соль, спички, "
          + String(repeating: "всякое другое, что ещё нужно в доме, ", count: 6)
          + "белый хлеб, молоко, сыр и то, чего не хватает"),
      .init(
        id: "3", service: .max, chat: "evil\u{1b}[31m\u{202e}txt.exe", sender: nil,
        at: ago(minutes: 60 * 24 * 40), text: "белый хлеб\nи молоко\u{7} · смета.xlsx"),
      .init(
        id: "4", service: .max,
        chat: "👨‍👩‍👧 Семья и все-все-все родственники до седьмого колена, кто только есть",
        sender: "Константин Константинопольский-Белозерский", at: ago(minutes: 60 * 24 * 500),
        text: "Белый хлеб с молоком"),
    ]
    search.selection = 1
    search.hasMore = true
    search.highlight = Highlight(search.field.text)
    search.outcome = .done
    search.server = .unasked(isOnline: true)
    search.hints = [
      Hint(.enter, .hintShow), Hint(.tab, .hintAskMax), Hint(.control("t"), .hintThisChat),
      Hint(.escape, .hintLeave),
    ]
    return search
  }

  static var palette: PaletteState {
    var palette = PaletteState(field: FieldState(text: "се"))
    palette.entries = [
      .init(id: "search.open", title: "search in all messages", keys: "/"),
      .init(id: "help", title: "show this help", keys: "? F1"),
      .init(
        id: "swap.ticket", title: "swap one asset for another", keys: "t",
        disabledReason: Phrase.noTradingAccount.text),
      .init(id: "max:3", title: "Семья", keys: "M", isChat: true),
      .init(id: "max:4", title: "evil\u{1b}[31m\u{202e}txt.exe", keys: "M", isChat: true),
    ]
    palette.selection = 2
    palette.hints = [Hint(.enter, .hintRun), Hint(.up, .hintMove), Hint(.escape, .hintLeave)]
    return palette
  }
}
