import Dispatch
import Glibc
import Phrases
import ScreenState

/// What the event loop serves: something that takes keys and can be drawn.
@MainActor
package protocol EventLoopClient: AnyObject {
  /// A key was pressed.
  func receive(_ key: Key)
  /// Something cannot be shown as it should be, as a sentence says. Once for each reason.
  func miss(_ sentence: String)
  /// What the screen shows now.
  ///
  /// - Parameter isAnswer: a key waits for it, and a whole picture comes soon anyway: what is new where
  ///   the keys are not can wait for that.
  func frame(size: Size, isAnswer: Bool) -> Frame
}

/// Waits for keys, signals and changes, and draws when there is something new to see.
///
/// Between those it sleeps: an idle console uses no processor and writes nothing.
@MainActor
package final class EventLoop {
  /// Why the loop ended.
  package enum Ending: Equatable, Sendable {
    /// `end()` was called.
    case finished
    /// The terminal was closed.
    case hangUp
    /// A signal arrived that ends programs.
    case signal(Int32)
  }

  private let screen: CursesScreen
  private unowned let client: any EventLoopClient
  private let events = TerminalEvents()
  private var alarms: [TerminalEvents.Timer: Task<Void, Never>] = [:]
  /// When the picture has to be drawn anew though nothing happens, as it was arranged last.
  private var tick: Duration?
  private var pacer = FramePacer()
  /// Keys are being handled, which have their picture as soon as they are.
  private var isAnswering = false
  private var isAnswerDue = false
  private var keys = KeyReader()
  private var ending: Ending?

  /// - Parameter client: outlives the loop.
  package init(screen: CursesScreen, client: any EventLoopClient) {
    self.screen = screen
    self.client = client
  }

  /// Serves until `end()`, a signal to end or the terminal's end; the screen is closed then.
  package func run() async -> Ending {
    setNeedsDisplay()
    events.read { [weak self] in self?.handle($0) }
    for await event in events.stream {
      handle(event)
      if ending != nil { break }
    }
    for alarm in alarms.values { alarm.cancel() }
    screen.close()
    events.cancel()
    return ending ?? .finished
  }

  /// Ends the loop after what it does now.
  package func end() {
    finish(.finished)
  }

  /// Something that the screen shows has changed.
  package func setNeedsDisplay() {
    if isAnswering {
      isAnswerDue = true
    } else if let delay = pacer.request(at: Self.now) {
      set(.draw, after: delay)
    }
  }

  /// Stops the program as the terminal's suspend key does elsewhere, until it is continued.
  func suspend() {
    screen.suspend()
    var stop = sigset_t()
    var blocked = sigset_t()
    sigemptyset(&stop)
    sigaddset(&stop, SIGTSTP)
    let listener = signal(SIGTSTP, SIG_DFL)
    // Threads of a dispatch queue block all signals; returns when the program is continued.
    pthread_sigmask(SIG_UNBLOCK, &stop, &blocked)
    raise(SIGTSTP)
    pthread_sigmask(SIG_SETMASK, &blocked, nil)
    signal(SIGTSTP, listener)
    screen.resume()
    setNeedsDisplay()
  }

  /// Lends the terminal to another program while `work` runs. All but keys and pictures goes on.
  package func lend<Result: Sendable>(
    _ work: @MainActor () async -> Result
  ) async -> Result {
    events.holdInput(true)
    screen.suspend()
    let result = await work()
    guard ending == nil else { return result }
    // What was typed last was for the other one.
    tcflush(STDIN_FILENO, TCIFLUSH)
    screen.resume()
    events.holdInput(false)
    client.receive(.resize)
    // At once: nothing of ours is on the terminal.
    draw()
    return result
  }

  private func handle(_ event: TerminalEvents.Event) {
    guard ending == nil else { return }
    switch event {
    case .input(let bytes):
      receive(keys.read(bytes, at: Self.now))
      for report in keys.takeReports() where screen.receive(report) { setNeedsDisplay() }
      set(.pause, after: keys.patience)
    case .alarm(.pause): receive(keys.pause(at: Self.now))
    case .alarm(.draw):
      guard pacer.isFrameDue else { return }
      pacer.drawn(at: Self.now)
      draw()
    case .alarm(.tick):
      tick = nil
      setNeedsDisplay()
    case .hangUp: finish(.hangUp)
    case .signal(SIGTSTP): suspend()
    case .signal(SIGCONT):
      // Whoever had the terminal while the program was stopped has left something on it.
      if screen.isOpen { screen.resume() }
      setNeedsDisplay()
    case .signal(SIGWINCH):
      screen.resize()
      client.receive(.resize)
      setNeedsDisplay()
    case .signal(let number): finish(.signal(number))
    }
  }

  /// Handles keys and shows at once what they do, whenever the last picture was drawn.
  private func receive(_ keys: [Key]) {
    isAnswering = true
    for key in keys where ending == nil {
      if key == .control("z") {
        suspend()
      } else {
        client.receive(key)
      }
    }
    isAnswering = false
    guard isAnswerDue, ending == nil else { return }
    isAnswerDue = false
    draw(isAnswer: pacer.isFrameDue)
  }

  private func draw(isAnswer: Bool = false) {
    guard screen.isOpen else { return }
    let frame = client.frame(size: screen.size, isAnswer: isAnswer)
    screen.present(frame.canvas)
    events.listenForEnds()
    if frame.canvas.isTurned, BidiParagraph.takeFailure() { client.miss(Phrase.noBidi.text) }
    setTick(after: frame.nextChange)
  }

  /// Most pictures wait for the same moment as the one before, which is arranged already.
  private func setTick(after delay: Duration?) {
    let moment = delay.map { Self.now + $0 }
    if let moment, let tick {
      let gap = moment - tick
      if gap > .milliseconds(-2), gap < .milliseconds(2) { return }
    }
    tick = moment
    set(.tick, after: delay)
  }

  private func finish(_ reason: Ending) {
    if ending == nil { ending = reason }
    // Wakes the loop in case it waits.
    events.continuation.yield(.alarm(.tick))
  }

  /// Arranges one alarm of each kind; the time set before is forgotten.
  private func set(_ alarm: TerminalEvents.Timer, after delay: Duration?) {
    alarms.removeValue(forKey: alarm)?.cancel()
    guard let delay else { return }
    guard delay > .zero else {
      events.continuation.yield(.alarm(alarm))
      return
    }
    alarms[alarm] = Task { [continuation = events.continuation] in
      // Throws only when cancelled, which is the whole message.
      guard (try? await Task.sleep(for: delay)) != nil else { return }
      continuation.yield(.alarm(alarm))
    }
  }

  private static var now: Duration {
    .nanoseconds(DispatchTime.now().uptimeNanoseconds)
  }
}

/// Decides when to draw what nobody has pressed a key for: the first change at once, a storm of changes
/// at most 60 times a second.
struct FramePacer {
  /// Time between two frames.
  static let interval: Duration = .microseconds(16_667)

  private var lastFrame: Duration?
  /// A frame is arranged, and has not been drawn yet.
  private(set) var isFrameDue = false

  /// Something changed.
  ///
  /// - Parameter now: on a clock that never jumps.
  /// - Returns: how long from now to draw; nil when that is arranged already.
  mutating func request(at now: Duration) -> Duration? {
    guard !isFrameDue else { return nil }
    isFrameDue = true
    guard let lastFrame else { return .zero }
    return max(.zero, lastFrame + Self.interval - now)
  }

  /// The frame is drawn now.
  mutating func drawn(at now: Duration) {
    isFrameDue = false
    lastFrame = now
  }
}
