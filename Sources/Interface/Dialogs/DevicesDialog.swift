import Domain
import Phrases
import ScreenState

/// The accounts of this machine, and the devices on which MAX is signed in.
struct DevicesDialog {
  var state: DevicesState
  var moment: RenderClock

  func content(width: Int, rows limit: Int) -> Canvas {
    var rows = DialogRows(width: width)
    rows.isMinor = true
    rows.gap()
    rows.line(StyledLine(Phrase.accountsHeading.text, .dim))
    for entry in state.accounts {
      let line = line(of: entry)
      rows.add { canvas, row in
        canvas.put(entry.service.title, column: 2, row: row)
        canvas.put(line, column: 15, row: row, width: width - 15)
      }
    }
    rows.gap()
    rows.isMinor = false
    addDevices(to: &rows, limit: limit)
    if let problem = state.problem {
      rows.gap()
      rows.text(problem, .loss)
    }
    if let progress = state.progress {
      rows.gap()
      rows.line(StyledLine(progress, .accent))
    }
    rows.gap()
    rows.line(BottomLine.line(state.hints, width: width))
    return rows.canvas(rows: limit)
  }

  private func line(of entry: ConnectionStatus) -> StyledLine {
    let words = entry.state.words(uptime: moment.uptime) ?? Phrase.online.text
    return entry.state.sign + StyledLine(" " + words, entry.state.style)
      + StyledLine(entry.account.map { "  " + $0 } ?? "")
  }

  private func addDevices(to rows: inout DialogRows, limit: Int) {
    guard let devices = state.devices else { return }
    rows.line(StyledLine(Phrase.devicesHeading.text, .dim))
    // Two rows each; what stands below them is always there.
    let window = ListWindow(
      count: devices.count, selection: state.selection, height: max(1, (limit - 8) / 2))
    for index in window.visible {
      let device = devices[index]
      let isSelected = index == state.selection
      let width = rows.width
      let style: Style = isSelected ? .selected : device.isCurrent ? .bold : .plain
      rows.add { canvas, row in
        let mark =
          device.isCurrent
          ? StyledLine(Phrase.thisDevice.text, .gain) : StyledLine(seen(device), .dim)
        canvas.put(device.client, column: 2, row: row, style: style, width: width - mark.width - 4)
        canvas.put(mark, column: width - mark.width, row: row)
        canvas.setTarget(.dialogRow(index - (state.selection ?? 0)), row: row)
        if isSelected { canvas.selectRow(row, isFocused: true) }
      }
      let details = [device.info, device.location].compactMap(\.self).filter { !$0.isEmpty }
      rows.line(StyledLine(details.joined(separator: " · "), .dim), column: 4)
    }
  }

  private func seen(_ device: DevicesState.Device) -> String {
    device.lastSeenAt.map { Phrase.deviceSeen.with(moment.short($0)) } ?? ""
  }
}
