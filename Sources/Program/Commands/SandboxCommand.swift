import Cryptography
import Domain
import Phrases
import Sandbox
import Storage
import Transport

extension Subcommand {
  static let sandbox = Subcommand(
    path: ["sandbox"], summary: "the servers on loopback, in the foreground, telling what happens",
    options: [
      .value("port", "BASE", "first port; 0 takes free ones (default: 0)"),
      .value(
        "scenario", "NAME", "what the accounts hold and how much happens",
        .oneOf(Scenario.allCases.map(\.rawValue))),
      .flag("tls", "serve wss:// with a certificate made for the run"),
      .value("seed", "N", "everything random follows from it (default: 1)"),
      .value(
        "faults", "SPEC", "what goes wrong on purpose: name[=value][@n],…", .someOf(Fault.offers)),
    ],
    isStream: true,
    topics: [
      Topic(
        title: "faults, @n for the n-th time alone (trading first, then MAX)",
        rows: Fault.table.map { ($0.form, $0.summary) })
    ]
  ) { invocation throws(UserError) in
    let arguments = invocation.arguments
    var options = SandboxOptions()
    options.portBase = UInt16(try arguments.integer("port", in: 0...65_530) ?? 0)
    options.seed = UInt64(try arguments.integer("seed", in: 0...Int.max) ?? 1)
    options.tls = arguments.has("tls")
    if let directory = arguments["data-dir"], !directory.isEmpty {
      let profile = Profile(directory: directory)
      do throws(StorageError) { try profile.prepare() } catch { throw UserError(error) }
      (options.worldDirectory, options.relayDirectory) = (directory, "\(directory)/relay")
    }
    let sandbox: Sandbox
    do {
      if let name = arguments["scenario"] { options.scenario = try Scenario(named: name) }
      if let faults = arguments["faults"] { options.faults = try FaultPlan(parsing: faults) }
      if options.tls { options.certificateDirectory = try TemporaryDirectory.make() }
      sandbox = try await Sandbox.start(
        options, network: invocation.network, time: invocation.time)
    } catch let error as SandboxError {
      throw UserError(error)
    } catch {
      throw UserError(
        .failed, code: "sandbox", String(describing: error), hint: Phrase.tryAgain.text)
    }
    let stopSignal = StopSignal()
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        for await event in sandbox.events { invocation.output.raw(OutputWriter.json(event)) }
      }
      group.addTask { await stopSignal.wait() }
      await group.next()
      await sandbox.stop()
      group.cancelAll()
    }
    if let directory = options.certificateDirectory { TemporaryDirectory.remove(directory) }
  }
}

extension UserError {
  init(_ error: SandboxError) {
    switch error {
    case .unknownScenario, .unknownFault, .badFault, .cannotListen:
      self.init(
        .usage, code: "sandbox", error.description,
        hint: "`tercet sandbox --help` lists what there is")
    case .certificate, .world, .relay, .contacts, .transport:
      self.init(.failed, code: "sandbox", error.description, hint: Phrase.tryAgain.text)
    }
  }
}
