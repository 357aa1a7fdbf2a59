# Completion of tercet for bash, as `tercet completion bash` writes it.

_tercet() {
  local IFS=$' \t\n'
  # Bash splits at = and : too; here the words are as they were typed.
  local -a typed=() bare=()
  local line=$COMP_LINE word i
  for (( i = 0; i <= COMP_CWORD; i++ )); do
    word=${COMP_WORDS[i]}
    if (( i == 0 )) || [[ $line == [[:space:]]* ]]; then
      typed+=("$word")
    else
      typed[${#typed[@]}-1]+=$word
    fi
    line=${line#"${line%%[![:space:]]*}"}
    line=${line#"$word"}
  done

  # Which command it is, and the option that waits for its value.
  local current=${typed[${#typed[@]}-1]} option='' plain='' prefix=''
  for word in "${typed[@]:1:${#typed[@]}-2}"; do
    if [[ $option ]]; then
      option=''
    elif [[ $plain || $word == - || $word != -* ]]; then
      bare+=("$word")
    elif [[ $word == -- ]]; then
      plain=1
    else
      case $word in
        --add|--alert-command|--attach|--attachment|--before|--ca-file|--chat|--client-order-id|--config|--connections|--connections-per-address|--data-dir|--dialect|--faults|--filter|--format|--key|--key-order|--limit|--line|--listen|--max-app-version|--max-codec|--max-url|--name|--network|--number|--peers|--phone|--port|--profile|--public-url|--push-command|--rate-factor|--read-marks|--record|--reply|--scenario|--secret-file|--seed|--set|--slippage-bps|--sms-command|--speed|--textsecure-url|--timeout|--tls-cert|--tls-key|--to|--trading-url) option=$word ;;
      esac
    fi
  done
  if [[ ! $option && ! $plain && $current == --*=* ]]; then
    option=${current%%=*}
    current=${current#*=}
    [[ $COMP_WORDBREAKS == *=* ]] || prefix=$option=
  fi
  local command=${bare[0]-} operand=$(( ${#bare[@]} - 1 ))
  case "$command ${bare[1]-}" in
    'login max'|'login textsecure'|'login trading'|'groups create'|'groups rename'|'groups add'|'groups leave'|'identity show'|'identity verify'|'identity accept'|'calls decline'|'calls check'|'orders verify'|'alerts add'|'alerts remove')
      command="$command ${bare[1]}"
      operand=$(( operand - 1 )) ;;
  esac

  # What can stand here: words, or files by bash itself, which knows how to quote them.
  local offered='' files=''
  if [[ $option ]]; then
    case "$command $option" in
      ' --scenario') offered='everyday quiet guarded ringing busy calls' ;;
      'login trading --secret-file') files=default ;;
      'login trading --dialect') offered='doc sdk probe' ;;
      'login trading --key-order') offered='sorted documented' ;;
      'send --attach') files=default ;;
      'save --to') files=dirnames ;;
      'export --format') offered='csv jsonl' ;;
      'sandbox --scenario') offered='everyday quiet guarded ringing busy calls' ;;
      'relay --tls-cert') files=default ;;
      'relay --tls-key') files=default ;;
      'relay --sms-command') offered='' ;;
      'relay --push-command') offered='' ;;
      'relay --peers') files=default ;;
      'relay --dialect') offered='doc server' ;;
      'relay --line') offered='json protobuf' ;;
      *' --data-dir') files=dirnames ;;
      *' --config') files=default ;;
      *' --ca-file') files=default ;;
      *' --max-codec') offered='json binary' ;;
      *' --read-marks') offered='always focused never' ;;
      *' --alert-command') offered='' ;;
      *' --record') files=default ;;
    esac
  elif [[ ! $plain && $current == -* ]]; then
    case $command in
      '') offered='--dry-run --sandbox --scenario' ;;
      'login max') offered='--phone --qr --token --replace' ;;
      'login textsecure') offered='--number --voice --replace' ;;
      'login trading') offered='--key --secret-file --dialect --key-order --replace' ;;
      'messages') offered='--limit --before --watch' ;;
      'send') offered='--attach --reply --wait' ;;
      'delete') offered='--for-all' ;;
      'save') offered='--attachment --to' ;;
      'mute') offered='--off' ;;
      'search') offered='--chat --limit --server' ;;
      'contacts') offered='--add --name' ;;
      'push') offered='--apn' ;;
      'calls') offered='--watch --reveal' ;;
      'calls decline') offered='--reply' ;;
      'vcp') offered='--reveal' ;;
      'sessions') offered='--close-others' ;;
      'balances') offered='--watch' ;;
      'estimate') offered='--network --filter' ;;
      'swap') offered='--slippage-bps --filter --client-order-id --yes --dry-run --wait' ;;
      'orders') offered='--open --watch' ;;
      'order') offered='--watch' ;;
      'limits') offered='--set' ;;
      'replay') offered='--speed' ;;
      'export') offered='--format' ;;
      'sandbox') offered='--port --scenario --tls --seed --faults' ;;
      'relay') offered='--listen --tls-cert --tls-key --public-url --sms-command --push-command --name --peers --dialect --rate-factor --connections --connections-per-address --line' ;;
    esac
    offered="$offered --profile --data-dir --config --json --ca-file --max-url --trading-url --textsecure-url --max-codec --read-marks --alert-command --paper --max-app-version --record --timeout -v --help --version"
  else
    case "$command $operand" in
      ' -1') offered='login logout status chats messages send edit delete react forward save mute search contacts groups identity push calls vcp sessions balances estimate swap orders order halt resume limits alerts replay export doctor sandbox relay completion' ;;
      'login 0') offered='max textsecure trading' ;;
      'logout 0') offered='max trading textsecure' ;;
      'groups 0') offered='create rename add leave' ;;
      'identity 0') offered='show verify accept' ;;
      'calls 0') offered='decline check' ;;
      'orders 0') offered='verify' ;;
      'alerts 0') offered='add remove' ;;
      'alerts add 2') offered='above below' ;;
      'replay 0') files=default ;;
      'export 0') offered='messages orders calls' ;;
      'completion 0') offered='bash zsh fish' ;;
    esac
  fi
  COMPREPLY=()
  if [[ $files ]]; then
    compopt -o "$files"
  else
    COMPREPLY=($(compgen -P "$prefix" -W "$offered" -- "$current"))
  fi
}
complete -F _tercet tercet
