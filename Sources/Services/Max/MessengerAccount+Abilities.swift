import Accounts
import Domain
import OneMe

extension MessengerAccount: MessageEditing {
  package nonisolated var savesOnlyOnline: Bool { true }

  package func catchUp(within limit: Duration) async { await allChats(within: limit) }
}

extension MessengerAccount: History {}

extension MessengerAccount: ChatMarks {}

extension MessengerAccount: Dialogs {}

extension MessengerAccount: Calling {
  package func refreshCalls() async throws(ConsoleError) {
    if let problem = await askForCalls().value { throw problem }
  }

  package func ignoreCall(_ id: String) async { await endRing(id, as: .ignored) }
}

extension MessengerAccount: Devices {
  package func devices() async throws(ConsoleError) -> [DeviceLine] {
    do throws(OneMeError) {
      let devices = try await session.online().deviceSessions().map(DeviceLine.init)
      func rank(_ line: DeviceLine) -> (Int, Int64) {
        (line.current ? 1 : 0, line.lastSeenAt ?? 0)
      }
      return devices.sorted { rank($0) > rank($1) }
    } catch {
      throw ConsoleError(error)
    }
  }

  /// The session keeps the token that is good from then on.
  package func closeOtherDevices() async throws(ConsoleError) {
    do throws(OneMeError) {
      try await session.closeOtherSessions()
    } catch {
      throw ConsoleError(error)
    }
  }
}

extension DeviceLine {
  fileprivate init(_ device: DeviceSession) {
    self.init(
      client: device.client, info: device.info, location: device.location,
      lastSeenAt: device.time, current: device.isCurrent)
  }
}
