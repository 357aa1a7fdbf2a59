import Accounts
import Domain
import OneMe

extension MaxAccount: MessageEditing {
  package nonisolated var savesOnlyOnline: Bool { true }

  package func catchUp(within limit: Duration) async { await allChats(within: limit) }
}

extension MaxAccount: History {}

extension MaxAccount: ChatMarks {}

extension MaxAccount: Dialogs {}

extension MaxAccount: Calling {
  package func refreshCalls() async throws(UserError) {
    if let problem = await askForCalls().value { throw problem }
  }

  package func ignoreCall(_ id: String) async { await endRinging(id, as: .ignored) }
}

extension MaxAccount: Devices {
  package func devices() async throws(UserError) -> [DeviceOutput] {
    do throws(OneMeError) {
      let devices = try await session.online().deviceSessions().map(DeviceOutput.init)
      func rank(_ line: DeviceOutput) -> (Int, Int64) {
        (line.current ? 1 : 0, line.lastSeenAt ?? 0)
      }
      return devices.sorted { rank($0) > rank($1) }
    } catch {
      throw UserError(error)
    }
  }

  /// The session keeps the token that is good from then on.
  package func closeOtherDevices() async throws(UserError) {
    do throws(OneMeError) {
      try await session.closeOtherSessions()
    } catch {
      throw UserError(error)
    }
  }
}

extension DeviceOutput {
  fileprivate init(_ device: DeviceSession) {
    self.init(
      client: device.client, info: device.info, location: device.location,
      lastSeenAt: device.time, current: device.isCurrent)
  }
}
