import Glibc

extension String {
  /// Whether `part` is somewhere in it, byte for byte.
  ///
  /// The standard library compares characters for that, which takes a server's largest message a
  /// good part of a second.
  package func holdsBytes(of part: String) -> Bool {
    var (whole, part) = (self, part)
    return whole.withUTF8 { bytes in
      let whole = UnsafeRawBufferPointer(bytes)
      return part.withUTF8 { part in
        guard let first = part.first, let sought = part.baseAddress else { return true }
        var rest = whole[...]
        while rest.count >= part.count,
          let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress,
          let found = memchr(start, Int32(first), rest.count - part.count + 1)
        {
          if memcmp(found, sought, part.count) == 0 { return true }
          rest = rest.dropFirst(UnsafeRawPointer(found) - start + 1)
        }
        return false
      }
    }
  }
}
