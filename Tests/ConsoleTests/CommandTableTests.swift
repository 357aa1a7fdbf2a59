import Phrases
import Storage
import Testing
import Transport

@testable import Domain
@testable import ScreenState
@testable import ViewModels

@MainActor @Suite struct CommandTableTests {
  private let model: ConsoleModel

  init() throws {
    model = try HubFixture.emptyModel()
  }

  @Test func everyCommandHasANameOfItsOwnAndAKey() {
    #expect(Set(Command.all.map(\.name)).count == Command.all.count)
    for command in Command.all {
      #expect(!command.keys.isEmpty)
      #expect(!command.places.isEmpty)
      #expect(!command.title.text.isEmpty)
      for key in command.keys { #expect(!key.name.isEmpty, "\(command.name)") }
    }
  }

  @Test("No two commands share a key in one place")
  func noClashes() {
    var bound: [Command.Place: [Key: String]] = [:]
    for command in Command.all {
      for place in command.places {
        for key in command.keys {
          if let other = bound[place]?[key] {
            Issue.record("\(key.name) is \(other) and \(command.name) at \(place)")
          }
          bound[place, default: [:]][key] = command.name
        }
      }
    }
  }

  @Test("A pane's key hides no key that works everywhere")
  func noShadows() {
    let everywhere = Set(Command.all.filter { $0.places.contains(.everywhere) }.flatMap(\.keys))
    // `/` looks for a chat among the chats, and elsewhere for messages.
    let others = Command.all.filter { $0.name != Command.filterChats.name }
    for command in others where !command.places.contains(.everywhere) {
      for place in command.places {
        guard case .pane = place else { continue }
        #expect(everywhere.isDisjoint(with: command.keys), "\(command.name)")
      }
    }
  }

  @Test("A ring's keys hide only keys that are about calls too, or show something")
  func ringKeys() {
    let harmless = [
      "call.write", "call.check-past", "group.show", "identity.code", "price.chart",
    ]
    let others = Command.all.filter { !$0.places.contains(.ring) && !harmless.contains($0.name) }
    let keys = Set(others.flatMap(\.keys))
    for command in Command.all where command.places.contains(.ring) {
      #expect(keys.isDisjoint(with: command.keys), "\(command.name)")
    }
  }

  @Test("What changes something at once hangs on no letter that works everywhere")
  func weight() {
    let weighty = ["trading.halt", "bell", "chat.mute"]
    for command in Command.all where weighty.contains(command.name) {
      #expect(!command.places.contains(.everywhere), "\(command.name)")
      #expect(command.keys.contains { !$0.isText }, "\(command.name)")
      let isOnLetter = command.keys.contains { $0.isText }
      #expect(!isOnLetter || !command.places.contains(.pane(.chats)), "\(command.name)")
    }
    for key in Command.all.filter({ $0.places.contains(.byChord) }).flatMap(\.keys)
    where key.isText {
      #expect(!model.press(key), "\(key.name) in the list of chats")
    }
  }

  @Test("Money moves by no key that is Enter, Space or the ticket's own")
  func commitKey() throws {
    let commit = try #require(Command.all.first { $0.name == "ticket.commit" })
    let opener = try #require(Command.all.first { $0.name == "swap.ticket" })
    #expect(Set(commit.keys).isDisjoint(with: opener.keys + [.enter, .character(" ")]))
    #expect(commit.keys == [.character("C")])
  }

  @Test func helpHasEveryCommandOnce() {
    let entries = model.help.groups.flatMap(\.entries)
    // And the mouse.
    #expect(entries.count == Command.all.count + EditingKey.all.count + 1)
    #expect(Set(entries.map { $0.keys + $0.title }).count == entries.count)
    #expect(model.help.groups.allSatisfy { !$0.entries.isEmpty })
  }

  @Test("With nothing set up, what cannot work says why, and pressing it says so too")
  func disabledReasons() {
    let disabled = Command.all.filter { $0.disabledReason(model) != nil }.map(\.name)
    #expect(
      Set(disabled)
        == [
          "attachment.view", "price.chart", "attention.next", "retry", "notice.dismiss",
          "chat.open", "call.details",
          "sign-out.messenger", "swap.ticket", "order.details", "order.refresh",
          "order.copy", "balances.value",
          "sign-out.trading", "message.write", "message.reply", "attachment.send",
          "attachment.save", "session.end", "message.edit", "message.delete", "message.react",
          "message.forward", "message.copy", "message.open", "balances.swap", "chat.mute",
          "identity.show", "contact.add", "contacts", "chat.filter", "group.create",
          "group.show", "call.write", "call.check-past", "calls.refresh", "search.open",
          "chat.first-unread", "message.editor",
        ])
    #expect(model.press(.character("t")))
    #expect(model.screen.notices.map(\.text) == [Phrase.noTradingAccount.text])
    #expect(model.screen.dialog == nil)
  }

  @Test(
    "The bottom line offers only commands of the place that has the keys",
    arguments: PaneID.allCases)
  func bottomLine(_ pane: PaneID) {
    model.focus(pane)
    let here = Command.all.filter {
      $0.places.contains(.pane(pane)) || $0.places.contains(.everywhere)
    }
    let offers = here.compactMap { command in
      command.hint.map { Hint(key: command.keys[0].hintMark, label: $0.text) }
    }
    #expect(!model.screen.hints.isEmpty)
    for hint in model.screen.hints {
      #expect(offers.contains { $0.key == hint.key && $0.label == hint.label }, "\(hint)")
    }
  }

  @Test("On a Cyrillic layout the same keys work")
  func cyrillic() {
    #expect(model.press(.character("?")))
    #expect(model.screen.dialog != nil)
    // In the help letters are for finding.
    #expect(model.press(.escape))
    #expect(model.screen.dialog == nil)
    model.focus(.orders)
    #expect(model.press(.character("у")))
    #expect(model.screen.form?.title == Phrase.exportOrders.text)
  }

  @Test("A paste is never a command", arguments: ["q", "t", "?", "1", "C"])
  func paste(_ text: String) {
    #expect(!model.press(.paste(text)))
    #expect(model.screen.dialog == nil)
  }

  @Test("In what is shown of an order no key is about calls, and the other way round")
  func details() {
    let order = Command.at(.dialog(.order)).map(\.name)
    let call = Command.at(.dialog(.call)).map(\.name)
    #expect(order.contains("order.refresh") && call.contains("dialog.close"))
    #expect(order.filter { $0.hasPrefix("call") } == [])
    #expect(call.filter { $0.hasPrefix("order") } == [])
  }
}
