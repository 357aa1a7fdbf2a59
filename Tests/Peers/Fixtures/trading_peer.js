// What the trading document's own client does for a swap and for a push of balances, as often in a
// second as it can: two rates, one a line. The argument is how often to do it.
const crypto = require('crypto');

const secret = 'your_secret';
const count = Number(process.argv[2]);
const sent = [];
const state = new Map();

function swap(from, to, amount, options = {}) {
  const timestamp = Date.now();
  const nonce = `swap_${timestamp}`;

  const data = {
    from,
    to,
    amount,
    ...options
  };

  const dataStr = JSON.stringify(data);
  const bodyHash = crypto.createHash('sha256').update(dataStr).digest('hex');
  const canonical = `WS\n/ws/v1/swap\n${timestamp}\n${nonce}\n${bodyHash}`;
  const signature = crypto
    .createHmac('sha256', secret)
    .update(canonical)
    .digest('hex');

  sent[0] = JSON.stringify({
    op: 'swap',
    ts: timestamp,
    nonce: nonce,
    sig: signature,
    data: data
  });
}

function handleMessage(msg) {
  if (msg.error) {
    return;
  }
  if (msg.ch) {
    for (const balance of msg.data) {
      state.set(balance.asset, balance);
    }
  }
}

const push = Buffer.from(JSON.stringify({
  ch: 'balances',
  data: [
    { asset: 'USDT', total: '101.23', locked: '0' },
    { asset: 'ETH', total: '2.6', locked: '0.4' },
    { asset: 'BTC', total: '0.11', locked: '0' }
  ]
}));

function rate(work) {
  for (let i = 0; i < count / 10; i++) work();
  const start = process.hrtime.bigint();
  for (let i = 0; i < count; i++) work();
  return count / (Number(process.hrtime.bigint() - start) / 1e9);
}

const signed = rate(() =>
  swap('ETH', 'USDT', '1.5', { slippage_bps: 30, clientOrderId: 'my_order_123' }));
const taken = rate(() => handleMessage(JSON.parse(push.toString())));
console.log(signed.toFixed(0));
console.log(taken.toFixed(0));
