"""Signs in with vkmax, a MAX client from PyPI, and prints what it finds as JSON.

The address and the number come as arguments, the code as a line on standard input.
"""
import asyncio
import json
import sys

import vkmax.client
from vkmax.client import MaxClient

vkmax.client.WS_HOST, phone = sys.argv[1:]


async def main():
    client = MaxClient()
    await client.connect()
    sms_token = await client.send_code(phone)
    print("code?", flush=True)
    code = await asyncio.to_thread(sys.stdin.readline)
    signed_in = await client.sign_in(sms_token, int(code))
    await client.disconnect()

    token = signed_in["payload"]["tokenAttrs"]["LOGIN"]["token"]
    client = MaxClient()
    await client.connect()
    account = (await client.login_by_token(token))["payload"]
    chats = account["chats"]
    dialog = next(c for c in chats if c.get("newMessages") == 2)
    history = await client.invoke_method(
        opcode=49,
        payload={
            "chatId": dialog["id"], "from": account["time"], "forward": 0, "backward": 30,
            "getMessages": True,
        },
    )
    print(json.dumps({
        "phone": account["profile"]["phone"],
        "chats": len(chats),
        "titles": [c.get("title") for c in chats],
        "last": history["payload"]["messages"][-1]["text"],
        "messages": len(history["payload"]["messages"]),
    }), flush=True)
    await client.disconnect()


asyncio.run(main())
