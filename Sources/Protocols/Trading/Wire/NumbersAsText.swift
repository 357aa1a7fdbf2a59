import FoundationEssentials

/// Turns every JSON number into a string of the same characters.
///
/// Servers write amounts as text, but a number may slip in, and the decoder would take it through
/// floating point. Afterwards all numbers, and ids that are sometimes numbers, read as text.
func numbersAsText(_ json: some Sequence<UInt8>) -> Data {
  var output = Data()
  let quote = UInt8(ascii: "\"")
  var isInString = false
  var isEscaped = false
  var isInNumber = false
  for byte in json {
    if isInString {
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == quote {
        isInString = false
      }
    } else {
      let continues =
        isInNumber
        ? "0123456789+-.eE".utf8.contains(byte)
        : byte == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      if continues != isInNumber { output.append(quote) }
      isInNumber = continues
      isInString = byte == quote
    }
    output.append(byte)
  }
  if isInNumber { output.append(quote) }
  return output
}
