import Phrases

/// `48 KB`: whole units of 1024, as people read sizes of files.
package func sizeText(_ bytes: Int64) -> String {
  let units: [Phrase] = [.bytes, .kilobytes, .megabytes, .gigabytes]
  var size = max(0, bytes)
  var unit = 0
  while size >= 1024, unit + 1 < units.count {
    size = size / 1024 + (size % 1024 >= 512 ? 1 : 0)
    unit += 1
  }
  return units[unit].with(String(size))
}
