"""Signs in with vkmax, a MAX client from PyPI, reads, writes and listens; prints JSON lines.

The address, the number and the number of messages to wait for come as arguments, the code as a line
on standard input.
"""
import asyncio
import json
import sys

import vkmax.client
from vkmax.client import MaxClient
from vkmax.functions.messages import send_message

vkmax.client.WS_HOST, phone, awaited = sys.argv[1:]


def tell(**words):
    print(json.dumps(words), flush=True)


async def sign_in():
    client = MaxClient()
    await client.connect()
    sms_token = await client.send_code(phone)
    tell(event="code?")
    code = await asyncio.to_thread(sys.stdin.readline)
    signed_in = await client.sign_in(sms_token, int(code))
    await client.disconnect()
    return signed_in["payload"]["tokenAttrs"]["LOGIN"]["token"]


async def read(client, chat, moment):
    history = await client.invoke_method(
        opcode=49,
        payload={
            "chatId": chat, "from": moment, "forward": 0, "backward": 30, "getMessages": True,
        },
    )
    return history["payload"]["messages"]


async def main():
    token = await sign_in()
    client = MaxClient()
    heard = asyncio.Queue()

    async def listen(_, packet):
        if packet["opcode"] == 128:
            await heard.put(packet["payload"]["message"]["text"])

    await client.connect()
    await client.set_callback(listen)
    account = (await client.login_by_token(token))["payload"]
    chats = account["chats"]
    dialog = next(c for c in chats if c.get("newMessages") == 2)["id"]
    messages = await read(client, dialog, account["time"])
    tell(
        event="read", phone=account["profile"]["phone"], chats=len(chats),
        titles=[c.get("title") for c in chats], last=messages[-1]["text"],
        messages=len(messages),
    )
    if int(awaited):
        sent = await send_message(client, dialog, "привет от vkmax")
        tell(event="sent", id=sent["payload"]["message"]["id"])
    for _ in range(int(awaited)):
        tell(event="heard", text=await heard.get())
    await client.disconnect()


asyncio.run(asyncio.wait_for(main(), 100))
