# Messages as MAX pushes them, decoded and kept with Python's SQLite: a plain table with an index of words,
# 500 of them a transaction that is on the disk when it ends. Prints messages a second, and a second of the
# processor's time.
import json, os, random, sqlite3, sys, tempfile, time

count = int(sys.argv[1])
random.seed(1)
syllables = "ка ра ти ца по ма ну да же то но ло шо вы ре ст ин ов ый ши".split()
words = ["".join(random.choices(syllables, k=random.randint(1, 5))) for _ in range(30000)]
frames = []
for number in range(count):
    text = " ".join(words[int(30000 ** random.random()) - 1] for _ in range(8))[:60]
    frames.append(json.dumps({
        "ver": 11, "cmd": 0, "seq": number % 30000, "opcode": 128,
        "payload": {"chatId": number % 20, "message": {
            "id": str(118000000000000000 + number), "time": 1795000000000 + number,
            "type": "USER", "sender": 60000000 + number % 20, "text": text, "attaches": []}}},
        ensure_ascii=False))

with tempfile.TemporaryDirectory() as place:
    store = sqlite3.connect(os.path.join(place, "store.db"), isolation_level=None)
    store.executescript("""
        PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
        CREATE TABLE message (number INTEGER PRIMARY KEY, chat INTEGER, id TEXT, sender INTEGER,
            at INTEGER, text TEXT, UNIQUE (chat, id));
        CREATE INDEX by_time ON message (chat, at);
        CREATE VIRTUAL TABLE words USING fts5 (text, content = 'message', content_rowid = 'number',
            columnsize = 0, prefix = '1 2 3 4');
    """)
    begun, spent = time.monotonic(), time.process_time()
    for first in range(0, count, 500):
        rows = []
        for number, frame in enumerate(frames[first:first + 500], first):
            payload = json.loads(frame)["payload"]
            message = payload["message"]
            rows.append((number, payload["chatId"], message["id"], message["sender"],
                         message["time"], message["text"]))
        store.execute("BEGIN IMMEDIATE")
        store.executemany("INSERT INTO message VALUES (?, ?, ?, ?, ?, ?)", rows)
        store.executemany("INSERT INTO words (rowid, text) VALUES (?, ?)",
                          [(row[0], row[5]) for row in rows])
        store.execute("COMMIT")
    print(count / (time.monotonic() - begun))
    print(count / (time.process_time() - spent))
