import Accounts
import Cryptography
import Domain
import Files
import FoundationEssentials
import MaxService
import Phrases
import Sandbox
import Storage
import TextSecureService
import TradingService
import Transport
import ViewModels

/// The servers of `tercet --sandbox`, in this process, and what a person needs to use them.
struct SandboxWorld: Sendable {
  let profile: Profile
  let guide: SandboxGuide
  /// Whether a person is signed in to everything from the start.
  let isSignedIn: Bool
  private let sandbox: Sandbox
  /// Where the profile lies that is gone with the world; nil for one that stays.
  private let passing: String?

  /// What happens in the sandbox of a run.
  static func scenario(of arguments: ParsedArguments) throws(UserError) -> Scenario {
    guard let name = arguments["scenario"] else { return .everyday }
    do throws(SandboxError) { return try Scenario(named: name) } catch { throw UserError(error) }
  }

  /// Starts the servers; the profile's data lies beside the real ones.
  static func start(_ invocation: Invocation) async throws(UserError) -> SandboxWorld {
    var options = SandboxOptions()
    do {
      options.scenario = try scenario(of: invocation.arguments)
      // One that begins at the same moment each time finds nothing that was later.
      let isPassing = options.scenario.start != nil && invocation.arguments["data-dir"] == nil
      let passing = isPassing ? try TemporaryDirectory.make() : nil
      let profile =
        try passing.map { Profile(directory: $0) } ?? invocation.settings.sandboxProfile()
      options.epoch = try epoch(in: profile, now: invocation.time.wallTime)
      // So that what was said and bought is still there after a restart, as on the real servers.
      options.worldDirectory = profile.directory
      options.relayDirectory = "\(profile.directory)/relay"
      let sandbox = try await Sandbox.start(
        options, network: invocation.network, time: invocation.time)
      return SandboxWorld(
        profile: profile, guide: SandboxGuide(sandbox), isSignedIn: options.scenario == .tour,
        sandbox: sandbox, passing: passing)
    } catch let error as SandboxError {
      throw UserError(error)
    } catch let error as UserError {
      throw error
    } catch {
      throw UserError(
        .failed, code: "sandbox", String(describing: error), hint: Phrase.tryAgain.text)
    }
  }

  /// When this sandbox was first opened: its people keep their history over restarts.
  private static func epoch(in profile: Profile, now: Int64) throws(UserError) -> Int64 {
    do throws(StorageError) {
      try profile.prepare()
    } catch {
      throw UserError(error)
    }
    let path = "\(profile.directory)/sandbox-epoch"
    if let data = FileManager.default.contents(atPath: path),
      let epoch = Int64(String(decoding: data, as: UTF8.self))
    {
      return epoch
    }
    do throws(FileError) {
      try RewrittenFile.change(path) { _ in Array(String(now).utf8) }
    } catch {
      throw UserError(
        .failed, code: "storage", "\(path) cannot be written: \(error.reason)",
        hint: "Check the directory, or name another with --data-dir")
    }
    return now
  }

  /// Points the hub at these servers, whatever else was set.
  func adjust(_ settings: inout HubSettings) {
    settings[.max].url = sandbox.endpoints.maxURL
    settings[.trading].url = sandbox.endpoints.tradingURL
    settings[.textsecure].url = sandbox.endpoints.textsecureURL
    settings.isSandbox = true
  }

  /// Signs in to everything with the sandbox's own answers, unless somebody is signed in.
  func signIn(on hub: AccountHub) async throws(UserError) {
    guard try await hub.lines(of: ShowStatus()).allSatisfy({ $0.account == nil }) else { return }
    for (service, way) in [(Service.max, "code"), (.textsecure, "sms"), (.trading, "")] {
      let known = (guide.answers[service] ?? [:]).mapValues { Secret($0) }
      let answers = way.isEmpty ? SignInAnswers(known) : SignInAnswers(way: way, known)
      try await hub.run(SignIn(service: service, answers: answers)) { _ in }
      guard !way.isEmpty, let code = await guide.messages.first(where: { _ in true })?.code else {
        continue
      }
      try await hub.run(EnterCode(service: service, code: code)) { _ in }
    }
  }

  func stop() async {
    await sandbox.stop()
    if let passing { TemporaryDirectory.remove(passing) }
  }
}

extension SandboxGuide {
  /// The sandbox's phone number and keys, and the codes it sends.
  init(_ sandbox: Sandbox) {
    let (messages, continuation) = AsyncStream.makeStream(
      of: Message.self, bufferingPolicy: .bufferingNewest(16))
    let task = Task {
      for await event in sandbox.events {
        if case .sms(_, let number, let code) = event {
          continuation.yield(Message(number: number, code: code))
        }
      }
      continuation.finish()
    }
    continuation.onTermination = { _ in task.cancel() }
    self.init(
      answers: [
        .max: ["phone": sandbox.endpoints.numbers.main],
        .trading: [
          "key": sandbox.endpoints.tradingKey, "secret": sandbox.endpoints.tradingSecret.revealed,
        ],
        .textsecure: ["number": "+14155550101"],
      ],
      password: sandbox.endpoints.numbers.password, messages: messages)
  }
}
