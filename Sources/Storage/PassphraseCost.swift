import Cryptography

/// What one guess of a passphrase costs: as much as a person waits without being annoyed.
package enum PassphraseCost {
  /// A quarter of a second, on the machine that seals; at least 32 and at most 256 megabytes of memory.
  private static let target: Duration = .milliseconds(250)
  private static let costs = 15...18

  /// Measured once in a run; stored with what it has sealed.
  static let measured: Scrypt = {
    let clock = ContinuousClock()
    var cost = costs.lowerBound
    while let scrypt = Scrypt(logCost: cost) {
      let spent = clock.measure {
        // What it gives is of no use; why it failed shows when it is used.
        _ = try? scrypt.key(32, passphrase: Secret("measure"), salt: [])
      }
      guard spent * 2 <= target, cost < costs.upperBound else { return scrypt }
      cost += 1
    }
    preconditionFailure("the costs are those of scrypt")
  }()
}
