import Transport

/// What view models share: the desk they ask, the clock they read, and the way to the screen.
@MainActor
public final class ModelContext {
  /// What only the program around the models can do.
  public struct Program: Sendable {
    /// Ends the console.
    public var quit: @MainActor @Sendable () -> Void = {}
    /// Rings the terminal's bell.
    public var ring: @MainActor @Sendable () -> Void = {}
    /// Tells something outside the screen, besides the bell.
    public var alert: @MainActor @Sendable (ConsoleAlert) -> Void = { _ in }
    /// Puts a text where pasting takes it from, if the terminal allows that.
    public var copy: @MainActor @Sendable (String) -> Void = { _ in }
    /// Draws the next picture in full, whatever is on the terminal.
    public var redraw: @MainActor @Sendable () -> Void = {}
  }

  let desk: Desk
  let time: any TimeSource
  let zone: LocalTime.Zone
  let notices: NoticesModel
  /// The files that dialogs name.
  var files = PathCompletion.system
  /// Opens when there is something to show.
  let hasContent = Latch()
  /// What the program does for the models; nothing until it is set.
  public var program = Program()
  /// Called whenever something looks different; the screen coalesces.
  public var onChange: () -> Void = {}

  init(desk: Desk, zone: LocalTime.Zone) {
    self.desk = desk
    self.zone = zone
    time = desk.context.time
    notices = NoticesModel(time: time)
    notices.onChange = { [weak self] in self?.onChange() }
  }

  var now: Int64 { time.wallTime }

  /// Starts work that the person asked for; it counts as busy until it is done.
  func start(_ name: String, _ work: @escaping @MainActor () async -> Void) {
    desk.context.busy.begin(name)
    onChange()
    Task {
      await work()
      desk.context.busy.end(name)
      onChange()
    }
  }

  /// Like `start`, with a failure shown as a notice.
  func attempt(
    _ name: String, _ work: @escaping @MainActor () async throws(ConsoleError) -> Void
  ) {
    start(name) { [notices] in
      do throws(ConsoleError) {
        try await work()
      } catch {
        notices.show(error)
      }
    }
  }
}
