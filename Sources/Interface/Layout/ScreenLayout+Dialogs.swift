import Phrases
import ScreenState

extension ScreenLayout {
  /// Draws what lies over the panes, but for what takes the whole screen.
  func drawDialog(in area: Rect, of canvas: inout Canvas) {
    guard let dialog = state.dialog else { return }
    clear(area, of: &canvas)
    // Of what lies under it only words about keys mean something: they are those of the dialog.
    canvas.targets.removeAll { part in
      if case .key = part.target { false } else { true }
    }
    let (title, mark, wish) = frame(of: dialog)
    let width = DialogFrame.contentWidth(wish, in: area)
    guard let content = content(of: dialog, width: width, rows: area.rows - 2) else { return }
    DialogFrame.draw(title: title, mark: mark, content: content, in: area, of: &canvas)
  }

  /// What stands in a dialog's upper edge, and how wide it would like to be.
  private func frame(of dialog: DialogState) -> (title: String, mark: StyledLine, width: Int) {
    switch dialog {
    case .wizard: ("", StyledLine(), 0)
    case .ticket(let ticket):
      (Phrase.swap.text, ticket.mode.mark(isHalted: ticket.isHalted), TicketDialog.width)
    case .help: (Phrase.help.text, StyledLine(), HelpOverlay.width)
    // A transaction's hash in one row.
    case .order: (Phrase.order.text, StyledLine(), 80)
    case .call: (Phrase.calls.text, StyledLine(), 72)
    case .form(let form): (form.title, StyledLine(), 72)
    case .identity: (Phrase.identity.text, StyledLine(), IdentityDialog.width)
    case .group: (Phrase.group.text, StyledLine(), 60)
    case .search(let search):
      (
        search.scope.map { Phrase.searchIn.with($0) } ?? Phrase.search.text, StyledLine(),
        SearchDialog.width
      )
    // What is to do, and why it cannot be done now.
    case .palette: (Phrase.palette.text, StyledLine(), 110)
    case .choice(let choice):
      (
        choice.title, StyledLine(),
        choice.isQuestion || choice.isRow ? Self.questionWidth : ChoiceDialog.width(choice)
      )
    case .line: (Phrase.lineTitle.text, StyledLine(), 72)
    case .devices: (Phrase.devicesTitle.text, StyledLine(), 72)
    case .settings: (Phrase.settingsTitle.text, StyledLine(), SettingsDialog.width)
    case .people(let people): (people.title, StyledLine(), PeopleDialog.width)
    case .chart(let chart): (chart.title, StyledLine(), ChartDialog.width)
    case .picture(let picture): (picture.title, StyledLine(), PictureDialog.width)
    }
  }

  private func content(of dialog: DialogState, width: Int, rows: Int) -> Canvas? {
    switch dialog {
    case .wizard: nil
    case .ticket(let ticket):
      TicketDialog(state: ticket, moment: moment).content(width: width, rows: rows)
    case .help(let help): HelpOverlay(state: help).content(width: width, rows: rows)
    case .order(let order):
      DetailDialog.order(order, width: width, rows: rows, moment: moment)
    case .call(let call): DetailDialog.call(call, width: width, rows: rows, moment: moment)
    case .form(let form): FormDialog(state: form).content(width: width, rows: rows)
    case .identity(let identity):
      IdentityDialog(state: identity).content(width: width, rows: rows)
    case .group(let group): GroupDialog(state: group).content(width: width, rows: rows)
    case .search(let search):
      SearchDialog(state: search, moment: moment).content(width: width, rows: rows)
    case .palette(let palette): PaletteDialog(state: palette).content(width: width, rows: rows)
    case .choice(let choice) where choice.isQuestion:
      QuestionDialog(state: choice).canvas(Size(columns: width, rows: rows))
    case .choice(let choice): ChoiceDialog(state: choice).content(width: width, rows: rows)
    case .line(let check): LineCheckDialog(state: check).content(width: width, rows: rows)
    case .devices(let devices):
      DevicesDialog(state: devices, moment: moment).content(width: width, rows: rows)
    case .chart(let chart):
      ChartDialog(state: chart, moment: moment).content(width: width, rows: rows)
    case .picture(let picture): PictureDialog(state: picture).content(width: width, rows: rows)
    case .settings(let settings):
      SettingsDialog(state: settings).content(width: width, rows: rows)
    case .people(let people): PeopleDialog(state: people).content(width: width, rows: rows)
    }
  }
}
