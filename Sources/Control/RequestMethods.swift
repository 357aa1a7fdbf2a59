import Accounts

/// Every request that the control socket answers, by its JSON-RPC method: names that commands of other
/// versions of the program may use.
enum RequestMethods {
  static let byMethod: [String: any Request.Type] = [
    "status": ShowStatus.self,
    "login": SignIn.self,
    "login.ways": AskSignInWays.self,
    "login.code": EnterCode.self,
    "login.password": EnterPassword.self,
    "login.replace": ReplaceLogin.self,
    "logout": SignOut.self,
    "connect": ConnectAccounts.self,
    "connect.retry": RetryConnections.self,
    "chats": ListChats.self,
    "messages": ReadMessages.self,
    "search": SearchMessages.self,
    "search.server": SearchServer.self,
    "history": LoadHistory.self,
    "contacts": ListContacts.self,
    "contacts.add": AddContacts.self,
    "contacts.find": FindNumber.self,
    "send": SendMessage.self,
    "send.retry": RetryMessage.self,
    "edit": EditMessage.self,
    "delete": DeleteMessage.self,
    "react": ReactToMessage.self,
    "forward": ForwardMessage.self,
    "chat.open": OpenChatWith.self,
    "dialog.open": OpenDialog.self,
    "mute": MuteChat.self,
    "typing": ShowTyping.self,
    "drafts.keep": KeepDrafts.self,
    "mark.read": MarkRead.self,
    "session.end": EndSession.self,
    "attachment.save": SaveAttachment.self,
    "group": ShowGroup.self,
    "groups.create": CreateGroup.self,
    "groups.rename": RenameGroup.self,
    "groups.add": AddToGroup.self,
    "groups.leave": LeaveGroup.self,
    "identity": ShowIdentities.self,
    "identity.verify": VerifyIdentity.self,
    "identity.accept": AcceptIdentity.self,
    "push": OpenPush.self,
    "calls": ListCalls.self,
    "calls.decline": DeclineCall.self,
    "calls.reply": ReplyToCall.self,
    "calls.check": CheckCall.self,
    "calls.ignore": IgnoreCall.self,
    "calls.refresh": RefreshCalls.self,
    "calls.silence": SilenceBell.self,
    "devices": ListDevices.self,
    "devices.close": CloseOtherDevices.self,
    "balances": ListBalances.self,
    "estimate": EstimateSwap.self,
    "estimate.hold": HoldQuote.self,
    "swap": PlaceSwap.self,
    "orders": ListOrders.self,
    "order": ShowOrder.self,
    "order.refresh": RefreshOrder.self,
    "orders.verify": VerifyJournal.self,
    "halt": SetHalt.self,
    "limits": SetLimits.self,
    "alerts": ListPriceAlerts.self,
    "alerts.add": AddPriceAlert.self,
    "alerts.remove": RemovePriceAlert.self,
    "worth.asset": CountWorth.self,
    "export": ExportRows.self,
    "doctor.store": ExamineStore.self,
    "doctor.secure": ExamineTextSecure.self,
    "doctor.servers": ListServers.self,
  ]

  private static let methods = Dictionary(
    uniqueKeysWithValues: byMethod.map { (ObjectIdentifier($1), $0) })

  /// The method of a request; a request that the table lacks gets a name that nobody answers.
  static func method(of request: any Request.Type) -> String {
    methods[ObjectIdentifier(request)] ?? String(describing: request)
  }
}
