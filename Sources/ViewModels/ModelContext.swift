import Accounts
import Clocks
import Domain
import ScreenState
import Transport

/// What view models share: the hub they ask, the clock they read, and the way to the screen.
@MainActor
package final class ModelContext {
  /// What only the program around the models can do.
  package struct Program: Sendable {
    /// Ends the console.
    package var quit: @MainActor @Sendable () -> Void = {}
    /// Rings the terminal's bell.
    package var ring: @MainActor @Sendable () -> Void = {}
    /// Tells something outside the screen, besides the bell.
    package var alert: @MainActor @Sendable (ConsoleAlert) -> Void = { _ in }
    /// Puts a text where pasting takes it from, if the terminal allows that.
    package var copy: @MainActor @Sendable (String) -> Void = { _ in }
    /// Hands a web address to what opens such here; returns why that failed. Nil where nothing does.
    package var open: (@MainActor @Sendable (String) async -> String?)?
    /// When nothing makes a sound.
    package var quietHours: QuietHours?
    /// Has a text changed by the person's own editor, which takes the whole terminal meanwhile; returns
    /// it as it is then, without a line's end behind it. Nil where there is no terminal for one.
    package var edit: (@MainActor @Sendable (String) async -> Result<String, UserError>)?
    /// When pictures are brought here.
    package var pictures = PictureUse.ask
    /// Reads a picture's file.
    package var picture: PictureReading = { _ in .failure(PictureFailure(.pictureUnknown)) }
    /// What of the settings can be changed, as they are now.
    package var settings: @MainActor @Sendable () -> SettingsAccess = { .none }
    /// Returns when the first picture is on the terminal.
    package var firstPicture: @MainActor @Sendable () async -> Void = {}
    /// All lists have been read.
    package var complete: @MainActor @Sendable () -> Void = {}
    /// Draws the next picture in full, whatever is on the terminal.
    package var redraw: @MainActor @Sendable () -> Void = {}
  }

  package let hub: AccountHub
  let time: any TimeSource
  let zone: LocalTime.Zone
  let notices: NoticesModel
  private var typing = TypingAids()
  /// The files that dialogs name.
  package var files: PathCompletion {
    get { typing.files }
    set { typing.files = newValue }
  }
  /// Opens when there is something to show.
  let hasContent = AsyncGate()
  /// What the program does for the models; nothing until it is set.
  package var program = Program()
  /// The text that was killed last, in whatever field.
  var killed: String {
    get { typing.killed }
    set { typing.killed = newValue }
  }
  /// What was chosen in the palette lately.
  var recent: RecentChoices {
    get { typing.recent }
    set { typing.recent = newValue }
  }
  /// What is out of sight of the picture that was drawn last.
  var scrollLimits = ScrollLimits()
  /// Called whenever something looks different; the screen coalesces.
  package var onChange: () -> Void {
    get { { [weak self] in self?.change() } }
    set { show = newValue }
  }
  private var show: () -> Void = {}
  /// What the next picture waits for.
  private var holds = PictureHolds()
  /// Whether the next picture waits for something that was asked for.
  package var isHeld: Bool { !holds.isEmpty }

  init(hub: AccountHub, zone: LocalTime.Zone) {
    self.hub = hub
    self.zone = zone
    time = hub.environment.time
    notices = NoticesModel(time: time)
    notices.onStoreFailure = { [hub] in hub.environment.noteTrouble() }
    notices.onChange = { [weak self] in self?.onChange() }
  }

  /// Wall ms: for times of day.
  var now: Int64 { time.wallTime }
  /// Milliseconds of a clock that nobody sets: for all that waits or counts down.
  package var uptime: Int64 { time.uptime.milliseconds }

  /// Whether nothing makes a sound now.
  var isQuiet: Bool {
    program.quietHours?.contain(LocalTime(milliseconds: now, zone: zone)) ?? false
  }

  private func change() {
    if !isHeld { show() }
  }

  /// Keeps the picture as it is until what was asked for has been read, so that no half of it is
  /// shown. A store that is busy for longer has the empty picture come first.
  func hold() -> Int {
    let hold = holds.add()
    Task {
      // Cancelled or not: either way the waiting is over.
      try? await time.sleep(for: .milliseconds(500))
      release(hold)
    }
    return hold
  }

  /// Lets the next picture come.
  func release(_ hold: Int) {
    if holds.remove(hold) { change() }
  }

  /// Says something that need not be said twice.
  package func warnOnce(_ text: NoticeText) { notices.showOnce(text) }

  /// Starts work that the person asked for; it counts as busy until it is done.
  ///
  /// - Parameter isSeen: whether the screen changes with its beginning and its end.
  func start(
    _ name: String, isSeen: Bool = true, _ work: @escaping @MainActor () async -> Void
  ) {
    hub.environment.busy.begin(name)
    if isSeen { onChange() }
    Task {
      await work()
      hub.environment.busy.end(name)
      if isSeen { onChange() }
    }
  }

  /// Like `start`, with a failure shown as a notice.
  func attempt(
    _ name: String, _ work: @escaping @MainActor () async throws(UserError) -> Void
  ) {
    start(name) { [notices] in
      do throws(UserError) {
        try await work()
      } catch {
        notices.show(error)
      }
    }
  }
}

/// What all fields that are typed into have in common.
private struct TypingAids {
  var files = PathCompletion.system
  var killed = ""
  var recent = RecentChoices()
}

/// What the next picture waits for, each by a number of its own.
private struct PictureHolds {
  private var numbers: Set<Int> = []
  private var last = 0

  var isEmpty: Bool { numbers.isEmpty }

  mutating func add() -> Int {
    last += 1
    numbers.insert(last)
    return last
  }

  /// False for one that is over already.
  mutating func remove(_ number: Int) -> Bool { numbers.remove(number) != nil }
}
