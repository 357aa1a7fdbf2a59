import Domain

/// The devices on which the MAX account is signed in.
package struct ListDevices: Request {
  /// Those that the server knows of.
  package init() {}

  /// Emits an output for each device, this one first, then the ones used last.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (DeviceOutput) async -> Void
  ) async throws(UserError) {
    let account = try await hub.online(.devices, as: (any Devices).self)
    for device in try await account.devices() { await emit(device) }
  }
}

/// Signs the MAX account out on every other device.
package struct CloseOtherDevices: Request {
  package var hasEffects: Bool { true }

  /// All but this one.
  package init() {}

  /// Emits the devices that are left.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (DeviceOutput) async -> Void
  ) async throws(UserError) {
    let account = try await hub.online(.devices, as: (any Devices).self)
    try await account.closeOtherDevices()
    for device in try await account.devices() { await emit(device) }
  }
}
