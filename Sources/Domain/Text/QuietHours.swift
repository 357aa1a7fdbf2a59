/// A time of each day in which nothing makes a sound: `23:00-07:00`.
package struct QuietHours: Sendable, Equatable {
  /// Minutes of the day.
  private let start: Int
  private let end: Int

  /// Nil for what is no time of day, a dash and another one; both alike would be all day or never.
  package init?(_ text: String) {
    let times = text.split(separator: "-", omittingEmptySubsequences: false)
      .map { QuietHours.minutes(of: $0) }
    guard times.count == 2, let start = times[0], let end = times[1], start != end else {
      return nil
    }
    (self.start, self.end) = (start, end)
  }

  /// Whether a moment lies in it; the first minute does, that of the end does not.
  package func contain(_ time: LocalTime) -> Bool {
    let minute = time.hour * 60 + time.minute
    return start < end ? (start..<end).contains(minute) : minute >= start || minute < end
  }

  private static func minutes(of text: Substring) -> Int? {
    let parts = text.trimmed.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ (1...2).contains($0.count) }),
      let hour = Int(parts[0]), let minute = Int(parts[1]), (0...23).contains(hour),
      (0...59).contains(minute), text.utf8.allSatisfy({ $0 != UInt8(ascii: "+") })
    else { return nil }
    return hour * 60 + minute
  }
}
