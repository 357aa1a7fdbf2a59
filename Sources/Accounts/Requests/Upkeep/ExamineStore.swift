import Clocks
import Database
import Domain
import FoundationEssentials
import Glibc
import Phrases
import Storage

/// Whether what is kept can be relied on: the database's structure and the journal of swaps.
package struct ExamineStore: Request {
  /// Everything that is kept.
  package init() {}

  /// Emits a finding for each; damage is a finding and nothing to throw.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (FindingOutput) async -> Void
  ) async throws(UserError) {
    do throws(UserError) {
      try await hub.withStore { store in try await store.check() }
      await emit(FindingOutput(check: "database", ok: true, detail: "whole"))
    } catch {
      await emit(FindingOutput(check: "database", ok: false, detail: error.sentences))
    }
    do throws(UserError) {
      switch try await hub.withStore({ store in try await store.journal.verify() }) {
      case .whole(let count):
        await emit(FindingOutput(check: "journal", ok: true, detail: "whole, \(count) rows"))
      case .broken(let row, let reason):
        await emit(
          FindingOutput(check: "journal", ok: false, detail: "broken at row \(row): \(reason)"))
      }
    } catch {
      await emit(FindingOutput(check: "journal", ok: false, detail: error.sentences))
    }
  }
}

/// Whether others can write to the TextSecure account, and what waits here to go out.
package struct ExamineTextSecure: Request {
  /// The account of this profile, if there is one.
  package init() {}

  /// Emits a finding for each check; nothing without an account.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (FindingOutput) async -> Void
  ) async throws(UserError) {
    let service = try await hub.service(with: .identities)
    let stored = try await hub.withStore { store in try await store.accounts.account(service) }
    guard stored != nil else { return }
    let account = try await hub.open(service, as: (any Identities).self, else: .unsupported)
    await emit(await preKeys(of: account, on: hub))
    let waiting = try await hub.withStore { store in try await store.outbox.count(service) }
    await emit(
      FindingOutput(
        check: "outbox", ok: true,
        detail: waiting == 0 ? "nothing waits" : "\(waiting) not with everybody yet"))
    await emit(spool(try hub.spool.prepare()))
  }

  /// A relay that is busy is asked again and again, but not beyond the time-out: the other findings
  /// are to be told as well.
  private func preKeys(of account: any Identities, on hub: AccountHub) async -> FindingOutput {
    do throws(UserError) {
      let title = try await hub.service(with: .identities).title
      let late = UserError(
        .noConnection, code: "no-connection", Phrase.noAnswerFrom.with(title),
        hint: Phrase.noAnswerHint.text)
      let left = try await withDeadline(hub.timeout, time: hub.environment.time, error: late) {
        () async throws(UserError) in try await account.remainingKeys()
      }
      return FindingOutput(
        check: "prekeys", ok: left > 0, detail: "\(left) one-time keys left at the relay")
    } catch {
      return FindingOutput(check: "prekeys", ok: false, detail: error.sentences)
    }
  }

  /// The folder of encrypted files on their way: they are nobody else's business all the same.
  private func spool(_ directory: String) -> FindingOutput {
    var status = stat()
    guard stat(directory, &status) == 0 else {
      return FindingOutput(check: "spool", ok: false, detail: "\(directory) cannot be looked at")
    }
    let isPrivate = status.st_mode & 0o077 == 0
    let files: Int
    do {
      files = try FileManager.default.contentsOfDirectory(atPath: directory).count
    } catch {
      return FindingOutput(check: "spool", ok: false, detail: "\(directory) cannot be read")
    }
    return FindingOutput(
      check: "spool", ok: isPrivate,
      detail: "\(directory), \(files == 0 ? "empty" : "\(files) files"), "
        + (isPrivate ? "readable by you alone" : "open to others: chmod 700 it"))
  }
}

/// Where each service is looked for: where this run was told, else where its login was made, else at
/// its own address, which TextSecure has not.
package struct ListServers: Request {
  /// All services of this version.
  package init() {}

  /// Emits an output for each service that has an address; nothing is connected for it.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (ServerOutput) async -> Void
  ) async throws(UserError) {
    let accounts = try await hub.withStore { store in try await store.accounts.all() }
    for descriptor in hub.allServices {
      let account = accounts.first { $0.service == descriptor.service }
      if let server = descriptor.server(account, hub.settings, hub.environment.random) {
        await emit(
          ServerOutput(
            service: descriptor.service, url: server.url, codec: server.codec,
            dialect: server.dialect))
      }
    }
  }
}
