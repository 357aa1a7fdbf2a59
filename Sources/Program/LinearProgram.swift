import Domain
import Glibc
import Interface
import ScreenState
import ViewModels

/// The console line by line: for screen readers, for terminals that can do nothing but print, and
/// through a pipe.
@MainActor
enum LinearProgram {
  /// Asked for by the flag, or by `ACCESSIBLE` as other programs understand it.
  nonisolated static func isWanted(_ invocation: Invocation) -> Bool {
    let wish = invocation.environment["ACCESSIBLE"] ?? ""
    return invocation.arguments.has("linear")
      || !["", "0", "false", "no"].contains(wish.lowercased())
  }

  static func run(_ invocation: Invocation) async throws(UserError) {
    let host = try await ConsoleHost.open(invocation)
    let model = host.model
    let session = LinearSession(
      model,
      dialogLines: {
        LinearText.lines($0, now: $1.now, uptime: $1.uptime, zone: $1.zone)
      },
      say: { invocation.output.words($0) })
    let lines = LinearLines(session)
    host.wire()
    model.context.onChange = { lines.setNeedsNews() }
    model.context.program.quit = { lines.end() }
    model.context.program.copy = { invocation.output.words($0) }
    let work = Task { await model.run() }
    await model.waitForContent()
    session.start()
    let shutdown = SignalShutdown { await host.close() }
    var failure: UserError?
    do throws(UserError) {
      try await lines.serve()
    } catch {
      failure = error
    }
    await shutdown.holdIfBegun()
    work.cancel()
    await host.close()
    if let failure { throw failure }
  }
}

/// Lines from standard input for a session, and its news as they come.
@MainActor
final class LinearLines {
  private let session: LinearSession
  private let input = InputLines()
  private var isNewsDue = false
  private var isOver = false
  private let (wakes, wake) = AsyncStream.makeStream(
    of: Void.self, bufferingPolicy: .bufferingNewest(1))

  init(_ session: LinearSession) { self.session = session }

  /// Something has changed: it is said once for all that changes together.
  func setNeedsNews() {
    guard !isNewsDue else { return }
    isNewsDue = true
    Task {
      isNewsDue = false
      session.changed()
      wake.yield()
    }
  }

  func end() {
    isOver = true
    wake.yield()
  }

  /// Takes lines until there are no more, or until it is ended.
  func serve() async throws(UserError) {
    let reading = Task { () -> UserError? in
      do throws(UserError) {
        while !isOver, let line = try await next() {
          // What waits in a pipe already is not meant for what was asked before.
          await settle()
          session.receive(line)
          await settle()
        }
        end()
        return nil
      } catch {
        end()
        return error
      }
    }
    while !isOver {
      for await _ in wakes where isOver { break }
    }
    reading.cancel()
    if let failure = await reading.value { throw failure }
  }

  /// Waits until what was asked for is there.
  private func settle() async {
    while session.isBusy, !isOver, !Task.isCancelled {
      do {
        try await Task.sleep(for: .milliseconds(20))
      } catch {
        return
      }
    }
  }

  /// A secret is not shown as it is typed.
  private func next() async throws(UserError) -> String? {
    var modes = termios()
    guard session.isSecret, tcgetattr(STDIN_FILENO, &modes) == 0 else {
      return try await input.next()
    }
    var silent = modes
    silent.c_lflag &= ~tcflag_t(ECHO)
    tcsetattr(STDIN_FILENO, TCSANOW, &silent)
    defer { tcsetattr(STDIN_FILENO, TCSANOW, &modes) }
    return try await input.next()
  }
}
