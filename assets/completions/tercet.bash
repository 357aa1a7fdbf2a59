_tercet() {
  local current="${COMP_WORDS[COMP_CWORD]}" words="login logout status chats messages send edit delete react forward save mute search contacts groups identity push calls vcp sessions balances estimate swap orders order halt resume limits alerts replay export doctor sandbox relay completion"
  if (( COMP_CWORD > 1 )); then
    case "${COMP_WORDS[1]}" in
      login) words="max textsecure trading --phone --qr --token --number --voice --key --secret-file --dialect --key-order" ;;
      logout) words="max trading textsecure" ;;
      status) words="" ;;
      chats) words="" ;;
      messages) words="--limit --before --watch" ;;
      send) words="CHAT [TEXT -] --attach --reply --wait" ;;
      edit) words="" ;;
      delete) words="--for-all" ;;
      react) words="" ;;
      forward) words="" ;;
      save) words="--attachment --to" ;;
      mute) words="--off" ;;
      search) words="--chat --limit --server" ;;
      contacts) words="--add --name" ;;
      groups) words="create rename add leave" ;;
      identity) words="show verify accept" ;;
      push) words="--apn" ;;
      calls) words="decline check --watch --reveal --reply" ;;
      vcp) words="--reveal" ;;
      sessions) words="--close-others" ;;
      balances) words="--watch" ;;
      estimate) words="--network --filter" ;;
      swap) words="--slippage-bps --filter --client-order-id --yes --dry-run --wait" ;;
      orders) words="verify --open --watch" ;;
      order) words="--watch" ;;
      halt) words="" ;;
      resume) words="" ;;
      limits) words="--set" ;;
      alerts) words="add remove" ;;
      replay) words="--speed" ;;
      export) words="messages orders calls --format" ;;
      doctor) words="" ;;
      sandbox) words="--port --scenario --tls --seed --faults" ;;
      relay) words="--listen --tls-cert --tls-key --public-url --sms-command --push-command --name --peers --dialect --rate-factor --connections --connections-per-address --line" ;;
      completion) words="bash zsh fish" ;;
      *) words="" ;;
    esac
    words="$words --profile --data-dir --config --json --ca-file --max-url --trading-url --textsecure-url --max-codec --read-marks --alert-command --paper --max-app-version --record --timeout --help --version"
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  [[ ${#COMPREPLY[@]} -gt 0 ]] || COMPREPLY=($(compgen -f -- "$current"))
}
complete -F _tercet tercet
