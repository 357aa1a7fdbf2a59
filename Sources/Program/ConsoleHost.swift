import Accounts
import Clocks
import Domain
import Interface
import Processes
import Storage
import ViewModels

/// What a console works on, with a screen or line by line: a profile with its accounts and models and, for
/// the sandbox, its servers.
@MainActor
struct ConsoleHost {
  /// With the clock that the scenario begins by.
  let invocation: Invocation
  let profile: Profile
  let model: ConsoleModel
  private let owner: ProfileOwner
  private let world: SandboxWorld?
  private let alertCommand: OperatorCommand?

  static func open(_ invocation: Invocation) async throws(UserError) -> ConsoleHost {
    invocation.language.vocabulary.use()
    invocation.displayForms.use()
    // What may be wrong with the settings is found before there is anything to close.
    let (quietHours, alertCommand) = (try invocation.quietHours(), try invocation.alertCommand())
    var settings = try invocation.runSettings(isOnScreen: true)
    let isSandbox = invocation.arguments.has("sandbox")
    var invocation = invocation
    if isSandbox, let start = try SandboxWorld.scenario(of: invocation.arguments).start {
      invocation.time = ShiftedTime(startingAt: start)
    }
    let world = isSandbox ? try await SandboxWorld.start(invocation) : nil
    do throws(UserError) {
      let profile = if let world { world.profile } else { try invocation.settings.profile() }
      guard let lock = try ProfileOwner.lock(profile) else { throw .profileInUse }
      world?.adjust(&settings)
      settings.dataDirectory = profile.directory
      settings.watchesPrices = true
      let owner = try ProfileOwner(
        profile, lock: lock, settings: settings, invocation: invocation)
      if let world, world.isSignedIn { try await world.signIn(on: owner.hub) }
      let model = ConsoleModel(hub: owner.hub, guide: world?.guide)
      model.context.program.quietHours = quietHours
      return ConsoleHost(
        invocation: invocation, profile: profile, model: model, owner: owner, world: world,
        alertCommand: alertCommand)
    } catch {
      await world?.stop()
      throw error
    }
  }

  /// Gives the models what they need of the program whatever shows them.
  ///
  /// - Parameters:
  ///   - draw: has everything shown in a theme.
  ///   - notify: tells on the desktop.
  func wire(
    draw: @escaping @MainActor (Theme) -> Void = { _ in },
    notify: @escaping @MainActor (ConsoleAlert) -> Void = { _ in }
  ) {
    let context = model.context
    let settings = ConsoleSettings(
      invocation, draw: draw, usePictures: { context.program.pictures = $0 })
    context.program.settings = { settings.access }
    context.program.pictures = invocation.pictureUse
    context.program.picture = { await PictureReader.read($0) }
    if let opener = LinkOpener(invocation.environment, log: invocation.log) {
      context.program.open = { await opener.open($0) }
    }
    context.program.alert = { [alertCommand] alert in
      notify(alert)
      guard let alertCommand else { return }
      let values = ["{event}": alert.event, "{subject}": alert.subject, "{text}": alert.text]
      Task {
        guard case .notStarted(let reason) = await alertCommand.end(of: values) else { return }
        context.warnOnce(
          NoticeText.programMissing(alertCommand.program, setting: "alert-command", reason))
      }
    }
    context.program.complete = { [owner, model] in
      // Away from the keys: two libraries are loaded for it.
      Task.detached {
        if let failure = owner.serve() { await model.tell(failure) }
      }
    }
    model.bind(invocation.settings.bindings, of: invocation.settings.path ?? "")
  }

  func close() async {
    await owner.close()
    await world?.stop()
  }
}
