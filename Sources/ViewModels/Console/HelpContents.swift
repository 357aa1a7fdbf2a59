import Phrases
import ScreenState

/// What the help says: the keys of the place where it was asked for, then all the others.
@MainActor
struct HelpContents {
  private let console: ConsoleModel

  init(_ console: ConsoleModel) { self.console = console }

  func state(of help: HelpModel) -> HelpState {
    let origin = help.origin
    let here = Command.all.filter { !$0.places.isDisjoint(with: origin.places) }
    let names = Set(here.map(\.name))
    var groups: [HelpState.Group] = []
    let named = origin.hints.map { HelpState.Entry(keys: $0.key, title: $0.label) }
    if origin.isInChat, origin.isTyping { groups.append(typing(isMessage: true)) }
    if let title = origin.title, !here.isEmpty || !named.isEmpty {
      groups.append(HelpState.Group(title: title.text, entries: named + here.map(entry)))
    }
    if !origin.isInChat, origin.isTyping { groups.append(typing(isMessage: false)) }
    // Under a dialog no other keys work: they would only be looked through in vain.
    if let dialog = origin.dialogs {
      groups += [over(dialog)]
      return HelpState(
        groups: filtered(groups, by: help.filter.text), scroll: help.scroll, filter: help.filter)
    }
    for group in HelpContents.groups {
      let rest = Command.all.filter { $0.group == group && !names.contains($0.name) }
      guard !rest.isEmpty else { continue }
      let mouse = group == .groupEverywhere ? [HelpContents.mouse] : []
      groups.append(HelpState.Group(title: group.text, entries: rest.map(entry) + mouse))
    }
    if !origin.isTyping { groups.append(typing(isMessage: true)) }
    return HelpState(
      groups: filtered(groups, by: help.filter.text), scroll: help.scroll, filter: help.filter)
  }

  private static let groups: [Phrase] = [
    .groupEverywhere, .groupLists, .groupChats, .groupPeople, .groupCalls, .groupTrading,
    .groupDialogs,
  ]

  /// What works whatever is open: keys that are no letters.
  private func over(_ dialogs: [Command]) -> HelpState.Group {
    HelpState.Group(
      title: Phrase.groupEverywhere.text,
      entries: dialogs.map { command in
        let keys = console.keys.map.presses(for: command).filter { !$0.keys[0].isText }
        return HelpState.Entry(
          keys: keys.map(\.mark).joined(separator: " "), title: command.title.text,
          cli: command.cli)
      })
  }

  private static var mouse: HelpState.Entry {
    HelpState.Entry(
      keys: Phrase.mouse.text, title: Phrase.mouseDoes.text, cli: "tercet --mouse off")
  }

  private func entry(_ command: Command) -> HelpState.Entry {
    HelpState.Entry(
      keys: console.keys.map.text(for: command), title: command.title.text, cli: command.cli,
      disabledReason: command.disabledReason(console))
  }

  private func typing(isMessage: Bool) -> HelpState.Group {
    HelpState.Group(
      title: Phrase.groupTyping.text,
      entries: EditingKey.all.filter { isMessage || !$0.isForMessages }.map {
        HelpState.Entry(keys: $0.keyText, title: $0.title.text)
      })
  }

  /// All words have to be in an entry, or in its heading.
  private func filtered(_ groups: [HelpState.Group], by text: String) -> [HelpState.Group] {
    let words = text.lowercased().split(whereSeparator: \.isWhitespace)
    guard !words.isEmpty else { return groups }
    return groups.compactMap { group in
      var group = group
      group.entries.removeAll { entry in
        let said = "\(group.title) \(entry.keys) \(entry.title) \(entry.cli ?? "")".lowercased()
        return !words.allSatisfy { said.contains($0) }
      }
      return group.entries.isEmpty ? nil : group
    }
  }

  /// Where keys go now.
  var origin: HelpModel.Origin {
    let target = KeyTarget(console)
    var origin = HelpModel.Origin(isTyping: target.takesText)
    switch console.dialogs.shown {
    case nil:
      origin.isInChat = target.isInChat
      let pane = console.panes.focused
      origin.title = HelpContents.title(of: pane)
      origin.places = (target.isInChat ? [.messages] : []) + [.pane(pane)]
      if console.calls.ringing != nil { origin.places.append(.ring) }
    case let dialog?:
      origin.title = .helpHereDialog
      let ring = console.calls.ringing == nil ? [] : Command.at(.ring)
      origin.dialogs = ring + [.help, .redraw, .quit]
      if let place = dialog.place {
        origin.places = [.dialog(place)]
      } else {
        let hints = ScreenAssembly(console, rows: 1).dialog?.hints ?? []
        origin.hints = hints.filter { !$0.isLasting }
      }
    }
    return origin
  }

  private static func title(of pane: PaneID) -> Phrase {
    switch pane {
    case .chats: .helpHereChats
    case .conversation: .helpHereConversation
    case .balances: .helpHereBalances
    case .orders: .helpHereOrders
    case .calls: .helpHereCalls
    }
  }
}
