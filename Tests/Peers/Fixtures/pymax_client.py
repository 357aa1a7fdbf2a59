"""Signs in with PyMax, a MAX client from PyPI with the binary notation, reads, listens and answers;
prints JSON lines.

The address and a folder for the session come as arguments. The sign-in is by QR code: its link is
printed, and somebody else approves it.
"""
import asyncio
import json
import sys
import uuid

from pymax import ExtraConfig, WebClient

url, folder = sys.argv[1:]
IRA = 54321001


def tell(**words):
    print(json.dumps(words), flush=True)


class Shown:
    async def show_qr(self, qr_url):
        tell(event="qr", link=qr_url)


async def main():
    client = WebClient(
        work_dir=folder,
        qr_provider=Shown(),
        extra_config=ExtraConfig(
            url=url, device_id=str(uuid.uuid4()), reconnect=False, telemetry=False, relogin=False,
            log_level="ERROR",
        ),
    )
    heard = asyncio.Queue()

    @client.on_message()
    async def listen(message, _):
        await heard.put(message)

    await client.connect()
    me = client.me.contact.id
    dialog = next(chat for chat in client.chats if chat.id == me ^ IRA)
    messages = await client.fetch_history(dialog.id, backward=40)
    others = {}
    for chat in client.chats:
        others[chat.id] = len(await client.fetch_history(chat.id, backward=100))
    tell(
        event="read", me=me, chats=len(client.chats), messages=len(messages),
        last=messages[-1].text, all=sum(others.values()),
    )
    message = await heard.get()
    tell(event="heard", text=message.text, sender=message.sender, chat=message.chat_id)
    answer = await message.reply("ответ от PyMax")
    tell(event="sent", id=answer.id, link=answer.link.message.text)
    await client.close()


asyncio.run(asyncio.wait_for(main(), 100))
