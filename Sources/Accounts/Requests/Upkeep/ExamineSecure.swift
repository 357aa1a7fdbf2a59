import Clocks
import Domain
import FoundationEssentials
import Glibc
import Phrases
import Storage

/// Whether others can write to the TextSecure account, and what waits here to go out.
package struct ExamineSecure: DeskCall {
  /// The account of this profile, if there is one.
  package init() {}

  /// Emits a finding for each check; nothing without an account.
  package func run(
    on desk: Desk, emit: @escaping @Sendable (FindingLine) async -> Void
  ) async throws(ConsoleError) {
    let service = try await desk.service(with: .identities)
    let stored = try await desk.reading { store in try await store.accounts.account(service) }
    guard stored != nil else { return }
    let account = try await desk.open(service, as: (any Identities).self, else: .unsupported)
    await emit(await preKeys(of: account, on: desk))
    let waiting = try await desk.reading { store in try await store.outbox.count(service) }
    await emit(
      FindingLine(
        check: "outbox", ok: true,
        detail: waiting == 0 ? "nothing waits" : "\(waiting) not with everybody yet"))
    await emit(spool(try desk.spool.prepare()))
  }

  /// A relay that is busy is asked again and again, but not beyond the time-out: the other findings
  /// are to be told as well.
  private func preKeys(of account: any Identities, on desk: Desk) async -> FindingLine {
    do throws(ConsoleError) {
      let title = try await desk.service(with: .identities).title
      let late = ConsoleError(
        .noConnection, code: "no-connection", Phrase.noAnswerFrom.with(title),
        hint: Phrase.noAnswerHint.text)
      let left = try await withDeadline(desk.patience, time: desk.context.time, error: late) {
        () async throws(ConsoleError) in try await account.remainingKeys()
      }
      return FindingLine(
        check: "prekeys", ok: left > 0, detail: "\(left) one-time keys left at the relay")
    } catch {
      return FindingLine(check: "prekeys", ok: false, detail: error.sentences)
    }
  }

  /// The folder of encrypted files on their way: they are nobody else's business all the same.
  private func spool(_ directory: String) -> FindingLine {
    var status = stat()
    guard stat(directory, &status) == 0 else {
      return FindingLine(check: "spool", ok: false, detail: "\(directory) cannot be looked at")
    }
    let isPrivate = status.st_mode & 0o077 == 0
    let files: Int
    do {
      files = try FileManager.default.contentsOfDirectory(atPath: directory).count
    } catch {
      return FindingLine(check: "spool", ok: false, detail: "\(directory) cannot be read")
    }
    return FindingLine(
      check: "spool", ok: isPrivate,
      detail: "\(directory), \(files == 0 ? "empty" : "\(files) files"), "
        + (isPrivate ? "readable by you alone" : "open to others: chmod 700 it"))
  }
}
