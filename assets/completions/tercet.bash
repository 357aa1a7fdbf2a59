# What may follow the words of a command: other words, options, values, operands.
_tercet_commands() {
  case "$1" in
    '') echo 'login logout status chats messages send edit delete react forward save mute search contacts groups identity push calls vcp sessions balances estimate swap orders order halt resume limits alerts replay export doctor sandbox relay completion' ;;
    'login') echo 'max textsecure trading' ;;
    'groups') echo 'create rename add leave' ;;
    'identity') echo 'show verify accept' ;;
    'calls') echo 'decline check' ;;
    'orders') echo 'verify' ;;
    'alerts') echo 'add remove' ;;
  esac
}
_tercet_options() {
  case "$1" in
    '') echo '--dry-run --sandbox --scenario' ;;
    'login max') echo '--phone --qr --token' ;;
    'login textsecure') echo '--number --voice' ;;
    'login trading') echo '--key --secret-file --dialect --key-order' ;;
    'messages') echo '--limit --before --watch' ;;
    'send') echo '--attach --reply --wait' ;;
    'delete') echo '--for-all' ;;
    'save') echo '--attachment --to' ;;
    'mute') echo '--off' ;;
    'search') echo '--chat --limit --server' ;;
    'contacts') echo '--add --name' ;;
    'push') echo '--apn' ;;
    'calls') echo '--watch --reveal' ;;
    'calls decline') echo '--reply' ;;
    'vcp') echo '--reveal' ;;
    'sessions') echo '--close-others' ;;
    'balances') echo '--watch' ;;
    'estimate') echo '--network --filter' ;;
    'swap') echo '--slippage-bps --filter --client-order-id --yes --dry-run --wait' ;;
    'orders') echo '--open --watch' ;;
    'order') echo '--watch' ;;
    'limits') echo '--set' ;;
    'replay') echo '--speed' ;;
    'export') echo '--format' ;;
    'sandbox') echo '--port --scenario --tls --seed --faults' ;;
    'relay') echo '--listen --tls-cert --tls-key --public-url --sms-command --push-command --name --peers --dialect --rate-factor --line' ;;
  esac
  echo '--profile --data-dir --config --json --ca-file --max-url --trading-url --textsecure-url --max-codec --read-marks --alert-command --paper --max-app-version --record --timeout -v --help --version'
}
_tercet_value() {
  case "$1" in
    ' --scenario') echo 'everyday quiet guarded ringing busy calls' ;;
    'login trading --secret-file') echo 'FILE' ;;
    'login trading --dialect') echo 'doc sdk probe' ;;
    'login trading --key-order') echo 'sorted documented' ;;
    'send --attach') echo 'FILE' ;;
    'save --to') echo 'DIR' ;;
    'export --format') echo 'csv jsonl' ;;
    'sandbox --scenario') echo 'everyday quiet guarded ringing busy calls' ;;
    'relay --tls-cert') echo 'FILE' ;;
    'relay --tls-key') echo 'FILE' ;;
    'relay --peers') echo 'FILE' ;;
    'relay --dialect') echo 'doc server' ;;
    'relay --line') echo 'json protobuf' ;;
    *' --data-dir') echo 'DIR' ;;
    *' --config') echo 'FILE' ;;
    *' --ca-file') echo 'FILE' ;;
    *' --max-codec') echo 'json binary' ;;
    *' --read-marks') echo 'always focused never' ;;
    *' --record') echo 'FILE' ;;
  esac
}
_tercet_operand() {
  case "$1" in
    'logout 0') echo 'max trading textsecure' ;;
    'alerts add 2') echo 'above below' ;;
    'replay 0') echo 'FILE' ;;
    'export 0') echo 'messages orders calls' ;;
    'completion 0') echo 'bash zsh fish' ;;
  esac
}
_tercet_takes_value() {
  case "$1" in
    --add|--alert-command|--attach|--attachment|--before|--ca-file|--chat|--client-order-id|--config|--data-dir|--dialect|--faults|--filter|--format|--key|--key-order|--limit|--line|--listen|--max-app-version|--max-codec|--max-url|--name|--network|--number|--peers|--phone|--port|--profile|--public-url|--push-command|--rate-factor|--read-marks|--record|--reply|--scenario|--secret-file|--seed|--set|--slippage-bps|--sms-command|--speed|--textsecure-url|--timeout|--tls-cert|--tls-key|--to|--trading-url) return 0 ;;
  esac
  return 1
}
# Offers what $1 says: FILE, DIR, or words.
_tercet_offer() {
  case "$1" in
    FILE) compopt -o filenames 2> /dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$2") ;;
    DIR) compopt -o filenames 2> /dev/null; mapfile -t COMPREPLY < <(compgen -d -- "$2") ;;
    *) mapfile -t COMPREPLY < <(compgen -W "$1" -- "$2") ;;
  esac
}
_tercet() {
  local current="${COMP_WORDS[COMP_CWORD]}" at='' option='' word='' index=1 count=0
  COMPREPLY=()
  for (( index = 1; index < COMP_CWORD; index++ )); do
    word="${COMP_WORDS[index]}"
    # bash takes --format=csv for three words.
    if [[ $word == '=' ]]; then continue; fi
    if [[ -n $option ]]; then option=''; continue; fi
    if [[ $word == -?* ]]; then
      if _tercet_takes_value "$word"; then option="$word"; fi
    elif [[ " $(_tercet_commands "$at") " == *" $word "* ]] && (( count == 0 )); then
      at="${at:+$at }$word"
    else
      count=$(( count + 1 ))
    fi
  done
  if [[ $current == '=' ]]; then current=''; fi
  # What was typed of a file's name may be quoted.
  current="${current#[\"\']}"
  current="${current//\\/}"
  if [[ -n $option ]]; then
    _tercet_offer "$(_tercet_value "$at $option")" "$current"
  elif [[ $current == -* ]]; then
    _tercet_offer "$(_tercet_options "$at")" "$current"
  else
    word="$(_tercet_operand "$at $count")"
    if (( count == 0 )) && [[ -n $(_tercet_commands "$at") ]]; then
      word="$(_tercet_commands "$at") $word"
    fi
    _tercet_offer "$word" "$current"
  fi
}
complete -F _tercet tercet
