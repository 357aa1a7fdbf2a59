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
  private let sandbox: Sandbox

  /// Starts the servers; the profile's data lies beside the real ones.
  static func start(_ invocation: Invocation) async throws(UserError) -> SandboxWorld {
    var options = SandboxOptions()
    do {
      if let name = invocation.arguments["scenario"] {
        options.scenario = try Scenario(named: name)
      }
      let profile = try invocation.settings.sandboxProfile()
      options.epoch = try epoch(in: profile, now: invocation.time.wallTime)
      // So that what was said and bought is still there after a restart, as on the real servers.
      options.worldDirectory = profile.directory
      options.relayDirectory = "\(profile.directory)/relay"
      let sandbox = try await Sandbox.start(
        options, network: invocation.network, time: invocation.time)
      return SandboxWorld(
        profile: profile, guide: SandboxGuide(sandbox), sandbox: sandbox)
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

  func stop() async { await sandbox.stop() }
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
