/// What may stand for a telephone.
enum PhoneNumber {
  /// `+` and 10 ... 15 digits (E.164).
  static func isValid(_ text: String) -> Bool {
    let digits = text.utf8.dropFirst()
    return text.utf8.first == UInt8(ascii: "+") && 10...15 ~= digits.count
      && digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }
}

/// One device of an account.
struct DeviceAddress: Hashable, Sendable {
  /// The device that an account begins with.
  static let master = 1

  let number: String
  let device: Int

  init(number: String, device: Int) {
    self.number = number
    self.device = device
  }

  /// Reads `number` or `number.device`; nil for anything else.
  init?(_ text: String) {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let number = parts.first.map(String.init), PhoneNumber.isValid(number) else { return nil }
    guard parts.count == 2 else {
      self.init(number: number, device: DeviceAddress.master)
      return
    }
    guard let device = Int(parts[1]), 1...1_000_000 ~= device else { return nil }
    self.init(number: number, device: device)
  }

  var name: String { "\(number).\(device)" }
}
