extension Amount {
  /// `−0.01 %`: how far `new` is from `old`, to two places, towards zero.
  package static func percentChange(from old: Amount, to new: Amount) -> String? {
    guard old.isPositive else { return nil }
    let difference = new - old
    let distance = difference.isNegative ? Amount.zero - difference : difference
    // The largest number of hundredths of a percent that still fits, by bisection: exact, no Double.
    var low = 0
    var high = 1_000_000
    while low < high {
      let middle = (low + high + 1) / 2
      if old.hundredthsOfPercent(middle) <= distance { low = middle } else { high = middle - 1 }
    }
    let sign = difference.isNegative ? "−" : "+"
    return "\(sign)\(low / 100).\(String(100 + low % 100).dropFirst()) %"
  }

  private func hundredthsOfPercent(_ count: Int) -> Amount {
    self * (Amount(serverText: "\(count)e-4") ?? .zero)
  }
}
