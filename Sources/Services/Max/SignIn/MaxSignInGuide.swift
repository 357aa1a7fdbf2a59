import Accounts
import Phrases

extension SignInGuide {
  /// The names of the ways into MAX.
  static let (maxCode, maxQR, maxToken) = ("code", "qr", "token")

  /// How one signs in to MAX. The real server sends codes to few programs but its own.
  static func max(_ settings: HubSettings) -> SignInGuide {
    let isQRFirst = settings.usesRealMax
    let code = SignInWay(
      name: maxCode, label: .byCode, title: .maxPhoneTitle,
      introduction: isQRFirst
        ? [.maxQRFirst, .maxOtherThanQR] : [.maxPhoneIntroduction, .maxOtherWays],
      questions: [
        .init(
          "phone", .phoneLabel, example: "+79991234567",
          summary: "the number that the code is sent to")
      ],
      codeGoesTo: "phone", progress: .askingForCode)
    let qr = SignInWay(
      name: maxQR, label: .byQR, summary: "draw a code for a phone that is signed in",
      title: .maxScanTitle, introduction: [.maxScanIntroduction], questions: [],
      progress: .askingForCode)
    let token = SignInWay(
      name: maxToken, label: .byToken, summary: "read a token and its device id, a line each",
      title: .maxTokenTitle, introduction: [.maxTokenIntroduction],
      questions: [
        .init("token", .tokenLabel, .secret),
        .init("device", .deviceLabel, example: "123e4567-e89b-12d3-a456-426614174000"),
      ], progress: .checkingToken)
    return SignInGuide(
      isQRFirst ? [qr, code, token] : [code, qr, token], wayWithoutCodes: maxQR,
      asksBeforehand: true)
  }
}

extension HubSettings {
  /// Whether MAX is the one that everybody uses, not a server of somebody's own.
  var usesRealMax: Bool {
    guard let url = self[.max].url else { return !isSandbox }
    let host = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
    return host.prefix { !"/:?#".contains($0) }.lowercased().hasSuffix("oneme.ru")
  }
}
