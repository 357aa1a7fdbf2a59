import Accounts
import Clocks
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
    invocation.language.vocabulary.use()
    invocation.displayForms.use()
    let (theme, problem) = try invocation.theme()
    let isSandbox = invocation.arguments.has("sandbox")
    var invocation = invocation
    if isSandbox, let start = try SandboxWorld.scenario(of: invocation.arguments).start {
      invocation.time = ShiftedTime(startingAt: start)
    }
    let world = isSandbox ? try await SandboxWorld.start(invocation) : nil
    let profile = if let world { world.profile } else { try invocation.settings.profile() }
    guard let lock = try ProfileOwner.lock(profile) else { throw .profileInUse }
    var settings = try invocation.runSettings(isOnScreen: true)
    world?.adjust(&settings)
    settings.dataDirectory = profile.directory
    settings.watchesPrices = true
    let owner = try ProfileOwner(profile, lock: lock, settings: settings, invocation: invocation)
    if let world, world.isSignedIn { try await world.signIn(on: owner.hub) }
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
        hint:
          "tercet --linear needs no screen, and every command works without one: see tercet --help")
    }
    let model = ConsoleModel(hub: owner.hub, guide: world?.guide)
    let program = ConsoleProgram(model: model) { screen.setTitle(attention: $0) }
    let loop = EventLoop(screen: screen, client: program)
    model.context.onChange = { loop.setNeedsDisplay() }
    model.context.program.quit = { loop.end() }
    model.context.program.ring = { screen.ring() }
    let editor = MessageEditor(invocation.environment, profile: profile.directory)
    model.context.program.edit = { text in await loop.lend { await editor.edit(text) } }
    let console = ConsoleSettings(
      invocation, draw: { screen.show($0) },
      usePictures: { [context = model.context] in context.program.pictures = $0 })
    model.context.program.settings = { console.access }
    if let problem { model.tell(problem) }
    model.bind(invocation.settings.bindings, of: invocation.settings.path ?? "")
    try model.tellAlerts(of: invocation) { screen.notify(title: "tercet", $0.text) }
    model.context.program.pictures = invocation.pictureUse
    model.context.program.picture = { await PictureReader.read($0) }
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
    editor.close()
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

extension ConsoleModel {
  /// Has alerts told on the desktop, and to the person's own program.
  func tellAlerts(
    of invocation: Invocation, onDesktop show: @escaping @MainActor (ConsoleAlert) -> Void
  ) throws(UserError) {
    context.program.quietHours = try invocation.quietHours()
    let command = try invocation.alertCommand()
    context.program.alert = { [context] alert in
      show(alert)
      guard let command else { return }
      let values = ["{event}": alert.event, "{subject}": alert.subject, "{text}": alert.text]
      Task {
        guard case .notStarted(let reason) = await command.end(of: values) else { return }
        context.warnOnce(
          NoticeText.programMissing(command.program, setting: "alert-command", reason))
      }
    }
  }
}

extension UserError {
  static let profileInUse = UserError(
    .failed, code: "profile-in-use", "Another tercet has this profile open",
    hint: "Close it, or use another --profile; commands work beside it")
}
