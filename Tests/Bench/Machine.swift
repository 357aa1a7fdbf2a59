import Glibc

/// On what the figures were taken.
enum Machine {
  /// The date, the processor and how many of it there are, the kernel, and how busy all of it was.
  static var line: String {
    var system = utsname()
    uname(&system)
    let release = withUnsafeBytes(of: &system.release) {
      String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
    }
    var loads = [0.0, 0.0, 0.0]
    getloadavg(&loads, 3)
    return "\(date), \(sysconf(Int32(_SC_NPROCESSORS_ONLN))) × \(processor), Linux \(release), "
      + "load \(Sample.digits(loads[0]))"
  }

  private static var date: String {
    var now = time(nil)
    var fields = tm()
    gmtime_r(&now, &fields)
    let (month, day) = (fields.tm_mon + 1, fields.tm_mday)
    return "\(fields.tm_year + 1900)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
  }

  private static var processor: String {
    guard let file = fopen("/proc/cpuinfo", "r") else { return "processor" }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 512)
    while fgets(&line, Int32(line.count), file) != nil {
      let text = String(
        decoding: line.prefix { $0 != 0 && $0 != 10 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      guard text.hasPrefix("model name"), let colon = text.firstIndex(of: ":") else { continue }
      return String(text[colon...].dropFirst(2))
    }
    return "processor"
  }
}
