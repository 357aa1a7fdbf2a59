import Accounts
import Domain
import Interface
import ScreenState
import ViewModels

/// The interactive console: model, screen and event loop, wired together.
@MainActor
final class ConsoleProgram: EventLoopClient {
  private let model: ConsoleModel
  /// The picture that was drawn last.
  private var last: Frame?
  /// What it shows.
  private var shown: ScreenState?
  private var pointer = Pointer()
  /// Opens with the first picture. What it does not need begins behind it.
  private let picture = AsyncGate()
  /// Shows in the terminal's title how many things need the person.
  private let showAttention: (Int) -> Void

  init(model: ConsoleModel, showAttention: @escaping (Int) -> Void = { _ in }) {
    self.model = model
    self.showAttention = showAttention
  }

  static func run(_ invocation: Invocation) async throws(UserError) {
    if LinearProgram.isWanted(invocation) { return try await LinearProgram.run(invocation) }
    let (theme, problem) = try invocation.theme()
    let host = try await ConsoleHost.open(invocation)
    let screen: CursesScreen
    do throws(TerminalError) {
      screen = try CursesScreen(
        environment: invocation.environment, theme: theme,
        mouse: invocation.settings.isOn("mouse", usually: true))
    } catch {
      await host.close()
      throw UserError(
        .failed, code: "terminal", error.description,
        hint:
          "tercet --linear needs no screen, and every command works without one: see tercet --help")
    }
    let model = host.model
    let program = ConsoleProgram(model: model) { screen.setTitle(attention: $0) }
    let loop = EventLoop(screen: screen, client: program)
    host.wire(draw: { screen.show($0) }) { screen.notify(title: "tercet", $0.text) }
    model.context.onChange = { loop.setNeedsDisplay() }
    model.context.program.quit = { loop.end() }
    model.context.program.ring = { screen.ring() }
    let editor = MessageEditor(invocation.environment, profile: host.profile.directory)
    model.context.program.edit = { text in await loop.lend { await editor.edit(text) } }
    model.context.program.copy = { screen.copy($0) }
    model.context.program.redraw = { screen.repaint() }
    model.context.program.firstPicture = { await program.waitForPicture() }
    if let problem { model.tell(problem) }
    let work = Task { await model.run(rows: screen.size.rows) }
    await model.waitForContent()
    let ending = await loop.run()
    editor.close()
    work.cancel()
    // Everything is stored and nothing has failed; a signal has its way all the same.
    if case .signal(let number) = ending {
      await SignalShutdown.end(by: number) { await host.close() }
    }
    await host.close()
  }

  /// Returns when the first picture is on the terminal. A terminal that takes none for a second does
  /// not hold up the rest.
  private func waitForPicture() async {
    await picture.wait(atMost: .seconds(1), time: model.context.hub.environment.time)
  }

  func receive(_ key: Key) {
    switch key {
    case .click(let column, let row):
      let target = pointer.click(column: column, row: row, at: model.context.uptime)
      if let target { model.click(target) }
    case .scroll(let lines, let column, let row):
      if let target = pointer.target(column: column, row: row) {
        model.turnWheel(over: target, by: lines)
      }
    case .focusIn: model.setTerminalFocused(true)
    case .focusOut: model.setTerminalFocused(false)
    default: model.press(key)
    }
  }

  func miss(_ sentence: String) { model.context.warnOnce(NoticeText(.warning, sentence)) }

  func frame(size: Size, isAnswer: Bool = false) -> Frame {
    // A picture that was due before waits as well, for what then has the next one drawn.
    if model.context.isHeld, let last, last.canvas.size == size { return last.held }
    let state = model.screen(rows: size.rows, answering: isAnswer ? shown : nil)
    shown = state
    let frame = ScreenLayout(state).frame(size, after: last)
    showAttention(state.attention)
    model.see(frame.sight)
    last = frame
    pointer.show(frame, at: model.context.uptime)
    // Whoever waits goes on after this picture is shown: both are the main actor's work.
    picture.open()
    return frame
  }
}
