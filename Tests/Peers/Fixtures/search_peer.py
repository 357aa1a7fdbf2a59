"""Searches Tercet's store with Python's SQLite: by its index, and by reading every text.

Prints the median of some searches by the index, then the time of a scan, in milliseconds.
"""
import sqlite3
import sys
import time

path, words, chat = sys.argv[1:]
store = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
folded = words.replace("ё", "е")
if folded.startswith('"'):
    query = folded
else:
    parts = folded.split()
    query = " AND ".join(f'"{part}"' for part in parts) + ("" if words.endswith(" ") else " *")
query = f"{{text files}} : ({query})"
if chat:
    place = chat.replace(":", "x").replace("-", "n").replace("+", "p")
    query = f'place : "ʘ{place}" AND {query}'


def milliseconds(sql, *arguments):
    start = time.perf_counter()
    store.execute(sql, arguments).fetchall()
    return (time.perf_counter() - start) * 1000


times = sorted(
    milliseconds(
        """SELECT message.* FROM message_index CROSS JOIN message
        ON message.number = message_index.rowid
        WHERE message_index MATCH ? ORDER BY message_index.rowid DESC LIMIT 50""",
        query,
    )
    for _ in range(100)
)
print(times[50])
print(
    milliseconds(
        """SELECT * FROM message WHERE text LIKE ? AND (? = '' OR chat = ?)
        ORDER BY at DESC LIMIT 50""",
        f"%{words.strip().strip(chr(34))}%",
        chat,
        chat,
    )
)
