import Domain
import OneMe

/// The devices on which the MAX account is signed in.
package struct ListDevices: DeskCall {
  /// Those that the server knows of.
  package init() {}

  /// Emits a line a device, this one first, then the ones used last.
  package func run(
    on desk: Desk, emit: @escaping @Sendable (DeviceLine) async -> Void
  ) async throws(ConsoleError) {
    let account = try await desk.onlineMessenger()
    for device in try await account.devices() { await emit(device) }
  }
}

/// Signs the MAX account out on every other device.
package struct CloseOtherDevices: DeskCall {
  /// All but this one.
  package init() {}

  /// Emits the devices that are left.
  package func run(
    on desk: Desk, emit: @escaping @Sendable (DeviceLine) async -> Void
  ) async throws(ConsoleError) {
    let account = try await desk.onlineMessenger()
    try await account.closeOtherDevices()
    for device in try await account.devices() { await emit(device) }
  }
}

extension MessengerAccount {
  fileprivate func devices() async throws(ConsoleError) -> [DeviceLine] {
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
  fileprivate func closeOtherDevices() async throws(ConsoleError) {
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
