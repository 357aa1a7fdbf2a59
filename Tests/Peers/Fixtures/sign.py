"""Signs as the trading API document's Python example does; prints one frame a line."""
import hashlib
import hmac
import json
import sys
import time
import uuid

key, secret = sys.argv[1:]


def signed(path, body):
    timestamp = int(time.time() * 1000)
    nonce = f"ws_{timestamp}_{uuid.uuid4()}"
    body_hash = hashlib.sha256(body.encode("utf-8")).hexdigest()
    canonical = f"WS\n/ws/v1/{path}\n{timestamp}\n{nonce}\n{body_hash}"
    signature = hmac.new(
        secret.encode("utf-8"), canonical.encode("utf-8"), hashlib.sha256
    ).hexdigest()
    return {"ts": timestamp, "nonce": nonce, "sig": signature}


print(json.dumps({"op": "auth", "key": key, **signed("stream", "")}))
# Python puts spaces after colons and commas and escapes what is not ASCII: the server must hash
# the text as it came.
for operation, data in [
    ("estimate", {"from": "ETH", "to": "USDT", "amount": "1.5", "note": "Київ & \u2028"}),
    ("balances", {}),
]:
    body = json.dumps(data)
    print(json.dumps({"op": operation, **signed(operation, body), "data": data}))
