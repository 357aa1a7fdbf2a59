// The trading API document's "Complete Example (JavaScript)", unchanged but for where the address,
// key and secret come from.
const WebSocket = require('ws');
const crypto = require('crypto');

class TradingWebSocketClient {
  constructor(apiKey, secret, url = 'wss://partner-api.the-one.io/ws/v1/stream') {
    this.apiKey = apiKey;
    this.secret = secret;
    this.url = url;
    this.ws = null;
    this.authenticated = false;
  }

  connect() {
    return new Promise((resolve, reject) => {
      this.ws = new WebSocket(this.url);
      
      this.ws.on('open', () => {
        console.log('WebSocket connected');
        this.authenticate()
          .then(() => resolve())
          .catch(err => reject(err));
      });
      
      this.ws.on('message', (data) => {
        this.handleMessage(JSON.parse(data.toString()));
      });
      
      this.ws.on('error', (error) => {
        console.error('WebSocket error:', error);
        reject(error);
      });
      
      this.ws.on('close', () => {
        console.log('WebSocket disconnected');
        this.authenticated = false;
      });
    });
  }

  authenticate() {
    return new Promise((resolve, reject) => {
      const timestamp = Date.now();
      const nonce = `ws_auth_${timestamp}`;
      const bodyHash = crypto.createHash('sha256').update('').digest('hex');
      
      const canonical = `WS\n/ws/v1/stream\n${timestamp}\n${nonce}\n${bodyHash}`;
      const signature = crypto
        .createHmac('sha256', this.secret)
        .update(canonical)
        .digest('hex');
      
      const authMsg = {
        op: 'auth',
        key: this.apiKey,
        ts: timestamp,
        nonce: nonce,
        sig: signature
      };
      
      this.ws.send(JSON.stringify(authMsg));
      
      // Wait for auth response
      const handler = (msg) => {
        if (msg.op === 'auth') {
          if (msg.data?.status === 'authenticated') {
            this.authenticated = true;
            console.log('Authenticated successfully');
            resolve();
          } else if (msg.error) {
            reject(new Error(msg.error));
          }
        }
      };
      
      this.ws.once('message', (data) => {
        handler(JSON.parse(data.toString()));
      });
    });
  }

  subscribe(channel) {
    if (!this.authenticated) {
      throw new Error('Not authenticated');
    }
    
    this.ws.send(JSON.stringify({
      op: 'subscribe',
      ch: channel
    }));
  }

  unsubscribe(channel) {
    if (!this.authenticated) {
      throw new Error('Not authenticated');
    }
    
    this.ws.send(JSON.stringify({
      op: 'unsubscribe',
      ch: channel
    }));
  }

  async estimate(from, to, amount, options = {}) {
    if (!this.authenticated) {
      throw new Error('Not authenticated');
    }
    
    const timestamp = Date.now();
    const nonce = `estimate_${timestamp}`;
    
    const data = {
      from,
      to,
      amount,
      ...options
    };
    
    const dataStr = JSON.stringify(data);
    const bodyHash = crypto.createHash('sha256').update(dataStr).digest('hex');
    const canonical = `WS\n/ws/v1/estimate\n${timestamp}\n${nonce}\n${bodyHash}`;
    const signature = crypto
      .createHmac('sha256', this.secret)
      .update(canonical)
      .digest('hex');
    
    this.ws.send(JSON.stringify({
      op: 'estimate',
      ts: timestamp,
      nonce: nonce,
      sig: signature,
      data: data
    }));
  }

  async swap(from, to, amount, options = {}) {
    if (!this.authenticated) {
      throw new Error('Not authenticated');
    }
    
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
      .createHmac('sha256', this.secret)
      .update(canonical)
      .digest('hex');
    
    this.ws.send(JSON.stringify({
      op: 'swap',
      ts: timestamp,
      nonce: nonce,
      sig: signature,
      data: data
    }));
  }

  handleMessage(msg) {
    console.log('Received message:', msg);
    
    if (msg.error) {
      console.error('Error:', msg.error);
      return;
    }
    
    // Handle different message types
    if (msg.ch) {
      // Channel update
      console.log(`Update from ${msg.ch}:`, msg.data);
    } else if (msg.op) {
      // Operation response
      console.log(`Response for ${msg.op}:`, msg.data);
    }
  }

  close() {
    if (this.ws) {
      this.ws.close();
    }
  }
}

// Usage example
(async () => {
  const client = new TradingWebSocketClient(
    process.env.TRADING_KEY, process.env.TRADING_SECRET, process.env.TRADING_URL);
  
  try {
    await client.connect();
    
    // Subscribe to balances
    client.subscribe('balances');
    
    // Subscribe to specific order updates
    client.subscribe('orders:ord_123456');
    
    // Get estimate
    await client.estimate('ETH', 'USDT', '1.5');
    
    // Execute swap
    await client.swap('ETH', 'USDT', '1.5', {
      slippage_bps: 30,
      clientOrderId: 'my_order_123'
    });
    
    // Keep connection open
    setTimeout(() => {
      client.close();
    }, 60000); // Close after 1 minute
    
  } catch (error) {
    console.error('Error:', error);
  }
})();
