import CCurl

/// Percent-encoding (RFC 3986 §2.1), for values in URLs and file names in headers.
public enum PercentEncoding {
  /// `text` with everything but letters, digits and `-._~` as `%XX`.
  public static func encode(_ text: String) -> String {
    var text = text
    return text.withUTF8 { bytes in
      // No bytes at all would be taken for "up to the first zero".
      guard !bytes.isEmpty, let encoded = curl_easy_escape(nil, bytes.chars, Int32(bytes.count))
      else { return "" }
      defer { curl_free(encoded) }
      return String(cString: encoded)
    }
  }

  /// `text` with every `%XX` read as a byte; what is no such escape stays as it is, and bytes that
  /// are not UTF-8 are replaced.
  public static func decode(_ text: some StringProtocol) -> String {
    var text = String(text)
    return text.withUTF8 { bytes in
      var count: Int32 = 0
      guard !bytes.isEmpty,
        let decoded = curl_easy_unescape(nil, bytes.chars, Int32(bytes.count), &count)
      else { return "" }
      defer { curl_free(decoded) }
      let plain = UnsafeRawBufferPointer(start: decoded, count: Int(count))
      return String(decoding: plain, as: UTF8.self)
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The bytes as C's text.
  fileprivate var chars: UnsafePointer<CChar>? {
    UnsafeRawPointer(baseAddress)?.assumingMemoryBound(to: CChar.self)
  }
}
