complete -c tercet -n __fish_use_subcommand -f -a login
complete -c tercet -n __fish_use_subcommand -f -a logout -d 'sign out and forget what the service sent; orders and their journal stay'
complete -c tercet -n __fish_use_subcommand -f -a status -d 'each account, its connection, round trip and clock skew'
complete -c tercet -n __fish_use_subcommand -f -a chats -d 'all chats, newest first'
complete -c tercet -n __fish_use_subcommand -f -a messages -d 'messages of a chat, oldest first'
complete -c tercet -n __fish_use_subcommand -f -a send -d 'write a message, or with - one for each line of standard input'
complete -c tercet -n __fish_use_subcommand -f -a edit -d 'change the words of a message of yours (MAX)'
complete -c tercet -n __fish_use_subcommand -f -a delete -d 'delete a message for yourself, or take back one that has not gone out (MAX)'
complete -c tercet -n __fish_use_subcommand -f -a react -d 'react to a message; without an emoji, take your reaction back (MAX)'
complete -c tercet -n __fish_use_subcommand -f -a forward -d 'pass a message on to another chat (MAX)'
complete -c tercet -n __fish_use_subcommand -f -a save -d 'save an attachment of a message; no file is ever replaced'
complete -c tercet -n __fish_use_subcommand -f -a mute -d 'silence a chat'
complete -c tercet -n __fish_use_subcommand -f -a search -d 'stored messages with all these words, oldest first'
complete -c tercet -n __fish_use_subcommand -f -a contacts -d 'everybody the messengers have introduced'
complete -c tercet -n __fish_use_subcommand -f -a groups -d 'who is in a TextSecure group'
complete -c tercet -n __fish_use_subcommand -f -a identity -d 'your fingerprint and those of your TextSecure contacts'
complete -c tercet -n __fish_use_subcommand -f -a push -d 'decrypt a push notification by hand: APN’s JSON, GCM’s, or the bare text'
complete -c tercet -n __fish_use_subcommand -f -a calls -d 'the call log'
complete -c tercet -n __fish_use_subcommand -f -a vcp -d 'decode the configuration of a MAX call'
complete -c tercet -n __fish_use_subcommand -f -a sessions -d 'the devices on which MAX is signed in'
complete -c tercet -n __fish_use_subcommand -f -a balances -d 'what the trading account holds'
complete -c tercet -n __fish_use_subcommand -f -a estimate -d 'a price for a swap; nothing is committed'
complete -c tercet -n __fish_use_subcommand -f -a swap -d 'execute a swap: shows the quote, asks, then sends it once'
complete -c tercet -n __fish_use_subcommand -f -a orders -d 'swaps placed from here, newest first'
complete -c tercet -n __fish_use_subcommand -f -a order -d 'one order by either of its ids, as the server has it'
complete -c tercet -n __fish_use_subcommand -f -a halt -d 'kill switch: no new orders, kept over restarts'
complete -c tercet -n __fish_use_subcommand -f -a resume -d 'lift the halt'
complete -c tercet -n __fish_use_subcommand -f -a limits -d 'what may be swapped from here, whoever asks'
complete -c tercet -n __fish_use_subcommand -f -a alerts -d 'prices that are waited for, while a console runs'
complete -c tercet -n __fish_use_subcommand -f -a replay -d 'play a recorded trading session back through the real client, outages included'
complete -c tercet -n __fish_use_subcommand -f -a export -d 'everything of one kind that is stored, oldest first'
complete -c tercet -n __fish_use_subcommand -f -a doctor -d 'check data, terminal and servers, and say what is wrong'
complete -c tercet -n __fish_use_subcommand -f -a sandbox -d 'the servers on loopback, in the foreground, telling what happens'
complete -c tercet -n __fish_use_subcommand -f -a relay -d 'a TextSecure relay for real use, in the foreground'
complete -c tercet -n __fish_use_subcommand -f -a completion -d 'completion for a shell, to be evaluated by it'
complete -c tercet -n '__fish_seen_subcommand_from login' -f -a max
complete -c tercet -n '__fish_seen_subcommand_from login' -f -a textsecure
complete -c tercet -n '__fish_seen_subcommand_from login' -f -a trading
complete -c tercet -n '__fish_seen_subcommand_from logout' -f -a max
complete -c tercet -n '__fish_seen_subcommand_from logout' -f -a trading
complete -c tercet -n '__fish_seen_subcommand_from logout' -f -a textsecure
complete -c tercet -n '__fish_seen_subcommand_from send' -f -a CHAT [TEXT
complete -c tercet -n '__fish_seen_subcommand_from send' -f -a -]
complete -c tercet -n '__fish_seen_subcommand_from groups' -f -a create
complete -c tercet -n '__fish_seen_subcommand_from groups' -f -a rename
complete -c tercet -n '__fish_seen_subcommand_from groups' -f -a add
complete -c tercet -n '__fish_seen_subcommand_from groups' -f -a leave
complete -c tercet -n '__fish_seen_subcommand_from identity' -f -a show
complete -c tercet -n '__fish_seen_subcommand_from identity' -f -a verify
complete -c tercet -n '__fish_seen_subcommand_from identity' -f -a accept
complete -c tercet -n '__fish_seen_subcommand_from calls' -f -a decline
complete -c tercet -n '__fish_seen_subcommand_from calls' -f -a check
complete -c tercet -n '__fish_seen_subcommand_from orders' -f -a verify
complete -c tercet -n '__fish_seen_subcommand_from alerts' -f -a add
complete -c tercet -n '__fish_seen_subcommand_from alerts' -f -a remove
complete -c tercet -n '__fish_seen_subcommand_from export' -f -a messages
complete -c tercet -n '__fish_seen_subcommand_from export' -f -a orders
complete -c tercet -n '__fish_seen_subcommand_from export' -f -a calls
complete -c tercet -n '__fish_seen_subcommand_from completion' -f -a bash
complete -c tercet -n '__fish_seen_subcommand_from completion' -f -a zsh
complete -c tercet -n '__fish_seen_subcommand_from completion' -f -a fish
complete -c tercet -n '__fish_seen_subcommand_from login' -l phone -r
complete -c tercet -n '__fish_seen_subcommand_from login' -l qr
complete -c tercet -n '__fish_seen_subcommand_from login' -l token
complete -c tercet -n '__fish_seen_subcommand_from login' -l number -r
complete -c tercet -n '__fish_seen_subcommand_from login' -l voice
complete -c tercet -n '__fish_seen_subcommand_from login' -l key -r
complete -c tercet -n '__fish_seen_subcommand_from login' -l secret-file -r
complete -c tercet -n '__fish_seen_subcommand_from login' -l dialect -r
complete -c tercet -n '__fish_seen_subcommand_from login' -l key-order -r
complete -c tercet -n '__fish_seen_subcommand_from messages' -l limit -r
complete -c tercet -n '__fish_seen_subcommand_from messages' -l before -r
complete -c tercet -n '__fish_seen_subcommand_from messages' -l watch
complete -c tercet -n '__fish_seen_subcommand_from send' -l attach -r
complete -c tercet -n '__fish_seen_subcommand_from send' -l reply -r
complete -c tercet -n '__fish_seen_subcommand_from send' -l wait
complete -c tercet -n '__fish_seen_subcommand_from delete' -l for-all
complete -c tercet -n '__fish_seen_subcommand_from save' -l attachment -r
complete -c tercet -n '__fish_seen_subcommand_from save' -l to -r
complete -c tercet -n '__fish_seen_subcommand_from mute' -l off
complete -c tercet -n '__fish_seen_subcommand_from search' -l chat -r
complete -c tercet -n '__fish_seen_subcommand_from search' -l limit -r
complete -c tercet -n '__fish_seen_subcommand_from search' -l server
complete -c tercet -n '__fish_seen_subcommand_from contacts' -l add -r
complete -c tercet -n '__fish_seen_subcommand_from contacts' -l name -r
complete -c tercet -n '__fish_seen_subcommand_from push' -l apn
complete -c tercet -n '__fish_seen_subcommand_from calls' -l watch
complete -c tercet -n '__fish_seen_subcommand_from calls' -l reveal
complete -c tercet -n '__fish_seen_subcommand_from calls' -l reply -r
complete -c tercet -n '__fish_seen_subcommand_from vcp' -l reveal
complete -c tercet -n '__fish_seen_subcommand_from sessions' -l close-others
complete -c tercet -n '__fish_seen_subcommand_from balances' -l watch
complete -c tercet -n '__fish_seen_subcommand_from estimate' -l network -r
complete -c tercet -n '__fish_seen_subcommand_from estimate' -l filter -r
complete -c tercet -n '__fish_seen_subcommand_from swap' -l slippage-bps -r
complete -c tercet -n '__fish_seen_subcommand_from swap' -l filter -r
complete -c tercet -n '__fish_seen_subcommand_from swap' -l client-order-id -r
complete -c tercet -n '__fish_seen_subcommand_from swap' -l yes
complete -c tercet -n '__fish_seen_subcommand_from swap' -l dry-run
complete -c tercet -n '__fish_seen_subcommand_from swap' -l wait
complete -c tercet -n '__fish_seen_subcommand_from orders' -l open
complete -c tercet -n '__fish_seen_subcommand_from orders' -l watch
complete -c tercet -n '__fish_seen_subcommand_from order' -l watch
complete -c tercet -n '__fish_seen_subcommand_from limits' -l set -r
complete -c tercet -n '__fish_seen_subcommand_from replay' -l speed -r
complete -c tercet -n '__fish_seen_subcommand_from export' -l format -r
complete -c tercet -n '__fish_seen_subcommand_from sandbox' -l port -r
complete -c tercet -n '__fish_seen_subcommand_from sandbox' -l scenario -r
complete -c tercet -n '__fish_seen_subcommand_from sandbox' -l tls
complete -c tercet -n '__fish_seen_subcommand_from sandbox' -l seed -r
complete -c tercet -n '__fish_seen_subcommand_from sandbox' -l faults -r
complete -c tercet -n '__fish_seen_subcommand_from relay' -l listen -r
complete -c tercet -n '__fish_seen_subcommand_from relay' -l tls-cert -r
complete -c tercet -n '__fish_seen_subcommand_from relay' -l tls-key -r
complete -c tercet -n '__fish_seen_subcommand_from relay' -l public-url -r
complete -c tercet -n '__fish_seen_subcommand_from relay' -l sms-command -r
complete -c tercet -n '__fish_seen_subcommand_from relay' -l push-command -r
complete -c tercet -n '__fish_seen_subcommand_from relay' -l name -r
complete -c tercet -n '__fish_seen_subcommand_from relay' -l peers -r
complete -c tercet -n '__fish_seen_subcommand_from relay' -l dialect -r
complete -c tercet -n '__fish_seen_subcommand_from relay' -l rate-factor -r
complete -c tercet -n '__fish_seen_subcommand_from relay' -l connections -r
complete -c tercet -n '__fish_seen_subcommand_from relay' -l connections-per-address -r
complete -c tercet -n '__fish_seen_subcommand_from relay' -l line -r
complete -c tercet -l profile -r
complete -c tercet -l data-dir -r
complete -c tercet -l config -r
complete -c tercet -l json
complete -c tercet -l ca-file -r
complete -c tercet -l max-url -r
complete -c tercet -l trading-url -r
complete -c tercet -l textsecure-url -r
complete -c tercet -l max-codec -r
complete -c tercet -l read-marks -r
complete -c tercet -l alert-command -r
complete -c tercet -l paper
complete -c tercet -l max-app-version -r
complete -c tercet -l record -r
complete -c tercet -l timeout -r
complete -c tercet -l help
complete -c tercet -l version
