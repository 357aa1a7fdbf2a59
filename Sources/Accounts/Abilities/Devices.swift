import Domain

/// An account that knows where else its owner is signed in.
package protocol Devices: Account {
  /// This one first, then those used last.
  func devices() async throws(UserError) -> [DeviceOutput]

  /// Signs the owner out on every device but this one.
  func closeOtherDevices() async throws(UserError)
}
