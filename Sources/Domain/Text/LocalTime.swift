import Glibc
import Phrases

/// A moment as the wall clock of a time zone shows it, without any locale machinery.
package struct LocalTime: Sendable, Equatable {
  /// Whose clock.
  package enum Zone: Sendable {
    /// The machine's: `TZ`, else `/etc/localtime`.
    case system
    /// Greenwich's.
    case utc
  }

  let year: Int
  /// 1 to 12.
  let month: Int
  /// 1 to 31.
  package let day: Int
  /// 0 for Sunday to 6.
  let weekday: Int
  let hour: Int
  let minute: Int
  package let second: Int
  private let dayNumber: Int

  /// - Parameter milliseconds: since 1970-01-01 UTC; any value is accepted.
  package init(milliseconds: Int64, zone: Zone = .system) {
    var seconds = time_t(floorDivision(milliseconds, 1000))
    var parts = tm()
    switch zone {
    case .system: localtime_r(&seconds, &parts)
    case .utc: gmtime_r(&seconds, &parts)
    }
    year = Int(parts.tm_year) + 1900
    month = Int(parts.tm_mon) + 1
    day = Int(parts.tm_mday)
    weekday = Int(parts.tm_wday)
    hour = Int(parts.tm_hour)
    minute = Int(parts.tm_min)
    second = Int(parts.tm_sec)
    dayNumber = Int(floorDivision(Int64(seconds) + Int64(parts.tm_gmtoff), 86_400))
  }

  /// Looks whether the machine's time zone is another than before; the C library only does so when
  /// it is told to.
  package static func followZone() { tzset() }

  /// `12:44`, or `12:44 PM` where the person wants that.
  package var clock: String { clock("") }

  /// `12:44:07`, likewise.
  package var clockWithSeconds: String { clock(":" + two(second)) }

  private func clock(_ seconds: String) -> String {
    guard DisplayForms.current.isTwelveHours else {
      return "\(two(hour)):\(two(minute))\(seconds)"
    }
    let half = hour < 12 ? "AM" : "PM"
    return "\((hour + 11) % 12 + 1):\(two(minute))\(seconds) \(half)"
  }

  /// `12:44:07` for programs, whatever people want.
  fileprivate var plainClock: String { "\(two(hour)):\(two(minute)):\(two(second))" }

  /// `2026-11-21`.
  package var date: String { "\(year)-\(two(month))-\(two(day))" }

  /// `Saturday 21 November`, with the year when it is not that of `today`.
  package func longDate(today: LocalTime) -> String {
    let text = "\(Phrase.weekdays[weekday].text) \(day) \(Phrase.months[month - 1].text)"
    return year == today.year ? text : "\(text) \(year)"
  }

  /// For lists: `12:44` today, `yesterday`, `19 Nov` this year, else `2025-11-19`.
  package func short(today: LocalTime) -> String {
    if isSameDay(as: today) { return clock }
    if dayNumber == today.dayNumber - 1 { return Phrase.yesterday.text }
    if year == today.year { return "\(day) \(Phrase.months[month - 1].text.prefix(3))" }
    return date
  }

  /// Whether both are on one day of the calendar, each by its own zone.
  package func isSameDay(as other: LocalTime) -> Bool { dayNumber == other.dayNumber }

  private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

/// The quotient rounded down, so that moments before 1970 keep their order.
private func floorDivision(_ number: Int64, _ divisor: Int64) -> Int64 {
  let (quotient, remainder) = number.quotientAndRemainder(dividingBy: divisor)
  return remainder < 0 ? quotient - 1 : quotient
}

extension Int64 {
  /// Milliseconds since 1970 as `2026-11-21T12:44:07.123Z`.
  package var iso8601: String {
    let time = LocalTime(milliseconds: self, zone: .utc)
    let fraction = String(1000 + (self % 1000 + 1000) % 1000).dropFirst()
    return "\(time.date)T\(time.plainClock).\(fraction)Z"
  }
}

/// A span as people read it: `0.4 s`, `12 s`, `3 min`, `2 h`, `5 d`.
package func spanText(milliseconds: Int64) -> String {
  let span = Swift.max(0, milliseconds)
  switch span {
  case ..<10_000: return Phrase.seconds.with("\(span / 1000).\(span % 1000 / 100)")
  case ..<60_000: return Phrase.seconds.with(String(span / 1000))
  case ..<3_600_000: return Phrase.minutes.with(String(span / 60_000))
  case ..<86_400_000: return Phrase.hours.with(String(span / 3_600_000))
  default: return Phrase.days.with(String(span / 86_400_000))
  }
}

/// `0:07`, `12:05`: minutes and seconds of a running call.
package func stopwatchText(milliseconds: Int64) -> String {
  let seconds = Swift.max(0, milliseconds) / 1000
  return "\(seconds / 60):\(String(100 + seconds % 60).dropFirst())"
}
