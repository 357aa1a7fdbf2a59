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
