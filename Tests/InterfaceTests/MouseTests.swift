import Phrases
import Testing

@testable import Accounts
@testable import Domain
@testable import Interface
@testable import ScreenState
@testable import ViewModels

/// What clicks and the wheel do.
@MainActor @Suite struct MouseTests {
  private func clicked(_ scene: Scene, _ targets: ScreenTarget...) async {
    for target in targets {
      scene.model.click(target)
      await scene.rest()
    }
  }

  @Test("A click on a chat opens it, and on the open one leaves it as it is read")
  func chats() async throws {
    let scene = try await Scene.inUse()
    let other = try #require(scene.screen.chats.rows.last { $0.id != "max:1" })
    await clicked(scene, .row(.chats, other.id))
    #expect(scene.screen.focus == .conversation)
    #expect(scene.screen.conversation?.chat.text == other.id)
    #expect(scene.screen.chats.rows[try #require(scene.screen.chats.selection)].id == other.id)
    await clicked(scene, .row(.chats, "max:1"))
    await scene.press(.up, .up)
    let selected = try #require(scene.screen.conversation?.selection)
    await clicked(scene, .pane(.calls), .row(.chats, "max:1"))
    #expect(scene.screen.conversation?.selection == selected)
    await clicked(scene, .row(.chats, "max:no-such"))
    #expect(scene.screen.conversation?.chat == "max:1")
  }

  @Test("A click on a row of the desk selects it, a second one does what Enter does")
  func desk() async throws {
    let scene = try await Scene.inUse()
    let order = try #require(scene.screen.orders.rows.last)
    await clicked(scene, .row(.orders, order.id))
    #expect(scene.screen.focus == .orders && scene.screen.dialog == nil)
    await clicked(scene, .row(.orders, order.id))
    guard case .order(let shown)? = scene.screen.dialog else {
      Issue.record("no order")
      return
    }
    #expect(shown.id == order.id)
    await clicked(scene, .row(.orders, order.id), .pane(.chats), .view(.calls), .lamp(.max))
    #expect(scene.screen.focus == .orders && scene.screen.dialog != nil, "outside the dialog")
    await scene.press(.escape)

    let call = try #require(scene.screen.calls.rows.last)
    await clicked(scene, .row(.calls, call.id))
    #expect(scene.screen.focus == .calls && scene.screen.dialog == nil)
    await clicked(scene, .row(.calls, call.id))
    guard case .call? = scene.screen.dialog else {
      Issue.record("no call")
      return
    }
    await scene.press(.escape)

    let balance = try #require(scene.screen.balances.rows.last)
    await clicked(scene, .row(.balances, balance.id))
    #expect(scene.screen.balances.selection == scene.screen.balances.rows.count - 1)
    // The selected row of a pane that has not the keys is not entered by one click.
    await clicked(scene, .pane(.chats), .row(.balances, balance.id))
    #expect(scene.screen.focus == .balances && scene.screen.dialog == nil)
  }

  @Test("Messages are selected, the composer takes the keys back, tabs show views")
  func conversation() async throws {
    let scene = try await Scene.inUse()
    let message = try #require(scene.screen.conversation?.lines.dropLast(2).last)
    await clicked(scene, .row(.conversation, message.id))
    #expect(scene.screen.focus == .conversation)
    #expect(scene.model.conversation.isAmongMessages)
    #expect(scene.model.conversation.selectedMessage?.id == message.id)
    await clicked(scene, .composer)
    #expect(!scene.model.conversation.isAmongMessages)
    await scene.type("r")
    #expect(scene.screen.conversation?.composer.field.text == "r")
    for pane in [PaneID.calls, .balances, .chats, .conversation] {
      await clicked(scene, .view(pane))
      #expect(scene.screen.focus == pane)
    }
  }

  @Test("The wheel moves what is under it by three, and takes the keys from nobody")
  func wheel() async throws {
    let scene = try await Scene.inUse()
    await clicked(scene, .composer)
    await scene.type("ab")
    let before = scene.screen
    scene.model.turnWheel(over: .pane(.conversation), by: -3)
    await scene.rest()
    let lines = try #require(scene.screen.conversation?.lines)
    #expect(scene.screen.conversation?.selection == lines.total - 3)
    #expect(scene.screen.focus == .conversation)
    await scene.type("D")
    #expect(scene.screen.conversation?.composer.field.text == "abD", "letters are text still")
    scene.model.turnWheel(over: .row(.chats, "max:1"), by: 3)
    let selection = (before.chats.selection ?? 0) + 3
    #expect(scene.screen.chats.selection == min(selection, before.chats.rows.count - 1))
    #expect(scene.screen.focus == .conversation && scene.screen.conversation?.chat == "max:1")
    scene.model.turnWheel(over: .key(.enter), by: 3)
    #expect(scene.screen.dialog == nil)

    await scene.press(.function(1))
    scene.model.see(ScrollLimits(helpEnd: 50, page: PagePlace(), hasUnreadBelow: false))
    scene.model.turnWheel(over: .dialog, by: 3)
    guard case .help(let help)? = scene.screen.dialog else {
      Issue.record("no help")
      return
    }
    #expect(help.scroll == 3)
    let chats = scene.screen.chats.selection
    scene.model.turnWheel(over: .pane(.chats), by: -3)
    #expect(scene.screen.chats.selection == chats, "outside the dialog")
  }

  @Test("Words about keys press them; rows of a dialog are chosen, the chosen one is taken")
  func dialogs() async throws {
    let scene = try await Scene.inUse()
    await clicked(scene, .key(.control("p")), .dialogRow(2))
    guard case .palette(let palette)? = scene.screen.dialog else {
      Issue.record("no palette")
      return
    }
    #expect(palette.selection == 2)
    scene.model.turnWheel(over: .dialogRow(1), by: 3)
    if case .palette(let palette)? = scene.screen.dialog { #expect(palette.selection == 5) }
    await clicked(scene, .key(.escape))
    #expect(scene.screen.dialog == nil)

    await scene.press(.character("t"))
    await clicked(scene, .dialogField(1), .dialogField(0))
    guard case .ticket(let ticket)? = scene.screen.dialog, case .editing(let field) = ticket.stage
    else {
      Issue.record("no ticket")
      return
    }
    let first = TicketState.FieldID.allCases.firstIndex(of: .amount)
    #expect(first != nil && field != .from)
    await scene.press(.escape)
  }

  @Test("What cannot be undone takes a click on it and then the key")
  func questions() async throws {
    let scene = try await Scene.inUse()
    let signedIn = scene.screen.status.entries.map(\.state)
    await scene.press(.character("L"))
    await clicked(scene, .dialogRow(1), .dialogRow(0), .key(.enter), .dialogRow(0))
    guard case .choice(let question)? = scene.screen.dialog else {
      Issue.record("the question is gone")
      return
    }
    #expect(question.selection == 1 && question.progress == nil)
    #expect(scene.screen.notices.last?.text == Phrase.clickIsNotEnough.with("Enter"))
    // Back to the answer that does nothing, which a click may take.
    await clicked(scene, .dialogRow(-1), .dialogRow(0))
    #expect(scene.screen.dialog == nil)
    #expect(scene.screen.status.entries.map(\.state) == signedIn)
  }

  @Test("A lamp leads to where one signs in, or does nothing")
  func lamps() async throws {
    let scene = try await Scene.inUse()
    await clicked(scene, .lamp(.max))
    #expect(scene.screen.dialog == nil)
    scene.set(.init(service: .trading, state: .notSetUp))
    await clicked(scene, .lamp(.trading))
    guard case .wizard? = scene.screen.dialog else {
      Issue.record("no wizard")
      return
    }
    // A click on the selected service takes it or leaves it; Enter alone goes on.
    await clicked(scene, .dialogRow(0))
    guard case .wizard? = scene.screen.dialog else {
      Issue.record("no wizard")
      return
    }
  }

  @Test("While a call has only just begun to ring no click does anything")
  func ring() async throws {
    let scene = try await Scene.inUse()
    await scene.show(.call(Sample.ringing))
    try #require(scene.screen.ring != nil)
    await clicked(scene, .key(.alt("m")), .row(.calls, Sample.ringing.id), .view(.calls))
    #expect(scene.screen.dialog == nil && scene.screen.focus == .chats)
    scene.advance(by: .milliseconds(1001))
    #expect(scene.screen.ring?.hints.map(\.press).contains(.alt("m")) == true)
    await clicked(scene, .key(.alt("m")))
    guard case .form? = scene.screen.dialog else {
      Issue.record("no reply")
      return
    }
  }
}
