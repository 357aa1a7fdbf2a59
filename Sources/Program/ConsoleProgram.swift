import Accounts
import Domain
import Interface
import Sandbox
import ScreenState
import Storage
import Transport
import ViewModels

/// The interactive console: model, screen and event loop, wired together.
@MainActor
final class ConsoleProgram: EventLoopClient {
  private let model: ConsoleModel
  /// The picture that was drawn last.
  private var last: Frame?
  private var pointer = Pointer()
  /// Opens with the first picture. What it does not need begins behind it.
  private let picture = AsyncGate()

  init(model: ConsoleModel) { self.model = model }

  static func run(_ invocation: Invocation) async throws(UserError) {
    invocation.language.vocabulary.use()
    let (theme, problem) = try invocation.theme()
    let isSandbox = invocation.arguments.has("sandbox")
    let world = isSandbox ? try await SandboxWorld.start(invocation) : nil
    let profile = if let world { world.profile } else { try invocation.settings.profile() }
    guard let lock = try ProfileOwner.lock(profile) else { throw .profileInUse }
    var settings = try invocation.runSettings(isOnScreen: true)
    world?.adjust(&settings)
    settings.dataDirectory = profile.directory
    settings.watchesPrices = true
    let owner = try ProfileOwner(profile, lock: lock, settings: settings, invocation: invocation)
    let screen: CursesScreen
    do throws(TerminalError) {
      screen = try CursesScreen(
        environment: invocation.environment, theme: theme,
        mouse: invocation.settings.isOn("mouse", usually: true))
    } catch {
      await owner.close()
      await world?.stop()
      throw UserError(
        .failed, code: "terminal", error.description,
        hint: "Every command works without a screen: see tercet --help")
    }
    let model = ConsoleModel(hub: owner.hub, guide: world?.guide)
    let program = ConsoleProgram(model: model)
    let loop = EventLoop(screen: screen, client: program)
    model.context.onChange = { loop.setNeedsDisplay() }
    model.context.program.quit = { loop.end() }
    model.context.program.ring = { screen.ring() }
    let console = ConsoleSettings(invocation, screen: screen)
    model.context.program.settings = { console.access }
    if let problem { model.tell(problem) }
    let command = try invocation.alertCommand()
    model.context.program.alert = { alert in
      screen.notify(title: "tercet", alert.text)
      guard let command else { return }
      let values = ["{event}": alert.event, "{subject}": alert.subject, "{text}": alert.text]
      Task {
        guard case .notStarted(let reason) = await command.end(of: values) else { return }
        model.context.warnOnce(
          NoticeText.programMissing(command.program, setting: "alert-command", reason))
      }
    }
    model.context.program.copy = { screen.copy($0) }
    if let opener = LinkOpener(invocation.environment, log: invocation.log) {
      model.context.program.open = { await opener.open($0) }
    }
    model.context.program.redraw = { screen.repaint() }
    model.context.program.firstPicture = { await program.waitForPicture() }
    model.context.program.complete = {
      // Away from the keys: two libraries are loaded for it.
      Task.detached {
        if let failure = owner.serve() { await model.tell(failure) }
      }
    }
    let work = Task { await model.run(rows: screen.size.rows) }
    await model.waitForContent()
    let ending = await loop.run()
    work.cancel()
    // Everything is stored and nothing has failed; a signal has its way all the same.
    if case .signal(let number) = ending {
      await SignalShutdown.end(by: number) {
        await owner.close()
        await world?.stop()
      }
    }
    await owner.close()
    await world?.stop()
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
    default: model.press(key)
    }
  }

  func frame(size: Size) -> Frame {
    // A picture that was due before waits as well, for what then has the next one drawn.
    if model.context.isHeld, let last, last.canvas.size == size { return last.held }
    let frame = ScreenLayout(model.screen(rows: size.rows)).frame(size, after: last)
    model.see(frame.sight)
    last = frame
    pointer.show(frame, at: model.context.uptime)
    // Whoever waits goes on after this picture is shown: both are the main actor's work.
    picture.open()
    return frame
  }
}

extension UserError {
  static let profileInUse = UserError(
    .failed, code: "profile-in-use", "Another tercet has this profile open",
    hint: "Close it, or use another --profile; commands work beside it")
}
