/// The greeting that opens every connection (seed 000, ClientHello).
struct Hello: Encodable {
  var userAgent: UserAgent
  var deviceId: String

  struct UserAgent: Encodable {
    var deviceType = "WEB"
    var locale: String
    var deviceLocale: String
    var osVersion = "Windows"
    var deviceName = "Chrome"
    var headerUserAgent: String
    var appVersion: String
    var screen = "1080x1920 1.0x"
    var timezone: String
  }

  init(_ configuration: OneMeConfiguration) {
    userAgent = UserAgent(
      locale: configuration.locale, deviceLocale: configuration.locale,
      headerUserAgent: configuration.userAgent, appVersion: configuration.appVersion,
      timezone: configuration.timezone)
    deviceId = configuration.deviceId
  }
}
