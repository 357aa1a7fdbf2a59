import Domain
import Phrases
import ScreenState

/// What has changed between two states of the screen, as lines that are only ever added.
@MainActor
struct LinearNews {
  /// Everything that a dialog says; its keys are told beside it.
  typealias DialogLines = @MainActor (DialogState, ScreenState) -> [String]

  private var lastNotice = 0
  private var ring: String?
  private var links: [Service: String] = [:]
  private var unread: [String: Int]?
  private var orders: [String: String]?
  private var dialog: (key: String, lines: [String])?
  private var chat: (key: ChatID, last: String?, seen: [String: String])?

  /// So many messages of a chat are read out when it is opened.
  private static let opening = 10

  /// - Parameters:
  ///   - dialogLines: what a dialog says.
  ///   - hints: the keys of the dialog that is open, of which those without text are numbered.
  mutating func lines(
    of screen: ScreenState, dialogLines: DialogLines, hints: [Hint]
  ) -> [String] {
    notices(screen) + call(screen) + connections(screen) + dialog(screen, dialogLines, hints)
      + conversation(screen) + others(screen) + orders(screen)
  }

  /// Has the dialog said anew with the next news.
  mutating func forgetDialog() { dialog = nil }

  private mutating func notices(_ screen: ScreenState) -> [String] {
    let new = screen.notices.filter { $0.id > lastNotice }
    lastNotice = new.last?.id ?? lastNotice
    return new.map { notice in
      let words = [notice.text, notice.hint].compactMap(\.self).joined(separator: ". ")
      switch notice.kind {
      case .failure: return Phrase.linearError.with(words)
      case .warning: return Phrase.linearWarning.with(words)
      case .info, .success: return words
      }
    }
  }

  private mutating func call(_ screen: ScreenState) -> [String] {
    defer { ring = screen.ring?.call.id }
    guard let now = screen.ring, now.call.id != ring else {
      return ring != nil && screen.ring == nil ? [Phrase.linearRingOver.text] : []
    }
    let kind = (now.call.isVideo ? Phrase.video : .audio).text
    let group = now.call.group.map { ", \($0)" } ?? ""
    return [
      Phrase.linearRing.with(visibleName(now.call.caller) ?? "", "\(now.service), \(kind)\(group)"),
      Phrase.linearRingCommands.text,
    ]
  }

  private mutating func connections(_ screen: ScreenState) -> [String] {
    screen.status.entries.compactMap { entry in
      let words: String? =
        switch entry.state {
        case .notSetUp: nil
        case .connecting: Phrase.connectionConnecting.text
        case .online: Phrase.online.text
        case .waiting: Phrase.linearOffline.text
        case .stopped(let error): error.sentences
        }
      guard let words, links[entry.service] != words else { return nil }
      links[entry.service] = words
      return "\(entry.service.title): \(words)"
    }
  }

  // MARK: Dialogs

  private mutating func dialog(
    _ screen: ScreenState, _ dialogLines: DialogLines, _ hints: [Hint]
  ) -> [String] {
    guard let state = screen.dialog else {
      dialog = nil
      return []
    }
    let key = LinearNews.key(of: state)
    var lines = dialogLines(state, screen).map { harmless($0) }
    let numbered = LinearNews.hasNumberedKeys(state) ? LinearAnswers.numbered(hints) : []
    if !numbered.isEmpty {
      lines.append(
        numbered.enumerated().map { "\($0.offset + 1) \($0.element.label)" }.joined(separator: ", ")
      )
    }
    if case .ticket(let ticket) = state, ticket.stage == .review {
      lines.append(Phrase.linearCommit.with(Phrase.hintCommit.text))
    }
    defer { dialog = (key, lines) }
    guard let before = dialog, before.key == key else { return lines }
    if case .ticket = state { return [] }
    let isCounting: Bool =
      switch state {
      case .wizard, .line, .devices, .form: true
      default: false
      }
    // Of a question only what is asked counts, and not what has been filled in.
    func plain(_ line: String) -> String {
      guard isCounting else { return line }
      let question = line.firstIndex(of: "?").map { line[...$0] } ?? line[...]
      return String(question.filter { !$0.isNumber })
    }
    let said = Set(before.lines.map(plain))
    return lines.filter { !said.contains(plain($0)) }
  }

  /// While a swap is written, numbers are its fields.
  private static func hasNumberedKeys(_ state: DialogState) -> Bool {
    guard case .ticket(let ticket) = state else { return true }
    switch ticket.stage {
    case .review, .finished: return true
    case .editing, .quoting, .sending: return false
    }
  }

  /// Another one has all of it said.
  private static func key(of state: DialogState) -> String {
    switch state {
    case .wizard(let wizard):
      if case .form(let inputs, _) = wizard.page {
        return "wizard \(wizard.title) \(inputs.count)"
      }
      return "wizard \(wizard.title)"
    case .form(let form): return "form \(form.title)"
    case .choice(let choice): return "choice \(choice.title) \(choice.options.count)"
    case .ticket(let ticket):
      let quote = ticket.quote.map { "\($0.expectedOut) \($0.minimumOut)" } ?? ""
      let fields = TicketState.FieldID.allCases.map { ticket[$0].text }.joined(separator: "|")
      let stage = if case .editing = ticket.stage { "editing \(fields)" } else { "\(ticket.stage)" }
      return "ticket \(stage) \(quote) \(ticket.problem ?? "") \(ticket.question ?? "")"
    case .order(let order): return "order \(order.id) \(order.status)"
    case .call(let call): return "call \(call.id) \(call.outcome)"
    case .search(let search): return "search \(search.field.text) \(search.hits.map(\.id))"
    case .help: return "help"
    case .identity: return "identity"
    case .group(let group): return "group \(group.title)"
    case .line: return "line"
    case .devices: return "devices"
    case .settings: return "settings"
    case .palette: return "palette"
    case .people(let people):
      return "people \(people.field.text) \(people.rows.map(\.id)) \(people.problem ?? "")"
    case .picture(let picture):
      return switch picture.stage {
      case .loading: "picture"
      case .failed(let reason): "picture \(reason)"
      case .shown: "picture \(picture.title)"
      }
    case .chart(let chart): return "chart \(chart.title) \(chart.points.count > 1)"
    }
  }

  // MARK: Chats and orders

  private mutating func conversation(_ screen: ScreenState) -> [String] {
    guard let open = screen.conversation else {
      chat = nil
      return []
    }
    var output: [String] = []
    if chat?.key != open.chat {
      chat = (open.chat, nil, [:])
      output.append(
        Phrase.linearChat.with(visibleName(open.title) ?? open.title, open.service.title))
    }
    let words = open.lines.map { ($0.id, LinearWords.message($0, screen)) }
    let new: ArraySlice<(String, String)>
    let seen = chat?.seen ?? [:]
    if chat?.last != nil, let place = words.lastIndex(where: { seen[$0.0] != nil }) {
      // What was sent gets another id from the server.
      let here = Set(words.map(\.0))
      let gone = seen.filter { !here.contains($0.key) }.values
      let behind = words[(place + 1)...]
      new = behind.filter { line in !gone.contains { $0.hasPrefix(line.1) } }[...]
      output += words[...place].compactMap { id, line in
        guard let before = chat?.seen[id], before != line else { return nil }
        return Phrase.linearChanged.with(line)
      }
    } else {
      new = words.suffix(LinearNews.opening)
    }
    output += new.map(\.1)
    if let last = words.last?.0 {
      if chat?.last == nil { output.append(Phrase.linearWrite.text) }
      chat?.last = last
    }
    chat?.seen = Dictionary(words, uniquingKeysWith: { $1 })
    return output
  }

  private mutating func others(_ screen: ScreenState) -> [String] {
    let now = Dictionary(screen.chats.rows.map { ($0.id, $0.unread) }, uniquingKeysWith: { $1 })
    defer { unread = now }
    // What was there to begin with is no news.
    guard let unread, !unread.isEmpty else { return [] }
    return screen.chats.rows.compactMap { row in
      guard row.unread > unread[row.id] ?? 0, !row.isMuted,
        row.id != screen.conversation?.chat.text
      else { return nil }
      return Phrase.linearNew.with(visibleName(row.title) ?? row.title, harmless(row.preview))
    }
  }

  private mutating func orders(_ screen: ScreenState) -> [String] {
    let now = Dictionary(screen.orders.rows.map { ($0.id, $0.status) }, uniquingKeysWith: { $1 })
    defer { orders = now }
    guard let orders else { return [] }
    return screen.orders.rows.compactMap { row in
      guard let before = orders[row.id], before != row.status else { return nil }
      return LinearWords.order(row)
    }
  }
}
