"""A client of the TextSecure API, written from the document with Python's standard library.

Two numbers register; their codes are read from standard input. What one sends reaches the other on
its WebSocket, in JSON or in protocol buffers, sealed as the document says. AES is openssl's.
"""

import base64, hashlib, hmac, json, os, socket, struct, subprocess, sys, urllib.parse
import urllib.error, urllib.request

BASE = sys.argv[1]


def b64(data, padded=True):
    text = base64.b64encode(data).decode()
    return text if padded else text.rstrip("=")


def un64(text):
    return base64.b64decode(text + "=" * (-len(text) % 4))


def aes(direction, key, iv, data):
    command = ["openssl", "enc", "-aes-256-cbc", direction, "-K", key.hex(), "-iv", iv.hex()]
    return subprocess.run(command, input=data, stdout=subprocess.PIPE, check=True).stdout


def fields(data):
    """The fields of a protocol buffer by number; the last of each counts."""
    found, at = {}, 0

    def varint():
        nonlocal at
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    while at < len(data):
        tag = varint()
        if tag & 7 == 0:
            found[tag >> 3] = varint()
        else:
            assert tag & 7 == 2, tag
            size = varint()
            found[tag >> 3] = data[at : at + size]
            at += size
    return found


class Account:
    def __init__(self, number, registration):
        self.number, self.registration = number, registration
        self.password = os.urandom(16).hex()
        self.signaling = os.urandom(52)

    def call(self, method, path, body=None, auth=True, type="application/json", raw=False):
        data = body if raw or body is None else json.dumps(body).encode()
        url = path if path.startswith("http") else BASE + path
        request = urllib.request.Request(url, data, method=method)
        if data is not None:
            request.add_header("Content-Type", type)
        if auth:
            request.add_header(
                "Authorization", "Basic " + b64(f"{self.number}:{self.password}".encode())
            )
        try:
            with urllib.request.urlopen(request) as answer:
                status, content = answer.status, answer.read()
        except urllib.error.HTTPError as error:
            status, content = error.code, error.read()
        return status, content if raw else json.loads(content) if content else None

    def register(self):
        assert self.call("GET", f"/v1/accounts/sms/code/{self.number}", auth=False)[0] == 200
        code = sys.stdin.readline().strip()
        body = {
            "signalingKey": b64(self.signaling),
            "supportsSms": False,
            "fetchesMessages": True,
            "registrationId": str(self.registration),
        }
        assert self.call("PUT", f"/v1/accounts/code/{code}", body)[0] in (200, 204)
        self.identity = b"\5" + os.urandom(32)
        self.keys = {id: b"\5" + os.urandom(32) for id in [*range(10), 0xFFFFFF]}
        form = lambda id: {
            "keyId": id,
            "publicKey": b64(self.keys[id], False),
            "identityKey": b64(self.identity, False),
        }
        upload = {"lastResortKey": form(0xFFFFFF), "keys": [form(id) for id in range(10)]}
        assert self.call("PUT", "/v1/keys/", upload)[0] in (200, 204)

    def open(self, envelope):
        """Checks and decrypts: version, IV, ciphertext, the first ten bytes of the MAC."""
        sealed, mac = envelope[:-10], envelope[-10:]
        assert envelope[0] == 1
        assert hmac.digest(self.signaling[32:], sealed, hashlib.sha256)[:10] == mac
        return fields(aes("-d", self.signaling[:32], sealed[1:17], sealed[17:]))


class Line:
    """A WebSocket (RFC 6455), as far as it is needed."""

    def __init__(self, account, name):
        url = urllib.parse.urlsplit(BASE)
        self.socket = socket.create_connection((url.hostname, url.port), timeout=30)
        query = urllib.parse.urlencode({name: account.number, "password": account.password})
        key = b64(os.urandom(16))
        self.socket.sendall(
            f"GET /v1/websocket/?{query} HTTP/1.1\r\nHost: {url.netloc}\r\n"
            f"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Key: {key}\r\n\r\n".encode()
        )
        self.input = self.socket.makefile("rb")
        assert b" 101 " in self.input.readline()
        while self.input.readline().strip():
            pass

    def send(self, opcode, data):
        mask = os.urandom(4)
        assert len(data) < 126
        masked = bytes(byte ^ mask[at % 4] for at, byte in enumerate(data))
        self.socket.sendall(bytes([0x80 | opcode, 0x80 | len(data)]) + mask + masked)

    def receive(self, opcode):
        while True:
            first, size = self.input.read(2)
            if size == 126:
                (size,) = struct.unpack(">H", self.input.read(2))
            data = self.input.read(size)
            if first & 15 == 9:
                self.send(10, data)
            elif first & 15 < 8:
                assert first == 0x80 | opcode, first
                return data


def send(sender, receiver, text, registration=None):
    message = {
        "type": 4,
        "destinationDeviceId": 1,
        "destinationRegistrationId": registration or receiver.registration,
        "body": b64(text.encode(), False),
        "timestamp": "1395187200000",
    }
    return sender.call("PUT", f"/v1/messages/{receiver.number}", {"messages": [message]})


def main():
    alice, bob = Account("+14155550140", 4711), Account("+14155550141", 815)
    alice.register()
    bob.register()

    token = b64(hashlib.sha1(bob.number.encode()).digest()[:10], False)
    status, found = alice.call("PUT", "/v1/directory/tokens", {"contacts": [token]})
    assert (status, [entry["token"] for entry in found["contacts"]]) == (200, [token])

    status, key = alice.call("GET", f"/v1/keys/{bob.number}")
    assert status == 200 and un64(key["identityKey"]) == bob.identity
    assert un64(key["publicKey"]) == bob.keys[key["keyId"]]

    blob = os.urandom(300_000)
    _, place = alice.call("GET", "/v1/attachments/")
    octets = dict(auth=False, type="application/octet-stream", raw=True)
    assert alice.call("PUT", place["location"], blob, **octets)[0] == 200
    _, place = bob.call("GET", f"/v1/attachments/{place['id']}")
    assert bob.call("GET", place["location"], **octets) == (200, blob)

    status, answer = send(alice, bob, "stale", registration=1)
    assert (status, answer) == (410, {"staleDevices": [1]})
    assert send(alice, bob, "in JSON")[0] in (200, 204)
    line = Line(bob, "user")
    frame = json.loads(line.receive(1))
    signal = bob.open(un64(frame["message"]))
    assert signal[6] == b"in JSON" and signal[2].decode() == alice.number and signal[7] == 1
    line.send(1, json.dumps({"type": 1, "id": frame["id"]}).encode())
    line.send(1, b'{"type":2}')
    assert json.loads(line.receive(1)) == {"type": 3}

    assert send(bob, alice, "in protocol buffers")[0] in (200, 204)
    line = Line(alice, "login")
    json.loads(line.receive(1))
    # GET /v1/keepalive with the id 1 tells the relay which language this is.
    request = b"\x0a\x03GET\x12\x0d/v1/keepalive\x20\x01"
    line.send(2, b"\x08\x01\x12" + bytes([len(request)]) + request)
    frames = [fields(line.receive(2)) for _ in range(2)]
    delivery = next(fields(frame[2]) for frame in frames if frame[1] == 1)
    assert (delivery[1], delivery[2]) == (b"PUT", b"/api/v1/message")
    assert alice.open(delivery[3])[6] == b"in protocol buffers"
    assert next(fields(frame[3]) for frame in frames if frame[1] == 2)[2] == 200
    print("everything as the document says")


main()
