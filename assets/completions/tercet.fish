# Completion of tercet for fish, as `tercet completion fish` writes it.

function __tercet_bare --description 'The words before the cursor that are no options'
    set -l waits no
    set -l plain no
    for word in (commandline -opc)[2..]
        if test $waits = yes
            set waits no
        else if test $plain = yes; or test "$word" = -; or not string match -q -- '-*' "$word"
            printf '%s\n' "$word"
        else if test "$word" = --
            set plain yes
        else if contains -- "$word" --add --alert-command --attach --attachment --before --ca-file --chat --client-order-id --clock --config --connections --connections-per-address --data-dir --dialect --faults --filter --find --format --key --key-order --language --limit --line --listen --max-app-version --max-codec --max-url --mouse --name --network --number --numbers --passphrase-file --peers --phone --pictures --port --profile --public-url --push-command --quiet-hours --rate-factor --read-marks --record --reply --scenario --secret-file --seed --set --slippage-bps --sms-command --speed --textsecure-url --theme --timeout --tls-cert --tls-key --to --trading-url --unlock-command
            set waits yes
        end
    end
end

function __tercet_runs --description 'Whether the command before the cursor is this one'
    set -l bare (__tercet_bare)
    set -l command "$bare[1]"
    if contains -- "$bare[1] $bare[2]" 'login max' 'login trading' 'login textsecure' 'groups create' 'groups rename' 'groups add' 'groups leave' 'identity show' 'identity verify' 'identity accept' 'calls decline' 'calls check' 'orders verify' 'alerts add' 'alerts remove'
        set command "$bare[1] $bare[2]"
    end
    test "$command" = "$argv[1]"
end

function __tercet_at --description 'Whether this operand of this command comes next'
    set -l bare (__tercet_bare)
    set -l words (string split -n ' ' -- "$argv[1]")
    __tercet_runs "$argv[1]"; and test (count $bare) -eq (math (count $words) + $argv[2])
end

function __tercet_list --description 'The last of some words with commas between'
    set -l token (string replace -r -- '^--[^=]*=' '' (commandline -ct))
    set -l item (string replace -r -- '^.*,' '' "$token")
    set -l before (string replace -r -- '[^,]*$' '' "$token")
    set -l known
    for word in $argv
        if not string match -q -- '*=*' "$item"
            set word (string replace -r -- '=.*' '=' "$word")
        end
        if not contains -- "$word" $known
            set known $known "$word"
            printf '%s%s
' "$before" "$word"
        end
    end
end

complete -c tercet -f
complete -c tercet -n "__tercet_at '' 0" -a login -d 'max, trading, textsecure'
complete -c tercet -n "__tercet_at '' 0" -a logout -d 'sign out and forget what the service sent; orders and their journal stay'
complete -c tercet -n "__tercet_at '' 0" -a status -d 'each account, its connection, round trip and clock skew'
complete -c tercet -n "__tercet_at '' 0" -a chats -d 'all chats, newest first'
complete -c tercet -n "__tercet_at '' 0" -a messages -d 'messages of a chat, oldest first'
complete -c tercet -n "__tercet_at '' 0" -a send -d 'write a message, or with - one for each line of standard input'
complete -c tercet -n "__tercet_at '' 0" -a edit -d 'change the words of a message of yours (MAX)'
complete -c tercet -n "__tercet_at '' 0" -a delete -d 'delete a message for yourself, or take back one that has not gone out (MAX)'
complete -c tercet -n "__tercet_at '' 0" -a react -d 'react to a message; without an emoji, take your reaction back (MAX)'
complete -c tercet -n "__tercet_at '' 0" -a forward -d 'pass a message on to another chat (MAX)'
complete -c tercet -n "__tercet_at '' 0" -a save -d 'save an attachment of a message; no file is ever replaced'
complete -c tercet -n "__tercet_at '' 0" -a mute -d 'silence a chat'
complete -c tercet -n "__tercet_at '' 0" -a search -d 'stored messages with all these words, oldest first'
complete -c tercet -n "__tercet_at '' 0" -a contacts -d 'everybody the messengers have introduced'
complete -c tercet -n "__tercet_at '' 0" -a groups -d 'who is in a TextSecure group'
complete -c tercet -n "__tercet_at '' 0" -a identity -d 'your fingerprint and those of your TextSecure contacts'
complete -c tercet -n "__tercet_at '' 0" -a push -d 'decrypt a push notification by hand: APN\'s JSON, GCM\'s, or the bare text'
complete -c tercet -n "__tercet_at '' 0" -a calls -d 'the call log'
complete -c tercet -n "__tercet_at '' 0" -a vcp -d 'decode the configuration of a MAX call'
complete -c tercet -n "__tercet_at '' 0" -a sessions -d 'the devices on which MAX is signed in'
complete -c tercet -n "__tercet_at '' 0" -a balances -d 'what the trading account holds'
complete -c tercet -n "__tercet_at '' 0" -a estimate -d 'a price for a swap; nothing is sent'
complete -c tercet -n "__tercet_at '' 0" -a swap -d 'execute a swap: shows the quote, asks, then sends it once'
complete -c tercet -n "__tercet_at '' 0" -a orders -d 'swaps placed from here, newest first'
complete -c tercet -n "__tercet_at '' 0" -a order -d 'one order by either of its ids, as the server has it'
complete -c tercet -n "__tercet_at '' 0" -a halt -d 'kill switch: no new orders, kept over restarts'
complete -c tercet -n "__tercet_at '' 0" -a resume -d 'lift the halt'
complete -c tercet -n "__tercet_at '' 0" -a limits -d 'what may be swapped from here, whoever asks'
complete -c tercet -n "__tercet_at '' 0" -a alerts -d 'prices that are waited for, while a console runs'
complete -c tercet -n "__tercet_at '' 0" -a replay -d 'play a recorded trading session back through the real client, outages included'
complete -c tercet -n "__tercet_at '' 0" -a export -d 'everything of one kind that is stored, oldest first'
complete -c tercet -n "__tercet_at '' 0" -a passphrase -d 'set or change the passphrase that unlocks the profile'
complete -c tercet -n "__tercet_at '' 0" -a backup -d 'everything that is stored, in one sealed file with a passphrase of its own'
complete -c tercet -n "__tercet_at '' 0" -a restore -d 'a profile out of a backup, unlocked by the passphrase of the backup'
complete -c tercet -n "__tercet_at '' 0" -a wipe -d 'removes the profile: accounts, messages, keys'
complete -c tercet -n "__tercet_at '' 0" -a doctor -d 'check data, terminal and servers, and say what is wrong'
complete -c tercet -n "__tercet_at '' 0" -a sandbox -d 'the servers on loopback, in the foreground, telling what happens'
complete -c tercet -n "__tercet_at '' 0" -a relay -d 'a TextSecure relay for real use, in the foreground'
complete -c tercet -n "__tercet_at '' 0" -a completion -d 'completion for a shell, to be evaluated by it'
complete -c tercet -n "__tercet_at 'login' 0" -a max -d 'sign in to MAX with a code, a QR code or a token'
complete -c tercet -n "__tercet_at 'login' 0" -a trading -d 'sign in to TheOne with an API key and its secret'
complete -c tercet -n "__tercet_at 'login' 0" -a textsecure -d 'register a number with a TextSecure relay; the code comes by SMS'
complete -c tercet -n "__tercet_at 'logout' 0" -a 'max trading textsecure'
complete -c tercet -n "__tercet_at 'groups' 0" -a create -d 'make a TextSecure group and tell its members'
complete -c tercet -n "__tercet_at 'groups' 0" -a rename -d 'give a group another name'
complete -c tercet -n "__tercet_at 'groups' 0" -a add -d 'add members to a group'
complete -c tercet -n "__tercet_at 'groups' 0" -a leave -d 'leave a group; its messages stay here'
complete -c tercet -n "__tercet_at 'identity' 0" -a show -d 'the fingerprint of a number, or all'
complete -c tercet -n "__tercet_at 'identity' 0" -a verify -d 'note that you have compared a fingerprint'
complete -c tercet -n "__tercet_at 'identity' 0" -a accept -d 'take a changed identity key into use; what was held back goes out'
complete -c tercet -n "__tercet_at 'calls' 0" -a decline -d 'decline a ringing call on all your devices'
complete -c tercet -n "__tercet_at 'calls' 0" -a check -d 'try a call\'s STUN and TURN servers, without answering it'
complete -c tercet -n "__tercet_at 'orders' 0" -a verify -d 'prove that the journal of swaps is whole'
complete -c tercet -n "__tercet_at 'alerts' 0" -a add -d 'tell once when one FROM costs so much of TO'
complete -c tercet -n "__tercet_at 'alerts' 0" -a remove -d 'wait for a price no more'
complete -c tercet -n "__tercet_at 'alerts add' 2" -a 'above below'
complete -c tercet -n "__tercet_at 'replay' 0" -F
complete -c tercet -n "__tercet_at 'export' 0" -a 'messages orders calls'
complete -c tercet -n "__tercet_at 'backup' 0" -F
complete -c tercet -n "__tercet_at 'restore' 0" -F
complete -c tercet -n "__tercet_at 'completion' 0" -a 'bash zsh fish'
complete -c tercet -n "__tercet_runs ''" -l sandbox -d 'work on built-in servers, with data of their own'
complete -c tercet -n "__tercet_runs ''" -l linear -d 'line by line, for screen readers, simple terminals and pipes'
complete -c tercet -n "__tercet_runs ''" -l scenario -x -a 'everyday quiet guarded ringing busy calls tour' -d 'what happens on the built-in servers'
complete -c tercet -n "__tercet_runs 'login max'" -l phone -x -d 'the number that the code is sent to'
complete -c tercet -n "__tercet_runs 'login max'" -l qr -d 'draw a code for a phone that is signed in'
complete -c tercet -n "__tercet_runs 'login max'" -l token -d 'read a token and its device id, a line each'
complete -c tercet -n "__tercet_runs 'login max'" -l replace -d 'erase what is stored of somebody else who is signed in there, without a question'
complete -c tercet -n "__tercet_runs 'login trading'" -l key -x -d 'the API key'
complete -c tercet -n "__tercet_runs 'login trading'" -l secret-file -r -F -d 'read the secret from this file instead of asking for it'
complete -c tercet -n "__tercet_runs 'login trading'" -l dialect -x -a 'doc sdk probe' -d 'speak as the document or the vendor\'s libraries say (default: what the server takes)'
complete -c tercet -n "__tercet_runs 'login trading'" -l key-order -x -a 'sorted documented' -d 'of the fields in what is signed (default: sorted)'
complete -c tercet -n "__tercet_runs 'login trading'" -l replace -d 'erase what is stored of somebody else who is signed in there, without a question'
complete -c tercet -n "__tercet_runs 'login textsecure'" -l number -x -d 'the number that the code is sent to'
complete -c tercet -n "__tercet_runs 'login textsecure'" -l voice -d 'have the code told in a call'
complete -c tercet -n "__tercet_runs 'login textsecure'" -l replace -d 'erase what is stored of somebody else who is signed in there, without a question'
complete -c tercet -n "__tercet_runs 'messages'" -l limit -x -d 'how many (default: 50)'
complete -c tercet -n "__tercet_runs 'messages'" -l before -x -d 'only those before this message'
complete -c tercet -n "__tercet_runs 'messages'" -l watch -d 'go on with every message that arrives; without CHAT, of all chats'
complete -c tercet -n "__tercet_runs 'send'" -l attach -r -F -d 'send this file with it; may be given again'
complete -c tercet -n "__tercet_runs 'send'" -l reply -x -d 'answer this message'
complete -c tercet -n "__tercet_runs 'send'" -l marks -d 'read *strong*, _emphasised_ and `code`, where the service can show them'
complete -c tercet -n "__tercet_runs 'send'" -l wait -d 'until the server has it'
complete -c tercet -n "__tercet_runs 'delete'" -l for-all -d 'for everybody in the chat'
complete -c tercet -n "__tercet_runs 'save'" -l attachment -x -d 'which one, counted from 1 (default: 1)'
complete -c tercet -n "__tercet_runs 'save'" -l to -x -a '(__fish_complete_directories)' -d 'where (default: the working directory)'
complete -c tercet -n "__tercet_runs 'mute'" -l off -d 'let it be heard again'
complete -c tercet -n "__tercet_runs 'search'" -l chat -x -d 'only in this chat'
complete -c tercet -n "__tercet_runs 'search'" -l limit -x -d 'the newest so many (default: 200)'
complete -c tercet -n "__tercet_runs 'search'" -l server -d 'ask MAX as well, and keep what it finds'
complete -c tercet -n "__tercet_runs 'contacts'" -l add -x -d 'look this number up at the TextSecure relay and keep it'
complete -c tercet -n "__tercet_runs 'contacts'" -l name -x -d 'what to call who is added'
complete -c tercet -n "__tercet_runs 'contacts'" -l find -x -d 'ask each messenger that is signed in who has this number'
complete -c tercet -n "__tercet_runs 'push'" -l apn -d 'the payload is APN\'s JSON (it is recognised without this, too)'
complete -c tercet -n "__tercet_runs 'calls'" -l watch -d 'wait for calls and show them as they ring and end'
complete -c tercet -n "__tercet_runs 'calls'" -l reveal -d 'include the signalling token and the TURN password'
complete -c tercet -n "__tercet_runs 'calls decline'" -l reply -x -d 'first send the caller this message'
complete -c tercet -n "__tercet_runs 'vcp'" -l reveal -d 'show the token and the TURN password'
complete -c tercet -n "__tercet_runs 'sessions'" -l close-others -d 'sign MAX out on all of them but this one'
complete -c tercet -n "__tercet_runs 'balances'" -l watch -d 'go on with every change'
complete -c tercet -n "__tercet_runs 'estimate'" -l network -x -d 'the network to look at'
complete -c tercet -n "__tercet_runs 'estimate'" -l filter -x -d 'only these venues'
complete -c tercet -n "__tercet_runs 'swap'" -l slippage-bps -x -d 'how far below the quote is acceptable, in 1/100 of a percent'
complete -c tercet -n "__tercet_runs 'swap'" -l filter -x -d 'only these venues'
complete -c tercet -n "__tercet_runs 'swap'" -l client-order-id -x -d 'our name for the order (default: a random one)'
complete -c tercet -n "__tercet_runs 'swap'" -l yes -d 'do not ask'
complete -c tercet -n "__tercet_runs 'swap'" -l wait -d 'wait until the order has ended'
complete -c tercet -n "__tercet_runs 'orders'" -l open -d 'only those that have not ended'
complete -c tercet -n "__tercet_runs 'orders'" -l watch -d 'go on with every change'
complete -c tercet -n "__tercet_runs 'order'" -l watch -d 'go on until it has ended'
complete -c tercet -n "__tercet_runs 'limits'" -l set -x -d 'order.ASSET, day.ASSET, reserve.ASSET, assets, slippage-bps or dry-run; nothing lifts it'
complete -c tercet -n "__tercet_runs 'replay'" -l speed -x -d 'so many times as fast as it was (default: without waiting)'
complete -c tercet -n "__tercet_runs 'export'" -l format -x -a 'csv jsonl' -d 'how rows are written (default: csv)'
complete -c tercet -n "__tercet_runs 'passphrase'" -l remove -d 'unlock by a key file from now on, without a passphrase'
complete -c tercet -n "__tercet_runs 'wipe'" -l yes -d 'without asking'
complete -c tercet -n "__tercet_runs 'sandbox'" -l port -x -d 'first port; 0 takes free ones (default: 0)'
complete -c tercet -n "__tercet_runs 'sandbox'" -l scenario -x -a 'everyday quiet guarded ringing busy calls tour' -d 'what the accounts hold and how much happens'
complete -c tercet -n "__tercet_runs 'sandbox'" -l tls -d 'serve wss:// with a certificate made for the run'
complete -c tercet -n "__tercet_runs 'sandbox'" -l seed -x -d 'everything random follows from it (default: 1)'
complete -c tercet -n "__tercet_runs 'sandbox'" -l faults -x -a '(__tercet_list drop-after-swap drop-before-swap no-swap-reply late-swap-reply= repeated-swap= fail-order cancel-order skew= refuse-upgrade= dialect=doc dialect=sdk dialect=sdk-empty dialect=sdk-key dialect=sdk-key+sdk-empty dialect=sdk-key+sdk-names dialect=sdk-names dialect=sdk-names+sdk-empty verifier=raw verifier=in-order verifier=sorted verifier=documented no-date no-time drop-before-frame drop-at-frame drop-after-frame drop-at-push close-at-frame= half-open no-reply=auth no-reply=subscribe no-reply=unsubscribe no-reply=balances no-reply=estimate no-reply=swap no-reply=order_status late-reply=auth: late-reply=subscribe: late-reply=unsubscribe: late-reply=balances: late-reply=estimate: late-reply=swap: late-reply=order_status: reply-twice=auth: reply-twice=subscribe: reply-twice=unsubscribe: reply-twice=balances: reply-twice=estimate: reply-twice=swap: reply-twice=order_status: answer-error=auth:internal answer-error=auth:invalid-channel answer-error=auth:invalid-key answer-error=auth:invalid-signature answer-error=auth:not-authenticated answer-error=auth:outside-window answer-error=auth:too-fast answer-error=auth:too-poor answer-error=auth:unknown-operation answer-error=auth:used-nonce answer-error=subscribe:internal answer-error=subscribe:invalid-channel answer-error=subscribe:invalid-key answer-error=subscribe:invalid-signature answer-error=subscribe:not-authenticated answer-error=subscribe:outside-window answer-error=subscribe:too-fast answer-error=subscribe:too-poor answer-error=subscribe:unknown-operation answer-error=subscribe:used-nonce answer-error=unsubscribe:internal answer-error=unsubscribe:invalid-channel answer-error=unsubscribe:invalid-key answer-error=unsubscribe:invalid-signature answer-error=unsubscribe:not-authenticated answer-error=unsubscribe:outside-window answer-error=unsubscribe:too-fast answer-error=unsubscribe:too-poor answer-error=unsubscribe:unknown-operation answer-error=unsubscribe:used-nonce answer-error=balances:internal answer-error=balances:invalid-channel answer-error=balances:invalid-key answer-error=balances:invalid-signature answer-error=balances:not-authenticated answer-error=balances:outside-window answer-error=balances:too-fast answer-error=balances:too-poor answer-error=balances:unknown-operation answer-error=balances:used-nonce answer-error=estimate:internal answer-error=estimate:invalid-channel answer-error=estimate:invalid-key answer-error=estimate:invalid-signature answer-error=estimate:not-authenticated answer-error=estimate:outside-window answer-error=estimate:too-fast answer-error=estimate:too-poor answer-error=estimate:unknown-operation answer-error=estimate:used-nonce answer-error=swap:internal answer-error=swap:invalid-channel answer-error=swap:invalid-key answer-error=swap:invalid-signature answer-error=swap:not-authenticated answer-error=swap:outside-window answer-error=swap:too-fast answer-error=swap:too-poor answer-error=swap:unknown-operation answer-error=swap:used-nonce answer-error=order_status:internal answer-error=order_status:invalid-channel answer-error=order_status:invalid-key answer-error=order_status:invalid-signature answer-error=order_status:not-authenticated answer-error=order_status:outside-window answer-error=order_status:too-fast answer-error=order_status:too-poor answer-error=order_status:unknown-operation answer-error=order_status:used-nonce no-order push-early push-twice push-reordered push-late no-push partial-fill stick-order odd-status revive-order drop-every= error-shape=seed error-shape=real unsupported-version phone-auth=off phone-auth=silent text=refused text=unsupported revoke-token push-collides oversize oversize= garbage no-answer= late-answer= out-of-order= answer-twice= null-payload= refuse= push-between push-without-seq duplicate-message repeat-unacked= delete-as-message delete-unknown unknown-kinds bare-login swap-ids wrap-integers zstd drop-after= outage= qr-expires vcp=a vcp=b vcp=c vcp=broken vcp=huge vcp=seed call-cancel= stun=silent stun=garbage turn=silent turn=garbage turn=expired upload-fails upload-fails= upload-error redirect forced-logout-after=)' -d 'what goes wrong on purpose: name[=value][@n],…'
complete -c tercet -n "__tercet_runs 'relay'" -l listen -x -d 'an address or localhost (default: 127.0.0.1:8443)'
complete -c tercet -n "__tercet_runs 'relay'" -l tls-cert -r -F -d 'certificate chain in PEM; needed beyond this machine'
complete -c tercet -n "__tercet_runs 'relay'" -l tls-key -r -F -d 'its private key in PEM'
complete -c tercet -n "__tercet_runs 'relay'" -l public-url -x -d 'how clients reach it, if not by the name they ask for'
complete -c tercet -n "__tercet_runs 'relay'" -l sms-command -x -d 'brings codes to telephones: \'notify {number}\', code on stdin'
complete -c tercet -n "__tercet_runs 'relay'" -l push-command -x -d 'wakes devices by push: \'notify {kind} {id}\', content on stdin'
complete -c tercet -n "__tercet_runs 'relay'" -l name -x -d 'what other relays call this one; needed with --peers'
complete -c tercet -n "__tercet_runs 'relay'" -l peers -r -F -d 'other relays, one a line: name URL token [CA-file]'
complete -c tercet -n "__tercet_runs 'relay'" -l dialect -x -a 'doc server' -d 'status codes: of the document, or of the server in 2014 (default: doc)'
complete -c tercet -n "__tercet_runs 'relay'" -l rate-factor -x -d 'multiplies every rate limit (default: 1)'
complete -c tercet -n "__tercet_runs 'relay'" -l connections -x -d 'connections at once (default: 4096)'
complete -c tercet -n "__tercet_runs 'relay'" -l connections-per-address -x -d 'of one address; more behind a proxy (default: 512)'
complete -c tercet -n "__tercet_runs 'relay'" -l line -x -a 'json protobuf' -d 'of devices that have not shown theirs'
complete -c tercet -l profile -x -d 'keep accounts apart by name (default: default)'
complete -c tercet -l data-dir -x -a '(__fish_complete_directories)' -d 'where everything is kept'
complete -c tercet -l config -r -F -d 'settings, one `name = value` a line; mouse, paper and dry-run: on or off'
complete -c tercet -l json -d 'print JSON Lines'
complete -c tercet -l ca-file -r -F -d 'also trust the certificates in this PEM file'
complete -c tercet -l max-url -x -d 'address of the MAX server'
complete -c tercet -l trading-url -x -d 'address of the trading server'
complete -c tercet -l textsecure-url -x -d 'address of the TextSecure relay'
complete -c tercet -l language -x -a 'en ru uk' -d 'what the console speaks (default: as LC_ALL, LC_MESSAGES or LANG say)'
complete -c tercet -l theme -x -d 'the console\'s colours (default: terminal)'
complete -c tercet -l max-codec -x -a 'json binary' -d 'how MAX frames are written'
complete -c tercet -l read-marks -x -a 'always focused never' -d 'when others see what was read (default: focused)'
complete -c tercet -l pictures -x -a 'ask always never' -d 'when a message\'s picture is fetched to be looked at (default: ask)'
complete -c tercet -l alert-command -x -d 'tells what needs you, orders\' ends and prices: \'notify-send {event} {text}\''
complete -c tercet -l quiet-hours -x -d 'no bell and no notification in this time: 23:00-07:00'
complete -c tercet -l passphrase-file -r -F -d 'its first line is the passphrase of the profile'
complete -c tercet -l unlock-command -x -d 'its first line is the passphrase: \'pass show tercet\''
complete -c tercet -l paper -d 'trade on paper: swaps are filled here, at the server\'s prices'
complete -c tercet -l dry-run -d 'everything but the sending of swaps'
complete -c tercet -l clock -x -a '24 12' -d 'how the console writes times of day (default: 24)'
complete -c tercet -l numbers -x -a 'space comma none' -d 'what the console puts between groups of digits (default: space)'
complete -c tercet -l mouse -x -a 'on off' -d 'clicks and the wheel reach the console (default: on)'
complete -c tercet -l max-app-version -x -d 'the version of the MAX web client to pass for'
complete -c tercet -l record -r -F -d 'write down what the trading server and we say, without secrets'
complete -c tercet -l timeout -x -d 'how long to wait for a server (default: 20)'
complete -c tercet -s v -d 'log to standard error'
complete -c tercet -l help -d 'what the command does and takes'
complete -c tercet -l version -d 'the version'
