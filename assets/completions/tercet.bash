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
        --add|--alert-command|--attach|--attachment|--before|--ca-file|--chat|--client-order-id|--clock|--config|--connections|--connections-per-address|--data-dir|--dialect|--faults|--filter|--find|--format|--key|--key-order|--language|--limit|--line|--listen|--max-app-version|--max-codec|--max-url|--mouse|--name|--network|--number|--numbers|--passphrase-file|--peers|--phone|--pictures|--port|--profile|--public-url|--push-command|--quiet-hours|--rate-factor|--read-marks|--record|--reply|--scenario|--secret-file|--seed|--set|--slippage-bps|--sms-command|--speed|--textsecure-url|--theme|--timeout|--tls-cert|--tls-key|--to|--trading-url|--unlock-command) option=$word ;;
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
    'login max'|'login trading'|'login textsecure'|'groups create'|'groups rename'|'groups add'|'groups leave'|'identity show'|'identity verify'|'identity accept'|'calls decline'|'calls check'|'orders verify'|'alerts add'|'alerts remove')
      command="$command ${bare[1]}"
      operand=$(( operand - 1 )) ;;
  esac

  # What can stand here: words, or files by bash itself, which knows how to quote them.
  local offered='' files='' listed=''
  if [[ $option ]]; then
    case "$command $option" in
      ' --scenario') offered='everyday quiet guarded ringing busy calls tour' ;;
      'login trading --secret-file') files=default ;;
      'login trading --dialect') offered='doc sdk probe' ;;
      'login trading --key-order') offered='sorted documented' ;;
      'send --attach') files=default ;;
      'save --to') files=dirnames ;;
      'export --format') offered='csv jsonl' ;;
      'sandbox --scenario') offered='everyday quiet guarded ringing busy calls tour' ;;
      'sandbox --faults') listed='drop-after-swap drop-before-swap no-swap-reply late-swap-reply= repeated-swap= fail-order cancel-order skew= refuse-upgrade= dialect=doc dialect=sdk dialect=sdk-empty dialect=sdk-key dialect=sdk-key+sdk-empty dialect=sdk-key+sdk-names dialect=sdk-names dialect=sdk-names+sdk-empty verifier=raw verifier=in-order verifier=sorted verifier=documented no-date no-time drop-before-frame drop-at-frame drop-after-frame drop-at-push close-at-frame= half-open no-reply=auth no-reply=subscribe no-reply=unsubscribe no-reply=balances no-reply=estimate no-reply=swap no-reply=order_status late-reply=auth: late-reply=subscribe: late-reply=unsubscribe: late-reply=balances: late-reply=estimate: late-reply=swap: late-reply=order_status: reply-twice=auth: reply-twice=subscribe: reply-twice=unsubscribe: reply-twice=balances: reply-twice=estimate: reply-twice=swap: reply-twice=order_status: answer-error=auth:internal answer-error=auth:invalid-channel answer-error=auth:invalid-key answer-error=auth:invalid-signature answer-error=auth:not-authenticated answer-error=auth:outside-window answer-error=auth:too-fast answer-error=auth:too-poor answer-error=auth:unknown-operation answer-error=auth:used-nonce answer-error=subscribe:internal answer-error=subscribe:invalid-channel answer-error=subscribe:invalid-key answer-error=subscribe:invalid-signature answer-error=subscribe:not-authenticated answer-error=subscribe:outside-window answer-error=subscribe:too-fast answer-error=subscribe:too-poor answer-error=subscribe:unknown-operation answer-error=subscribe:used-nonce answer-error=unsubscribe:internal answer-error=unsubscribe:invalid-channel answer-error=unsubscribe:invalid-key answer-error=unsubscribe:invalid-signature answer-error=unsubscribe:not-authenticated answer-error=unsubscribe:outside-window answer-error=unsubscribe:too-fast answer-error=unsubscribe:too-poor answer-error=unsubscribe:unknown-operation answer-error=unsubscribe:used-nonce answer-error=balances:internal answer-error=balances:invalid-channel answer-error=balances:invalid-key answer-error=balances:invalid-signature answer-error=balances:not-authenticated answer-error=balances:outside-window answer-error=balances:too-fast answer-error=balances:too-poor answer-error=balances:unknown-operation answer-error=balances:used-nonce answer-error=estimate:internal answer-error=estimate:invalid-channel answer-error=estimate:invalid-key answer-error=estimate:invalid-signature answer-error=estimate:not-authenticated answer-error=estimate:outside-window answer-error=estimate:too-fast answer-error=estimate:too-poor answer-error=estimate:unknown-operation answer-error=estimate:used-nonce answer-error=swap:internal answer-error=swap:invalid-channel answer-error=swap:invalid-key answer-error=swap:invalid-signature answer-error=swap:not-authenticated answer-error=swap:outside-window answer-error=swap:too-fast answer-error=swap:too-poor answer-error=swap:unknown-operation answer-error=swap:used-nonce answer-error=order_status:internal answer-error=order_status:invalid-channel answer-error=order_status:invalid-key answer-error=order_status:invalid-signature answer-error=order_status:not-authenticated answer-error=order_status:outside-window answer-error=order_status:too-fast answer-error=order_status:too-poor answer-error=order_status:unknown-operation answer-error=order_status:used-nonce no-order push-early push-twice push-reordered push-late no-push partial-fill stick-order odd-status revive-order drop-every= error-shape=seed error-shape=real unsupported-version phone-auth=off phone-auth=silent text=refused text=unsupported revoke-token push-collides oversize oversize= garbage no-answer= late-answer= out-of-order= answer-twice= null-payload= refuse= push-between push-without-seq duplicate-message repeat-unacked= delete-as-message delete-unknown unknown-kinds bare-login swap-ids wrap-integers zstd drop-after= outage= qr-expires vcp=a vcp=b vcp=c vcp=broken vcp=huge vcp=seed call-cancel= stun=silent stun=garbage turn=silent turn=garbage turn=expired upload-fails upload-fails= upload-error redirect forced-logout-after=' ;;
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
      *' --language') offered='en ru uk' ;;
      *' --max-codec') offered='json binary' ;;
      *' --read-marks') offered='always focused never' ;;
      *' --pictures') offered='ask always never' ;;
      *' --alert-command') offered='' ;;
      *' --passphrase-file') files=default ;;
      *' --unlock-command') offered='' ;;
      *' --clock') offered='24 12' ;;
      *' --numbers') offered='space comma none' ;;
      *' --mouse') offered='on off' ;;
      *' --record') files=default ;;
    esac
  elif [[ ! $plain && $current == -* ]]; then
    case $command in
      '') offered='--sandbox --linear --scenario' ;;
      'login max') offered='--phone --qr --token --replace' ;;
      'login trading') offered='--key --secret-file --dialect --key-order --replace' ;;
      'login textsecure') offered='--number --voice --replace' ;;
      'messages') offered='--limit --before --watch' ;;
      'send') offered='--attach --reply --marks --wait' ;;
      'delete') offered='--for-all' ;;
      'save') offered='--attachment --to' ;;
      'mute') offered='--off' ;;
      'search') offered='--chat --limit --server' ;;
      'contacts') offered='--add --name --find' ;;
      'push') offered='--apn' ;;
      'calls') offered='--watch --reveal' ;;
      'calls decline') offered='--reply' ;;
      'vcp') offered='--reveal' ;;
      'sessions') offered='--close-others' ;;
      'balances') offered='--watch' ;;
      'estimate') offered='--network --filter' ;;
      'swap') offered='--slippage-bps --filter --client-order-id --yes --wait' ;;
      'orders') offered='--open --watch' ;;
      'order') offered='--watch' ;;
      'limits') offered='--set' ;;
      'replay') offered='--speed' ;;
      'export') offered='--format' ;;
      'passphrase') offered='--remove' ;;
      'wipe') offered='--yes' ;;
      'sandbox') offered='--port --scenario --tls --seed --faults' ;;
      'relay') offered='--listen --tls-cert --tls-key --public-url --sms-command --push-command --name --peers --dialect --rate-factor --connections --connections-per-address --line' ;;
    esac
    offered="$offered --profile --data-dir --config --json --ca-file --max-url --trading-url --textsecure-url --language --theme --max-codec --read-marks --pictures --alert-command --quiet-hours --passphrase-file --unlock-command --paper --dry-run --clock --numbers --mouse --max-app-version --record --timeout -v --help --version"
  else
    case "$command $operand" in
      ' -1') offered='login logout status chats messages send edit delete react forward save mute search contacts groups identity push calls vcp sessions balances estimate swap orders order halt resume limits alerts replay export passphrase backup restore wipe doctor sandbox relay completion' ;;
      'login 0') offered='max trading textsecure' ;;
      'logout 0') offered='max trading textsecure' ;;
      'groups 0') offered='create rename add leave' ;;
      'identity 0') offered='show verify accept' ;;
      'calls 0') offered='decline check' ;;
      'orders 0') offered='verify' ;;
      'alerts 0') offered='add remove' ;;
      'alerts add 2') offered='above below' ;;
      'replay 0') files=default ;;
      'export 0') offered='messages orders calls' ;;
      'backup 0') files=default ;;
      'restore 0') files=default ;;
      'completion 0') offered='bash zsh fish' ;;
    esac
  fi
  COMPREPLY=()
  if [[ $files ]]; then
    compopt -o "$files"
  elif [[ $listed ]]; then
    # Words with commas between: the last one, its name before its value.
    local before='' item=${current##*,} broken='' known=' '
    [[ $current == *,* ]] && before=${current%,*},
    # Readline replaces only what follows the last of its own breaks.
    [[ $COMP_WORDBREAKS == *=* ]] && broken=${current%"${current##*[=:]}"}
    compopt -o nospace
    for word in $listed; do
      [[ $item == *=* || $word != *=* ]] || word=${word%%=*}=
      [[ $word == "$item"* && $word != "$item" && $known != *" $word "* ]] || continue
      known+="$word "
      word=$prefix$before$word
      COMPREPLY+=("${word#"$broken"}")
    done
  else
    COMPREPLY=($(compgen -P "$prefix" -W "$offered" -- "$current"))
  fi
}
complete -F _tercet tercet
