import CCurl

extension HTTPHeaders {
  /// The server's clock by its `Date` field (RFC 9110 §6.6.1) in milliseconds since 1970, whole
  /// seconds precise; nil when it is missing or cannot be read.
  public var date: Int64? {
    guard let text = self["Date"], text.utf8.count <= 64 else { return nil }
    let seconds = curl_getdate(text, nil)
    return seconds >= 0 ? Int64(seconds) * 1000 : nil
  }
}

extension HTTPHeaders {
  private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// A moment as the `Date` field writes it: `Sat, 21 Nov 2026 12:44:07 GMT`.
  ///
  /// - Parameter milliseconds: since 1970, not before.
  public static func dateText(_ milliseconds: Int64) -> String {
    let seconds = max(0, milliseconds / 1000)
    let (day, second) = seconds.quotientAndRemainder(dividingBy: 86_400)
    // Years that begin in March have their odd day at the end (days 0 is 1 March of the year 0).
    let shifted = day + 719_468
    let era = shifted / 146_097
    let ofEra = shifted % 146_097
    let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let fromMarch = (5 * ofYear + 2) / 153
    let date = ofYear - (153 * fromMarch + 2) / 5 + 1
    let month = Int((fromMarch + 2) % 12)
    let year = yearOfEra + era * 400 + (month < 2 ? 1 : 0)
    let clock = [second / 3600, second / 60 % 60, second % 60].map(two).joined(separator: ":")
    return "\(days[Int(day % 7)]), \(two(date)) \(months[month]) \(year) \(clock) GMT"
  }

  private static func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
