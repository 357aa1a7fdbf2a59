import Accounts
import Clocks
import Domain
import Glibc
import Storage
import Transport

extension Subcommand {
  static let doctor = Subcommand(
    path: ["doctor"],
    summary: "check data, terminal and servers, and say what is wrong"
  ) { invocation throws(UserError) in
    let isWell = try await Doctor(invocation: invocation).examine { finding in
      invocation.output.line(
        finding, "\(finding.ok ? "✓" : "✗") \(finding.check): \(harmless(finding.detail))")
    }
    guard isWell else {
      throw UserError(
        .failed, code: "unwell", "Something is wrong", hint: "See the lines marked ✗")
    }
  }
}

/// Checks of everything that can keep the program from working, each with a plain finding.
struct Doctor: Sendable {
  let invocation: Invocation

  /// Runs every check; none keeps the next one from running, and all those that wait for a server do so
  /// at once. Findings come in the same order all the same.
  func examine(_ report: (FindingOutput) -> Void) async throws(UserError) -> Bool {
    var isWell = true
    func tell(_ finding: FindingOutput) {
      isWell = isWell && finding.ok
      report(finding)
    }
    func tell(_ check: String, _ ok: Bool, _ detail: String) {
      tell(FindingOutput(check: check, ok: ok, detail: detail))
    }
    tell("version", true, TercetProgram.version)
    let settings = try invocation.runSettings()
    let (isUsable, finding) = examine(try invocation.settings.profile())
    tell("data", isUsable, finding)
    var outside: Task<[FindingOutput], Never>?
    if isUsable {
      do throws(UserError) {
        // Asked of whoever holds the profile: the store has one writer, and opening it may write.
        try await invocation.withAccounts { accounts throws(UserError) in
          for finding in try await accounts.lines(of: ExamineStore()) { tell(finding) }
          outside = examining(try await accounts.lines(of: ListServers()), settings)
          for finding in try await accounts.lines(of: ExamineTextSecure()) { tell(finding) }
        }
      } catch {
        tell("database", false, error.sentences)
      }
    }
    examineTerminal(tell)
    try examineAlerts(tell)
    let examination = outside ?? examining([], settings)
    let findings = await withTaskCancellationHandler {
      await examination.value
    } onCancel: {
      examination.cancel()
    }
    for finding in findings { tell(finding) }
    return isWell
  }

  /// The examination of all servers, under way from now on.
  ///
  /// - Parameter servers: where they are, as far as the profile knows.
  private func examining(
    _ servers: [ServerOutput], _ settings: HubSettings
  ) -> Task<[FindingOutput], Never> {
    Task { await examineServers(servers, settings) }
  }

  /// All at once, so that they take no longer together than the slowest.
  private func examineServers(
    _ known: [ServerOutput], _ settings: HubSettings
  ) async -> [FindingOutput] {
    await withTaskGroup(of: (Int, FindingOutput).self) { group in
      for (place, descriptor) in invocation.services.enumerated() {
        let line = known.first { $0.service == descriptor.service }
        var told = settings
        told[descriptor.service].url = line?.url ?? settings[descriptor.service].url
        let usual = descriptor.server(nil, told, invocation.random)
        guard let url = usual?.url else { continue }
        let codec = (line?.codec ?? usual?.codec).map { ", spoken to in the \($0) form" }
        let dialect = (line?.dialect ?? usual?.dialect).map { ", spoken to in the \($0) dialect" }
        group.addTask {
          let name = descriptor.service.rawValue
          let finding = await inTime(name, url, settings) {
            if descriptor.isReachedByHTTP {
              return await examineHTTP(name, url, path: usual?.probePath ?? "/", settings)
            }
            let headers: HTTPHeaders = usual?.origin.map { ["Origin": $0] } ?? [:]
            return await examineServer(
              name, url, headers: headers, form: codec ?? dialect ?? "", settings)
          }
          return (place, finding)
        }
      }
      var findings: [(Int, FindingOutput)] = []
      for await finding in group { findings.append(finding) }
      return findings.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }

  /// The finding of `work`, or that there was none within the time-out.
  private func inTime(
    _ name: String, _ url: String, _ settings: HubSettings,
    _ work: @escaping @Sendable () async -> FindingOutput
  ) async -> FindingOutput {
    let late = UserError.late(settings.timeout)
    do throws(UserError) {
      return try await withDeadline(
        Deadline(settings.timeout, time: invocation.time), otherwise: late, work)
    } catch {
      return FindingOutput(check: name, ok: false, detail: "\(url): \(error.message).")
    }
  }

  private func examine(_ profile: Profile) -> (Bool, String) {
    do throws(StorageError) {
      try profile.prepare()
      return (true, "\(profile.directory), readable by you alone")
    } catch {
      return (false, "\(error.message); \(error.hint)")
    }
  }

  private func examineTerminal(_ tell: (String, Bool, String) -> Void) {
    let name = invocation.environment["TERM"] ?? ""
    guard isatty(STDOUT_FILENO) == 1 else {
      return tell("terminal", true, "none; the commands work without one")
    }
    var size = winsize()
    _ = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size)
    let isPlaceable = !["", "dumb"].contains(name)
    let colours = invocation.environment["NO_COLOR"].map { $0.isEmpty } ?? true
    tell(
      "terminal", isPlaceable && size.ws_col >= 40 && size.ws_row >= 10,
      "\(name.isEmpty ? "TERM is not set" : name), \(size.ws_col)×\(size.ws_row), "
        + (colours ? "colours" : "no colours (NO_COLOR)"))
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { invocation.environment[$0] }
      .first { !$0.isEmpty }
    let isUnicode = locale.map { $0.uppercased().contains("UTF") } ?? false
    tell("locale", true, (locale ?? "not set") + (isUnicode ? "" : ", C.UTF-8 is used"))
  }

  /// Whether the program that is told of alerts can be started, if there is to be one.
  private func examineAlerts(_ tell: (String, Bool, String) -> Void) throws(UserError) {
    guard let command = try invocation.alertCommand() else { return }
    let problem = command.problem
    tell("alert-command", problem == nil, command.program + (problem.map { ": \($0)" } ?? ""))
  }

  /// Opens a connection and closes it: name, TLS and upgrade work, and what time it is there.
  private func examineServer(
    _ name: String, _ url: String, headers: HTTPHeaders, form: String = "", _ settings: HubSettings
  ) async -> FindingOutput {
    var request = WebSocketRequest(url: url)
    request.headers = headers
    request.certificateAuthorityFile = settings.certificateAuthorityFile
    request.limits.connectTimeout = min(request.limits.connectTimeout, settings.timeout)
    request.limits.handshakeTimeout = min(request.limits.handshakeTimeout, settings.timeout)
    let start = invocation.time.uptime
    do throws(TransportError) {
      let connection = try await invocation.network.connect(request)
      let headers = connection.responseHeaders
      await connection.close()
      return assess(name, url, answeredWith: headers, since: start, form: form)
    } catch {
      return FindingOutput(check: name, ok: false, detail: "\(url): \(error)")
    }
  }

  /// Asks for something small: any answer shows that name and TLS work.
  private func examineHTTP(
    _ name: String, _ url: String, path: String, _ settings: HubSettings
  ) async -> FindingOutput {
    var request = HTTPRequest(url: url + path)
    request.certificateAuthorityFile = settings.certificateAuthorityFile
    request.timeout = min(request.timeout, settings.timeout)
    let start = invocation.time.uptime
    do throws(TransportError) {
      let answer = try await invocation.network.send(request)
      return assess(name, url, answeredWith: answer.headers, since: start)
    } catch {
      return FindingOutput(check: name, ok: false, detail: "\(url): \(error)")
    }
  }

  /// Tells how long an answer took, and how far its clock is from ours.
  private func assess(
    _ name: String, _ url: String, answeredWith headers: HTTPHeaders, since start: Duration,
    form: String = ""
  ) -> FindingOutput {
    let span = (invocation.time.uptime - start).milliseconds
    // The header counts whole seconds, so that its moment lies half a second later on average.
    let skew = headers.date.map { $0 + 500 - invocation.time.wallTime }
    let isOnTime = skew.map { abs($0) < 15_000 } ?? true
    let clock = skew.map { ", clock off by about \($0 / 1000) s" } ?? ""
    return FindingOutput(
      check: name, ok: isOnTime, detail: "\(url) answers after \(span) ms\(clock)\(form)")
  }
}
