import Accounts
import Clocks
import Control
import Cryptography
import Domain
import Languages
import MaxService
import Phrases
import Processes
import Storage
import Transport

/// One run of a command: its arguments, its settings and where its lines go.
struct Invocation: Sendable {
  let arguments: ParsedArguments
  let settings: Settings
  let output: OutputWriter
  let environment: [String: String]
  let network = Network()
  var time: any TimeSource = SystemTime()
  let random: any RandomSource = SystemRandom()

  /// The services that there are.
  var services: [ServiceDescriptor] { arguments.commands.services }

  var prompt: Prompt { Prompt(output: output) }

  /// What the console speaks; commands and their help are English.
  var language: Language {
    settings["language"].flatMap(Language.init) ?? Language(environment: environment)
  }

  /// Runs `work` with the profile's accounts: those of the process that holds them, or our own.
  ///
  /// - Parameters:
  ///   - isServing: whether commands of other processes may use our accounts meanwhile. A command that
  ///     is soon done would cut theirs short, so they wait for it instead.
  ///   - isDraining: whether what waits in the outbox gets a while to go out, if the accounts are ours.
  ///   - pace: what the time-out is for.
  func withAccounts(
    serving isServing: Bool = false, draining isDraining: Bool = false, pace: Pace = .command,
    _ work: (any RequestRunner) async throws(UserError) -> Void
  ) async throws(UserError) {
    let profile = try self.settings.profile()
    var settings = try runSettings()
    settings.isShortLived = !isServing
    settings.watchesPrices = isServing
    let clock = CommandClock(settings.timeout, time: time)
    let memory = pace == .endless ? WatchMemory(time) : nil
    func timed(_ accounts: any RequestRunner) -> any RequestRunner {
      memory.map { ResumingRunner(base: accounts, memory: $0) }
        ?? TimeLimitedRunner(base: accounts, clock: clock, isPerRequest: pace == .request)
    }
    while true {
      if let lock = try ProfileOwner.lock(profile) {
        let owner = try ProfileOwner(profile, lock: lock, settings: settings, invocation: self)
        if isServing { owner.serve() }
        return try await run(by: owner, clock) { hub throws(UserError) in
          try await resuming(memory) { () async throws(UserError) in try await work(timed(hub)) }
          if isDraining { await hub.drainOutbox() }
        }
      }
      let client = ControlClient(
        path: profile.controlSocketPath, network: network, isPaper: settings.isPaper)
      // Whoever watches goes on, however long others hold the profile.
      let isCut = memory?.isCut ?? false
      let remaining = isCut ? clock.limit : clock.remaining
      if await clock.counting({ await client.isAnswered(within: remaining) }) {
        do throws(UserError) {
          return try await work(timed(client))
        } catch {
          guard let memory, memory.canContinue(after: error), await pause(memory.pause) else {
            throw error
          }
          log("the process that held the accounts has ended: going on without it")
          continue
        }
      }
      guard isCut || clock.remaining > .zero, await clock.counting({ await pause() }) else {
        throw .profileBusy
      }
    }
  }

  /// Runs `work` on accounts of our own; what watches and has outlived others' waits for its servers.
  private func resuming(
    _ memory: WatchMemory?, _ work: () async throws(UserError) -> Void
  ) async throws(UserError) {
    while true {
      do throws(UserError) {
        return try await work()
      } catch {
        guard let memory, memory.canContinue(after: error), await pause(memory.pause) else {
          throw error
        }
      }
    }
  }

  /// What a command's time-out is for.
  enum Pace {
    /// All of the command.
    case command
    /// Each of its requests, between which a person or a script takes its time.
    case request
    /// Reaching the servers: it goes on until it is told to end.
    case endless
  }

  /// Waits a moment; false when the program is to end.
  private func pause(_ duration: Duration = .milliseconds(20)) async -> Bool {
    do {
      try await time.sleep(for: duration)
      return true
    } catch {
      return false
    }
  }

  private func run(
    by owner: ProfileOwner, _ clock: CommandClock,
    _ work: (AccountHub) async throws(UserError) -> Void
  ) async throws(UserError) {
    let logging = logging(owner.hub.environment.changes.listen())
    defer { logging.cancel() }
    let shutdown = SignalShutdown { await owner.close() }
    do throws(UserError) {
      try await work(owner.hub)
      await shutdown.holdIfBegun()
      await close(owner, clock)
    } catch {
      await shutdown.holdIfBegun()
      await close(owner, clock)
      throw error
    }
  }

  /// Gives the accounts a moment to close; a server that does not answer must not keep us.
  private func close(_ owner: ProfileOwner, _ clock: CommandClock) async {
    let deadline = Deadline(max(clock.remaining, CommandClock.closing), time: time)
    do throws(UserError) {
      try await withDeadline(deadline, otherwise: .late(clock.limit)) {
        await owner.close()
      }
    } catch {
      log("the accounts are not closed: \(error.message)")
    }
  }

  /// Logs what a console would show: connections, and notices about what went wrong beside the request.
  private func logging(_ news: AsyncStream<AccountEvent>) -> Task<Void, Never> {
    Task { [log] in
      for await change in news {
        switch change {
        case .connection(let link):
          let cause = link.cause.map { " (\($0.message))" } ?? ""
          log("\(link.service.title): \(link.state.word)\(cause)")
        case .notice(let notice): log([notice.text, notice.hint ?? ""].joined(separator: ". "))
        default: break
        }
      }
    }
  }

  /// - Parameter isOnScreen: whether a console shows what is to be told.
  func runSettings(isOnScreen: Bool = false) throws(UserError) -> HubSettings {
    var run = HubSettings()
    for descriptor in services {
      run[descriptor.service].url = settings["\(descriptor.service.rawValue)-url"]
    }
    run[.max].codec = settings["max-codec"]
    run[.max].clientVersion = settings["max-app-version"]
    run.certificateAuthorityFile = try certificateFile()
    run.timeout = try settings.timeout()
    if let path = settings["record"] {
      run.recorder = try RecordingFile(path, say: isOnScreen ? nil : output.log)
    }
    if let marks = settings["read-marks"].flatMap(ReadMarks.init) { run.readMarks = marks }
    run.isPaper = settings.isOn("paper")
    run.isDryRun = settings.isOn("dry-run")
    try checkAddresses()
    return run
  }

  /// An address that nothing can be done with is said before anything is tried.
  private func checkAddresses() throws(UserError) {
    for descriptor in services {
      let name = "\(descriptor.service.rawValue)-url"
      guard let url = settings[name] else { continue }
      do throws(TransportError) {
        try descriptor.isReachedByHTTP
          ? Network.checkHTTPAddress(url) : Network.checkWebSocketAddress(url)
      } catch {
        throw UserError(
          .usage, code: "bad-address", "\(settings.origin(of: name)): \(error.message)",
          hint: error.hint ?? "")
      }
    }
  }

  /// The file of certificates to trust, which must be one: else every server would seem to be a fraud.
  private func certificateFile() throws(UserError) -> String? {
    guard let path = settings["ca-file"] else { return nil }
    do throws(PEMFile.Failure) {
      _ = try PEMFile.text(of: path, holding: .certificate)
    } catch {
      throw settings.unusable("ca-file", "names \(path), \(error.words)")
    }
    return path
  }

  /// The program that is told what the screen tells, if there is to be one.
  func alertCommand() throws(UserError) -> OperatorCommand? {
    guard let words = settings["alert-command"] else { return nil }
    guard var command = OperatorCommand(words) else {
      throw .usage(
        "\(settings.origin(of: "alert-command")) is no command: \(harmless(words, limit: 60))")
    }
    // Never the console's screen.
    command.log = log
    return command
  }

  /// When nothing makes a sound; nil for never.
  func quietHours() throws(UserError) -> QuietHours? {
    guard let words = settings["quiet-hours"] else { return nil }
    guard let hours = QuietHours(words) else {
      throw settings.unusable("quiet-hours", "needs two times of day, as in 23:00-07:00")
    }
    return hours
  }

  /// A log line for `-v`, on standard error.
  var log: @Sendable (String) -> Void {
    guard arguments.has("v") else { return { _ in } }
    return { [output] line in output.log(line) }
  }
}

extension UserError {
  fileprivate static let profileBusy = UserError(
    .noConnection, code: "profile-busy", "Another tercet is busy with this profile",
    hint: "Try again when it is done, or use another --profile")
}

extension Invocation {
  /// Runs a request and prints its outputs, a line each: their JSON, or `words`.
  ///
  /// With `--watch` the request goes on until the program is interrupted.
  ///
  /// - Parameter done: what an output means that cannot be printed although the request has done
  ///   something; nil says just that.
  func print<R: Request>(
    _ request: R, done: (@Sendable (R.Output) -> Phrase)? = nil,
    words: @escaping @Sendable (R.Output) -> String
  ) async throws(UserError) {
    let output = output
    let isWatching = arguments.has("watch")
    try await withAccounts(serving: isWatching, pace: isWatching ? .endless : .command) {
      accounts throws(UserError) in
      try await accounts.run(request) { answer in
        output.line(
          answer, words(answer),
          done: request.hasEffects ? done?(answer) ?? .doneUnprinted : nil)
      }
    }
  }

  func service(_ name: String) throws(UserError) -> Service {
    guard let descriptor = services.first(where: { $0.service.rawValue == name }) else {
      let names = services.map(\.service.rawValue)
      throw .usage(
        "the services are \(names.dropLast().joined(separator: ", ")) and \(names.last ?? "none")")
    }
    return descriptor.service
  }
}
